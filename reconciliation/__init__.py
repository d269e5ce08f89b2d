"""The report's own arithmetic: what is printed held against itself."""
