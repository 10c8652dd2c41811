"""The real command that opens a library, and somebody who signs in and scans over HTTP."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Thread

COMMAND = str(Path(sys.executable).with_name("shuxiang"))
FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SET_UP_CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
START = 60
PATIENCE = 2


def chromium() -> str | None:
    """Find a Chromium, first the one that opens no window (`tools/browser`)."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), None)


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


class Terminal:
    """A window in which somebody has typed `shuxiang serve`, with a home of its own."""

    def __init__(self, home: Path, *, database_url: str = "") -> None:
        self.home = home
        self.root = f"http://127.0.0.1:{(port := free_port())}"
        self.lines: list[str] = []
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        own = {"SHUXIANG_HOME": str(home), "SHUXIANG_LANGUAGE": "zh-hans"}
        self._process = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port)],
            env={**kept, **own, **({"DATABASE_URL": database_url} if database_url else {})},
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        Thread(target=self._read, daemon=True).start()
        await_answer(self.root)

    @property
    def set_up_code(self) -> str:
        """Read the one-time code off the window."""
        (code,) = (found[0] for line in self.lines if (found := SET_UP_CODE.search(line)))
        return code

    def close(self) -> None:
        """Press Ctrl-C, and do not wait for browsers that hold on."""
        os.killpg(self._process.pid, signal.SIGINT)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(START)

    def _read(self) -> None:
        assert self._process.stdout is not None
        self.lines.extend(line.rstrip() for line in self._process.stdout)


def await_answer(root: str) -> None:
    """Wait until the library at an address is open."""
    until = time.monotonic() + START
    while True:
        try:
            with urllib.request.urlopen(f"{root}/healthz", timeout=START):  # noqa: S310 - our own
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


class Browser:
    """Signs in as the demo's librarian and scans."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.jar = CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open
        await_answer(self.root)
        token = FORM_TOKEN.search(self.get("/sign-in/"))
        if token is None:
            raise LookupError("the sign-in page has no form")
        self.post(
            "/sign-in/", username="zhoumin", password="shuxiang-demo", csrfmiddlewaretoken=token[1]
        )
        self.get("/desk/")

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
