"""Pages as statistical offices and agencies set them, with the truth of every cell."""
