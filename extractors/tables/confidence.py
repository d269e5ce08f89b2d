"""How likely it is that every cell of a table was read right: the judge's score and the grid's looks, calibrated.

The judge ranks grids against each other; its score says which reading is better, not how often such a reading is right.
Here a logistic model turns the score and what can be seen of the grid (its size, spans, rows without labels, sums that
hold) into a probability, and an isotonic map, never falling, corrects it for each family of detectors (the recipe of
Zadrozny and Elkan: "Transforming classifier scores into accurate multiclass probability estimates", KDD 2002). Weights
and map stand in `confidence.json`; `python -m benchmarks.tables confidence --fit` learns them from generated documents.
It decides nothing: what is kept as a table is the judge's business.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from extractors.numbers import parse_number
from extractors.tables.grid import Grid
from extractors.tables.structure import Body, is_total
from extractors.tables.tokens import MISSING, is_value

WEIGHTS = Path(__file__).with_name("confidence.json")
