"""Synthetic cities: reports with known truth whose labels and layouts drift, for measures of scale and of drift."""
