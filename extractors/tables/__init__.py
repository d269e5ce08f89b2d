"""Tables of a page: several readers propose grids, one judge chooses, then header, stub and continuations are read."""
