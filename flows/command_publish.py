"""`klachtenatlas publish`: sends a built dataset to where others find it."""

from __future__ import annotations

import os
from pathlib import Path

from flows.errors import CommandError

_WRONG_USAGE = 2
_NOTHING = 3


def publish_dataset(data: Path, target: str, *, draft: bool) -> str:
    """Publishes the dataset in `data`; what was done, as a sentence."""
    from publish.reading import NotADataset
    from publish.release import CannotPublish, Release, Sent, release

    def send(ready: Release) -> Sent:
        kind, _, rest = target.partition(":")
        if kind == "git":
            from publish.to_git import publish_to_git

            return publish_to_git(ready, rest or ".")
        if kind == "zenodo":
            from publish.to_zenodo import SITES, TOKEN, publish_to_zenodo

            token = os.environ.get(TOKEN)
            if not token:
                raise CommandError(f"Set {TOKEN} to a personal access token of that Zenodo first.", _WRONG_USAGE)
            return publish_to_zenodo(ready, SITES.get(rest or "zenodo", rest), token, draft=draft)
        if "://" in target:
            from publish.to_store import publish_to_store

            return publish_to_store(ready, target)
        from publish.folder import promoted

        promoted(data, Path(target))
        return Sent(target, len(ready.files), 0)

    try:
        return send(release(data)).sentence()
    except NotADataset as error:
        raise CommandError(str(error), _WRONG_USAGE) from error
    except (CannotPublish, OSError) as error:
        raise CommandError(str(error), _NOTHING) from error
