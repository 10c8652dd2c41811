"""Numbers that are given once: barcodes that name one thing, and running numbers."""
