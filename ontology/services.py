"""Which service usually answers for a subject: used only where a department's own name tells nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

# By branch of the facet subject. Branches that any department may have (nuisance, general, other) are left out.
_USUAL = {
    "public_space": "service:public_works_green",
    "waste": "service:waste_cleansing",
    "mobility": "service:mobility_parking",
    "civil_affairs": "service:civil_affairs",
    "finance": "service:finance",
    "housing": "service:social_housing",
    "care": "service:care",
    "social_services": "service:social_services",
    "education": "service:education",
    "planning_permits": "service:urban_development",
    "economy": "service:economy",
    "culture_leisure": "service:culture_leisure",
}


def service_of_subjects(subjects: Sequence[str]) -> str | None:
    """The service that most of the subjects belong to (more than half of them), or None."""
    branches = Counter(subject.split(":")[1].split(".")[0] for subject in subjects)
    if not branches:
        return None
    branch, count = branches.most_common(1)[0]
    return _USUAL.get(branch) if 2 * count > len(subjects) else None
