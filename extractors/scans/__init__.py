"""Pages without usable text: found, made straight, read by OCR, and given to the same readers as every other page."""
