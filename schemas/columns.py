"""How a published table is described: its columns, its key, what its columns point at.

One description serves every use of it: the pandera checks, the Parquet and CSV types, the Data Package, the comments in
the DuckDB file and the data dictionary are all derived from it, so that they cannot disagree. This module holds the
words of that description and the closed vocabularies; it knows no table and checks nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

ColumnType = Literal["string", "integer", "number", "boolean", "date"]

FACETS = ("signal", "subject", "ground", "outcome", "channel", "timeliness", "service")
KINDS = ("cell", "list", "prose", "chart")
MAPPING_STATUSES = ("curated", "accepted", "review", "unmapped")
COMPLETENESS = ("whole", "part", "unknown")
SEVERITIES = ("error", "warning", "info")
EDITIONS = ("original", "facsimile", "synthetic")
REPORT_STATUSES = ("ok", "partial", "failed")
FINDING_KINDS = (
    "total_mismatch",
    "share_mismatch",
    "text_table_mismatch",
    "cross_table_mismatch",
    "year_mismatch",
    "series_break",
    "implausible_number",
    "label_variant",
)
PREDICATES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
CULPRITS = ("publisher", "reading", "unclear")

UNITS = ("count", "percent", "days", "seconds", "score", "ratio")
# The active currencies of ISO 4217:2015 (list one), without funds, metals and testing codes.
_ISO_4217 = (
    "aed afn all amd aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf chf clp "
    "cny cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd hnl htg huf "
    "idr ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd mad mdl mga mkd "
    "mmk mnt mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub "
    "rwf sar sbd scr sdg sek sgd shp sle sos srd ssp stn svc syp szl thb tjs tmt tnd top try ttd twd tzs uah ugx usd "
    "uyu uzs ves vnd vuv wst xaf xcd xof xpf yer zar zmw zwg"
)
CURRENCIES = tuple(_ISO_4217.split())

ID = r"\S+"
HASH = r"[0-9a-f]{64}"
LANGUAGE = r"[a-z]{2}"


def concept_pattern(facet: str | None = None) -> str:
    """The form of a concept key: any facet's, or one facet's (`outcome:founded.individual`)."""
    return rf"(?:{facet or '|'.join(FACETS)}):[a-z0-9_]+(?:\.[a-z0-9_]+)*"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `nullable`: a value may be missing. `blank`: never null, but may be the empty string. `optional`: a producer may
    leave the column out, it is then filled with nulls (or with `alias_of`, the column of which it is another name).
    `choices` and `pattern` (a regular expression that the whole text must match) close the vocabulary; `said` is the
    pattern in words. `least` and `most` are inclusive. `joined`: the text is a list joined by single spaces.
    """

    name: str
    type: ColumnType
    description: str
    nullable: bool = False
    blank: bool = False
    optional: bool = False
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    said: str | None = None
    least: float | None = None
    most: float | None = None
    joined: bool = False
    alias_of: str | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The values of `column` must exist as `target` of `table`. With `facet`, the concept must be of that facet."""

    column: str
    table: str
    target: str
    facet: str | None = None


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule over several columns of one row. `holds` gives a boolean Series; `columns` are quoted in the message."""

    name: str
    columns: tuple[str, ...]
    says: str
    holds: Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True, slots=True)
class Table:
    """One published table. `key` is empty where rows have no name of their own; no two rows are equal then."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    rules: tuple[RowRule, ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns in the order in which they are published."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; raises KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"Table {self.name} has no column {name}.")


# The pandas type of each column type: nullable, and with one value for "missing" (pd.NA).
DTYPES: dict[ColumnType, str] = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "date32[day][pyarrow]",
}
