"""The concept scheme, curated mappings, and the matching of printed labels to concepts."""
