"""Measures the table reader: against published truth and other readers, in confidence, and in cost."""
