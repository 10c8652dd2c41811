"""Pure codecs: the numbers, names and codes of a Chinese school library, read and written."""
