"""Typesets the bundled reports from published figures."""
