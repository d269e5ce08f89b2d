"""What stands in a table: labels, heads over several levels, figures of one kind a column; not how it looks."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["leaf", "section", "group", "total"]


@dataclass(frozen=True, slots=True)
class Head:
    """A head over one column, or over those of its `subs`; `kind` says what figures stand in the column."""

    text: str
    subs: tuple[Head, ...] = ()
    kind: str = "count"

    @property
    def leaves(self) -> list[Head]:
        """The heads of single columns, left to right."""
        return [leaf for sub in self.subs for leaf in sub.leaves] if self.subs else [self]

    @property
    def depth(self) -> int:
        """Levels from here down."""
        return 1 + max((sub.depth for sub in self.subs), default=0)


@dataclass(frozen=True, slots=True)
class Row:
    """A body row: its labels (one a stub column), its printed values (none for a section), its indentation."""

    labels: tuple[str, ...]
    values: tuple[str, ...] = ()
    kind: Kind = "leaf"
    level: int = 0


@dataclass(slots=True)
class Content:
    """A table before it is set. `texts` are the columns whose cells are running words."""

    stub: tuple[str, ...]
    heads: tuple[Head, ...]
    rows: list[Row]
    title: str
    note: str = ""
    texts: set[int] = field(default_factory=set)


STATES = (  # noqa: SIM905
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois "
    "Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Michigan Minnesota Missouri Montana Nebraska Nevada Ohio "
    "Oregon Tennessee Texas Utah Vermont Wyoming"
).split()
ITEMS = (
    "Manufacturing", "Wholesale trade", "Retail trade", "Transportation and warehousing", "Information",
    "Finance and insurance", "Real estate and rental and leasing", "Construction",
    "Professional, scientific, and technical services", "Educational services", "Accommodation and food services",
    "Health care and social assistance", "Utilities", "Mining", "Agriculture, forestry, fishing, and hunting",
    "Administrative and support and waste management services", "Arts, entertainment, and recreation",
    "Other services (except public administration)", "Management of companies", "Less than high school diploma",
    "High school graduates, no college", "Some college or associate degree", "Bachelor's degree and higher",
    "Public elementary schools", "Private secondary schools", "Households with children under 18 years",
    "Persons 65 years and over", "Motor vehicle deaths, including those of pedestrians", "Natural gas", "Petroleum",
    "Nuclear electric power", "Hydroelectric pumped storage", "Coal-fired plants", "Wheat", "Corn for grain",
    "Soybeans", "Cattle and calves", "Hogs and pigs", "Milk and other dairy products from cows", "Apples",
    "Potatoes", "Sugar beets", "Violent crime", "Property crime", "Larceny-theft", "Burglary", "Aggravated assault",
)  # fmt: skip
GROUPS = (
    "Men", "Women", "White", "Black or African American", "Hispanic or Latino ethnicity", "Northeast", "Midwest",
    "South", "West", "Private industry", "State and local government", "Under 25 years", "25 years and over",
    "Metropolitan areas", "Nonmetropolitan areas", "Exports", "Imports", "Revenues", "Outlays", "Full-time",
    "Part-time",
)  # fmt: skip
SPANS = (
    "Number", "Percent distribution", "Public", "Private", "Male", "Female", "Total", "Civilian labor force",
    "Employed", "Unemployed", "Seasonally adjusted", "Not seasonally adjusted", "Type of institution", "Percent change",
    "All races", "Fiscal year", "Rate per 100,000 population", "Average annual growth", "Current dollars",
    "Constant (2005) dollars", "Standard error",
)  # fmt: skip
LEAVES = (
    "Total", "Number", "Percent", "Rate", "Both sexes", "Male", "Female", "Under 5 years", "5 to 17 years",
    "18 to 64 years", "65 years and over", "Median income (dollars)", "Establishments", "Paid employees",
    "Annual payroll ($1,000)", "Sales", "Value added", "2-year", "4-year", "All levels", "Elementary", "Secondary",
    "Production (1,000 bushels)", "Yield per acre", "Harvested acres", "Price", "Net change", "Participation rate",
    "Employment-population ratio", "Not in labor force", "Below poverty level", "Index", "Relative standard error",
)  # fmt: skip
STUBS = ("State", "Item", "Industry", "Characteristic", "Category", "Age and sex", "Area", "Commodity", "Program", "")
TITLES = (
    "Employment status of the civilian population by sex and age", "Selected characteristics of establishments",
    "Enrollment in degree-granting institutions, by level and control", "Production, prices and value of production",
    "Estimated obligations by program and fiscal year", "Deaths and death rates by selected causes",
    "Energy consumption by source", "Federal receipts, outlays, and surplus or deficit",
    "Crime trends by population group",
)  # fmt: skip
SENTENCES = (
    "The survey covers a sample of about 60,000 households and is conducted each month by the bureau.",
    "Estimates are subject to sampling error and to error from other sources, such as coverage and nonresponse.",
    "In 2008, outlays rose by $43.6 billion, or 9.1 percent, while receipts fell for the second year.",
    "Applicants must submit Form 1040 together with two copies of the statement before April 15, 2011.",
    "The rate was little changed among men (8.6 percent) and women (7.9 percent) in the third quarter.",
    "Under section 204(b) the Secretary shall report to the Congress no later than 180 days after enactment.",
    "Prices received by farmers increased 3 percent from March and 12 percent from a year earlier.",
    "A total of 1,254 cases were reported to the department, of which 311 were confirmed by laboratory tests.",
    "The committee recommended that agencies review the eligibility rules and publish the findings annually.",
    "Most of the increase took place in the South, where population grew twice as fast as in other regions.",
    "Data users should exercise caution when they compare these figures with those of earlier years.",
    "The program provides grants to states for the repair of roads, bridges, and water systems.",
)  # fmt: skip
NOTES = (
    "NOTE: Detail may not add to totals because of rounding.", "1 Includes other items not shown separately.",
    "SOURCE: Annual survey of establishments, 2009.", "- Represents zero. NA Not available.",
)  # fmt: skip
WORDY = (
    "Grants to states", "Provides technical assistance to small communities", "Ongoing",
    "Completed in fiscal year 2009",
    "Office of Planning", "Requires approval by the regional office before work begins", "Not applicable",
    "Annual report, due each December 31", "Bureau of Land Management", "Loan guarantees for rural housing projects",
    "Monitors drinking water in public systems that serve more than 3,300 persons", "Under review",
    "Two-year pilot in five counties", "State matching funds of at least 20 percent are required", "Quarterly", "Yes",
    "No", "Department of Transportation", "Training for inspectors and laboratory staff", "Revised rule published",
)  # fmt: skip
WORDY_HEADS = ("Agency", "Description", "Status", "Purpose", "Reporting requirement", "Contact", "Action", "Remarks")


def figure(rng: random.Random, kind: str, scale: float, missing: str | None) -> str:
    """One printed value of a column of `kind`; `missing` is now and then printed instead."""
    if missing is not None and rng.random() < 0.12:
        return missing
    value = rng.lognormvariate(0, 1.1) * scale
    negative = rng.random() < 0.15
    if kind == "percent":
        return f"{min(99.9, rng.random() * 60):.1f}"
    if kind == "change":
        return f"{'-' if negative else ''}{rng.random() * 20:.1f}"
    if kind == "error":
        return f"({rng.random() * 3:.2f})"
    if kind == "interval":
        low = rng.random() * 20
        return f"({low:.1f}–{low + rng.random() * 9 + 0.2:.1f})"
    if kind == "paired":
        return f"{int(value) + 1:,} ({rng.random() * 60:.1f})"
    if kind == "dollars":
        return f"(${int(value):,})" if negative else f"${int(value) + 1:,}"
    if kind == "balance":
        return f"({int(value):,})" if negative else f"{int(value) + 1:,}"
    if kind == "rate":
        return f"{value / scale * 12:.2f}"
    return f"{int(value) + 1:,}"


def heads(rng: random.Random, depth: int, columns: int) -> tuple[Head, ...]:
    """About `columns` columns under heads of up to `depth` levels; some stand alone over the whole height."""
    kinds = rng.choice(
        (["count"], ["count", "percent"], ["percent", "error"], ["count", "change"], ["rate"], ["balance"])
    )
    found: list[Head] = []
    years = [str(rng.randint(1988, 2006) + k) for k in range(12)]
    while sum(len(h.leaves) for h in found) < columns:
        left = columns - sum(len(h.leaves) for h in found)
        if depth > 1 and left >= 2 and (rng.random() < 0.75 or not found):
            found.append(_spanning(rng, depth, left, kinds, years))
        else:
            text = rng.choice(LEAVES) if depth > 1 or rng.random() < 0.5 else years[len(found) % 12]
            found.append(Head(text, kind=rng.choice(kinds)))
    return tuple(found)


def _spanning(rng: random.Random, depth: int, left: int, kinds: list[str], years: list[str]) -> Head:
    text = rng.choice(SPANS)
    if depth > 2 and left >= 4:
        inner = tuple(_spanning(rng, 2, 2, kinds, years) for _ in range(rng.choice((2, 2, 3)) if left >= 6 else 2))
        if len({h.text for h in inner}) == len(inner):
            return Head(text, inner)
    width = min(left, rng.choice((2, 2, 3, 3, 4, 5)))
    names = years[:width] if rng.random() < 0.4 else rng.sample(LEAVES, width)
    return Head(text, tuple(Head(n, kind=kinds[k % len(kinds)]) for k, n in enumerate(names)))


def statistics(rng: random.Random, *, depth: int, columns: int, rows: int, grouping: str, stubs: int = 1) -> Content:
    """A table of figures. `grouping`: none, section (a line over the table), group (indented members), merged."""
    over = heads(rng, depth, columns)
    kinds = [leaf.kind for h in over for leaf in h.leaves]
    scales = [rng.choice((30, 800, 25_000)) for _ in kinds]
    missing = rng.choice((None, None, "–", "NA", "(X)", "...", "—", "†", "(D)", "-"))
    labels = rng.sample(STATES, len(STATES)) if rng.random() < 0.35 else rng.sample(ITEMS, len(ITEMS))

    def values() -> tuple[str, ...]:
        return tuple(figure(rng, k, s, missing) for k, s in zip(kinds, scales, strict=True))

    plan: list[Row] = []
    blank = ("",) * (stubs - 1)
    if rng.random() < 0.4:
        plan.append(Row(("Total" if rng.random() < 0.6 else "United States", *blank), values(), "total"))
    groups = rng.sample(GROUPS, len(GROUPS))
    while len(plan) < rows and labels:
        size = min(rng.randint(2, 6), len(labels)) if grouping != "none" else 1
        members = [labels.pop() for _ in range(size)]
        if grouping == "section" and groups:
            name = groups.pop()
            plan.append(Row((name.upper() if rng.random() < 0.3 else name, *blank), (), "section"))
        if grouping == "group" and groups:
            plan.append(Row((groups.pop(), *blank), values() if rng.random() < 0.6 else (), "group"))
        if grouping == "merged" and groups:
            name = groups.pop()
            plan += [Row((name if k == 0 else "", m), values()) for k, m in enumerate(members)]
        else:
            plan += [Row((m, *blank), values(), level=int(grouping == "group")) for m in members]
    if rng.random() < 0.3:
        plan.append(Row(("Total", *blank), values(), "total"))
    stub = (rng.choice(STUBS),) + (("Group",) if stubs > 1 else ())
    return Content(stub, over, plan, rng.choice(TITLES), rng.choice((*NOTES, "")))


def wordy(rng: random.Random, *, columns: int, rows: int) -> Content:
    """A table of running words, with a column of figures now and then."""
    over = [Head(t, kind="text") for t in rng.sample(WORDY_HEADS, columns)]
    if rng.random() < 0.5:
        over[-1] = Head(rng.choice(("Amount", "Fiscal year 2010", "Funding (millions)")), kind="dollars")
    plan = []
    for label in rng.sample(ITEMS, rows):
        cells = tuple(rng.choice(WORDY) if h.kind == "text" else figure(rng, h.kind, 400, None) for h in over)
        plan.append(Row((label,), cells))
    texts = {k + 1 for k, h in enumerate(over) if h.kind == "text"}
    return Content((rng.choice(("Program", "Topic", "Requirement", "Activity")),), tuple(over), plan,
                   rng.choice(TITLES), "", texts)  # fmt: skip
