"""Publishes a dataset as a tag of a git repository: a commit of its own that holds the files and nothing else.

The commit has no parent, and author, day and message follow from the dataset: the same dataset is the same commit
everywhere. All of it is pushed before the tag appears, so nobody sees a part of it; a push that broke off is done
again.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from publish.release import CannotPublish, Release, Sent
from schemas.files import Scratch

_WHO = {"NAME": "Klachtenatlas", "EMAIL": "klachtenatlas@localhost"}


def publish_to_git(release: Release, repository: str) -> Sent:
    """Pushes the dataset as tag `dataset-v<version>` to a repository's address or folder; raises CannotPublish."""
    tag = f"dataset-v{release.version}"
    remote = str(Path(repository).resolve()) if Path(repository).exists() else repository
    with Scratch("git") as folder:
        git = _Git(folder, release)
        git("init", "--bare", "--quiet", ".")
        listed = []
        for name in sorted(release.files):
            blob = git("hash-object", "-w", "--", str((release.folder / name).resolve()))
            listed.append(f"100644 blob {blob}\t{name}")
        tree = git("mktree", given="\n".join(listed) + "\n")
        commit = git("commit-tree", tree, "-m", f"{release.card['title']}, version {release.version}")
        there = git("ls-remote", "--", remote, f"refs/tags/{tag}").split()
        where = f"{repository}, tag {tag}"
        if there and there[0] == commit:
            return Sent(where, 0, len(release.files))
        if there:
            raise CannotPublish(
                f"{repository} has a tag {tag} with other files. A version is never changed: delete that tag first if "
                "it was a mistake."
            )
        git("push", "--quiet", "--", remote, f"{commit}:refs/tags/{tag}")
    return Sent(where, len(release.files), 0)


class _Git:
    """Git in one folder, as the dataset's author and on its day; raises CannotPublish with git's own words."""

    def __init__(self, folder: Path, release: Release) -> None:
        moment = f"{release.day}T00:00:00Z"
        told = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _WHO.items()}
        days = {f"GIT_{who}_DATE": moment for who in ("AUTHOR", "COMMITTER")}
        self._environment = {**os.environ, **told, **days, "GIT_TERMINAL_PROMPT": "0"}
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):  # those of a hook that started us
            self._environment.pop(name, None)
        self._folder = folder

    def __call__(self, *arguments: str, given: str | None = None) -> str:
        try:
            ended = subprocess.run(  # noqa: S603
                ["git", *arguments],  # noqa: S607
                cwd=self._folder,
                env=self._environment,
                input=given.encode() if given is not None else None,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise CannotPublish("git is not installed; install it, or publish to another target.") from error
        if ended.returncode:
            said = ended.stderr.decode(errors="replace").strip().splitlines()
            raise CannotPublish(f"git {arguments[0]} failed: {said[-1] if said else ended.returncode}")
        return ended.stdout.decode().strip()
