"""Two queues at the door: scans of the desks, and everything else beside them.

The server's own threads only receive: one that waits for a slow client's form keeps nobody from being answered.
Those who answer are few, because Python lets one thread work at a time and each keeps a connection to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from django.db import connection

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

AT_THE_DESKS = ("/desk/", "/kiosk/")
AT_ONCE = {"sqlite": 1, "postgresql": 3}
"""Acts of the desks that are answered at once: SQLite has one writer, and PostgreSQL lets Python work while it writes."""
BESIDE_THEM = 3
IN_MEMORY = 1_000_000
"""Bytes of a form that are kept in memory while it is received."""
PIECE = 65_536


class Queues:
    """Takes up the acts of the desks in the order in which they came, and pages beside them."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._desks = ThreadPoolExecutor(AT_ONCE[connection.vendor], thread_name_prefix="desks")
        self._house = ThreadPoolExecutor(BESIDE_THEM, thread_name_prefix="house")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"] = _received(environ)
        is_act = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].startswith(
            AT_THE_DESKS
        )
        queue = self._desks if is_act else self._house
        status, headers, body = queue.submit(self._answer, environ).result()
        start_response(status, headers)
        return body

    def _answer(self, environ: Environ) -> tuple[str, Headers, Iterable[bytes]]:
        said: list[Any] = []
        answer = self._application(environ, lambda *start: said.extend(start))
        if not getattr(answer, "streaming", True):  # else it is sent piece by piece
            body = [b"".join(answer)]
            answer.close()  # type: ignore[attr-defined]  # here, where its connection is
            return said[0], said[1], body
        return said[0], said[1], answer


def _received(environ: Environ) -> BinaryIO:
    """Read what a client sends to its end, as far as it said how long it is."""
    source, left = environ["wsgi.input"], int(environ.get("CONTENT_LENGTH") or 0)
    if left <= PIECE:
        return BytesIO(source.read(left) if left else b"")
    kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - lives as long as the request
    while left > 0 and (piece := source.read(min(PIECE, left))):
        kept.write(piece)
        left -= len(piece)
    kept.seek(0)
    return cast("BinaryIO", kept)
