"""What every build ends up importing, in one place: done while the local server comes up, not after."""

import duckdb  # noqa: F401
import pandas  # noqa: F401
import prefect.flow_engine
import prefect.task_engine  # noqa: F401
import pyarrow.parquet  # noqa: F401

import schemas.tables  # noqa: F401
