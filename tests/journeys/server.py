"""The application on a port of its own, which can be stopped and started again under its users."""

from __future__ import annotations

from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 40
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a browser hang up without a word."""

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        super().process_request_thread(request, client_address)
        connections.close_all()


class _Handler(WSGIRequestHandler):
    def log_message(self, *words: Any) -> None:
        """Say nothing: a failing test shows the page."""


class Server:
    """One server at one address."""

    def __init__(self) -> None:
        self._serving = self._listen(0)
        self.port = self._serving.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Go away, and let nobody connect."""
        self._serving.shutdown()
        self._serving.server_close()

    def start(self) -> None:
        """Come back at the same address."""
        self._serving = self._listen(self.port)

    def _listen(self, port: int) -> _Server:
        serving = _Server(("127.0.0.1", port), _Handler)
        serving.set_app(StaticFilesHandler(get_wsgi_application()))
        Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return serving
