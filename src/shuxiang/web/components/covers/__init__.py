"""Covers drawn from title, author and class, for books of which there is no picture."""

from shuxiang.web.components.covers.drawing import draw

__all__ = ["draw"]
