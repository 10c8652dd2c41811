"""
The front door: settings, addresses and the command `shuxiang`.

Settings live in this package, so whatever loads Django passes here first; this is the one
place where a SQLite library is chosen.
"""

import os

from shuxiang.platform.database.library import put_in_place

put_in_place()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuxiang.config.settings")
