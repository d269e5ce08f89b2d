"""The matcher as a W3C Reconciliation Service (version 0.2), so that OpenRefine's users can match their own columns.

Reads the scheme and the decisions; answers questions and records nothing. What OpenRefine's users decided comes back as
a file (`imported`). It has nothing to do with the room `reconciliation/`, which is about a report's own arithmetic.
"""
