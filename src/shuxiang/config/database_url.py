"""One line of the environment says which database is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FILE = "shuxiang.sqlite3"


class DatabaseUrlUnknown(ValueError):
    """DATABASE_URL names a kind of database that is not supported."""


def database(url: str | None, home: Path) -> dict[str, Any]:
    """
    Give Django's settings for `sqlite:///PATH` or `postgres://USER:PASSWORD@HOST:PORT/NAME`.

    Without a URL it is the SQLite file in the home folder.

    :raises DatabaseUrlUnknown: if the URL names something else
    """
    if not url:
        return _sqlite(home / FILE)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))))
    if parts.scheme in ("postgres", "postgresql"):
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        host = options.pop("host", None) or parts.hostname or ""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,  # the server may have been started again meanwhile
            # What is asked again and again is planned once: planning took longer than answering.
            "OPTIONS": {
                "server_side_binding": True,
                "prepare_threshold": 5,
                "pool": {"min_size": 1, "max_size": 8},
                # Translating a question into machine code took longer than answering it.
                "options": "-c jit=off",
                **options,
            },
        }
    raise DatabaseUrlUnknown(f"DATABASE_URL: sqlite:///… or postgres://…, not {parts.scheme}://")


def _sqlite(path: Path) -> dict[str, Any]:
    # A connection that closes after each request would fold the journal each time.
    return {"ENGINE": "shuxiang.platform.database", "NAME": str(path), "CONN_MAX_AGE": None}
