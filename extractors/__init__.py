"""One PDF in, printed figures out, each with page and box."""
