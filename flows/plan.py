"""What a scheduled run is to do: the parameters of its deployment, so texts and numbers only."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Plan:
    """Folders as text. `accept` publishes although something speaks against it: a person has looked. `report` is the
    folder for the run's report, `notify` are Apprise addresses that get it. With
    `wait_hours` the run pauses for so long before it publishes, where labels wait for a steward.
    """

    raw: str
    out: str
    cache: str
    jobs: int = 2
    engine: str = "local"
    fetch: bool = True
    accept: bool = False
    allow_private: bool = False
    report: str | None = None
    notify: list[str] = field(default_factory=list)
    wait_hours: float = 0.0
