"""Writers of the published files."""
