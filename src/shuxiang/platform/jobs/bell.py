"""Rings when new work was asked for, so that the worker need not look all the time."""

import threading

bell = threading.Event()
