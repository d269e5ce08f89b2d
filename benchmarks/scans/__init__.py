"""How well scanned pages are read: pages of a report printed, laid on a scanner a little askew, and read again."""
