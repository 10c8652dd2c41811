"""Shuxiang 书香: a library system for Chinese primary and secondary schools."""

__version__ = "0.1.0"
