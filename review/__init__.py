"""The stewards' page."""
