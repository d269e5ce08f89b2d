"""Imported by the fork server of the reading processes, so that each of them is born with what interpretation needs.

Nothing is raised here: what is wrong with a decision file is said by the step that uses it, with the report's name.
"""

import contextlib

with contextlib.suppress(Exception):
    import schemas.tables  # noqa: F401
    from flows.assemble import concepts
    from flows.steps import matcher

    concepts()
    matcher()
