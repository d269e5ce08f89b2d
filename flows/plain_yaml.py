"""Reads the YAML files beside the reports: safely, bounded in size, without aliases and without repeated fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 5_000_000


class BadYaml(Exception):
    """The file cannot be used; the message is a sentence with file, line and what to do."""


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader without aliases (a few of them can stand for gigabytes) and without repeated fields."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.constructor.ConstructorError(None, None, "aliases (`*name`) are not allowed here", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        names: set[object] = set()
        for key, _ in node.value:
            if key.value in names:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the field {str(key.value)[:60]!r} stands twice in one mapping", key.start_mark
                )
            names.add(key.value)
        return super().construct_mapping(node, deep)


def load(path: Path) -> Any:
    """What a file holds; raises BadYaml."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise BadYaml(f"{path} is larger than {MAX_BYTES // 1_000_000} MB; no list of this kind is.")
        return yaml.load(data.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - a safe loader, see above
    except OSError as error:
        raise BadYaml(f"{path} cannot be read: {error.strerror}. Check its rights.") from error
    except UnicodeDecodeError as error:
        raise BadYaml(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8.") from error
    except RecursionError as error:
        raise BadYaml(f"{path} is nested too deeply; it is a plain list of entries.") from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise BadYaml(f"{path}{place}: {problem}. Mend the YAML there; nothing was read.") from error
