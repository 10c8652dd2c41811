"""A real server on a demo home, and somebody who signs in and scans over HTTP."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("shuxiang"))
FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
START = 60


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def serve(port: int) -> subprocess.Popen[bytes]:
    """Start `shuxiang serve` on the home that the environment names."""
    return subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Browser:
    """Signs in as the demo's librarian and scans."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.jar = CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open
        self._await_answer()
        token = FORM_TOKEN.search(self.get("/sign-in/"))
        if token is None:
            raise LookupError("the sign-in page has no form")
        self.post(
            "/sign-in/", username="zhoumin", password="shuxiang-demo", csrfmiddlewaretoken=token[1]
        )
        self.get("/desk/")

    def _await_answer(self) -> None:
        until = time.monotonic() + START
        while True:
            try:
                self.get("/healthz")
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    def get(self, path: str) -> str:
        """Read a page."""
        with self.open(self.root + path, timeout=START) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: object) -> str:
        """Send a form and read the answer; an answer of 4xx is an answer too."""
        token = next((c.value for c in self.jar if c.name == "csrftoken"), "") or ""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        request = urllib.request.Request(self.root + path, body, {"X-CSRFToken": token})  # noqa: S310
        try:
            with self.open(request, timeout=START) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as refused:
            if refused.code >= 500:
                raise
            return str(refused.read().decode())
