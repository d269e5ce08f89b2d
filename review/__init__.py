"""The stewards' page: people decide what the matcher is unsure of, with the printed page before their eyes.

Reads `normalized/`, `raw_reports/` and `ontology/decisions/`; writes decisions only. It refuses a decision without an
author, and one on a label whose evidence was not shown.
"""
