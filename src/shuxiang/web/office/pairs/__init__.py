"""Keen readers and those they bring along: the pairs of each class."""
