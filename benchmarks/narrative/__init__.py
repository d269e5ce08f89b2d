"""How well cases, lists and charts are read from documents made for it."""
