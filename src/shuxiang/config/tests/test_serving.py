"""A library is opened, used, closed and killed, as a person at the terminal sees it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from shuxiang.config import serve
from shuxiang.platform import set_up
from shuxiang.platform.terminal import CommandFailed

pytestmark = pytest.mark.sqlite("each starts commands on a home and a file of its own")

COMMAND = [
    sys.executable,
    "-c",
    "from shuxiang.config.command import main; raise SystemExit(main())",
]
SLOW = serve.RECEIVERS - 2
PATIENCE = 90  # seconds; a loaded machine with two cores


def environment(home, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHUXIANG_")}
    kept.pop("DATABASE_URL", None)
    kept.pop("PORT", None)
    return {**kept, "SHUXIANG_HOME": str(home), "SHUXIANG_LANGUAGE": "en", **more}


def shuxiang(home, *words, **more):
    return subprocess.run(
        [*COMMAND, *words],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as reply:
            return reply.status
    except (OSError, urllib.error.URLError):
        return None


def wait_until(condition):
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


@contextmanager
def served(home, port, *words):
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), *words],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            wait_until(lambda: answer(port) == 200 or server.poll() is not None)
            yield server
        finally:
            server.kill()


@contextmanager
def slow_clients(port, count):
    """Begin so many forms of the desk, and send none to its end."""
    head = f"POST /desk/scan/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100\r\n\r\na="
    with ExitStack() as stack:
        for _ in range(count):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(head.encode("ascii"))
        time.sleep(0.5)  # until all of them are being received
        yield


def scan(port):
    """Send a scan whole; give where an empty home leads."""
    with urllib.request.urlopen(
        f"http://127.0.0.1:{port}/desk/scan/", data=b"code=1", timeout=5
    ) as reply:
        return reply.url


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home that was opened once, did not wait for slow clients, and was closed by Ctrl-C."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    with served(home, port) as server:
        with slow_clients(port, SLOW):
            assert answer(port) == 200
            assert scan(port).endswith("/set-up/")
        code = set_up.open_code(home)
        second = shuxiang(home, "serve", "--port", str(free_port()))
        server.send_signal(signal.SIGINT)
        said, _nothing = server.communicate(timeout=PATIENCE)
    assert (server.returncode, second.returncode) == (0, 1)
    assert f"http://127.0.0.1:{port}/" in said
    assert f"{code[:4]}-{code[4:]}" in said
    assert "open already" in second.stderr
    return home


def test_an_empty_home_opens_shows_its_code_and_closes_on_ctrl_c(home):
    assert (home / "shuxiang.sqlite3").stat().st_mode & 0o077 == 0
    assert set_up.matches(home, set_up.open_code(home).lower())
    assert not set_up.matches(home, "AAAA-AAAA")
    assert shuxiang(home, "doctor").stdout


def test_a_named_port_that_is_taken_is_an_error_that_says_so(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        refused = shuxiang(home, "serve", PORT=port)

    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stderr


@pytest.mark.parametrize("port", [0, 99999])
def test_a_number_that_is_no_port_is_not_called_taken(port):
    with pytest.raises(CommandFailed, match="65535"):
        serve.free_port("127.0.0.1", wanted=port)


def test_without_a_name_the_next_free_port_is_taken_and_told(monkeypatch, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(serve, "PORT", taken.getsockname()[1])

        port = serve.free_port("127.0.0.1", wanted=None)

    assert port > serve.PORT
    assert str(port) in capsys.readouterr().out


def test_a_certificate_is_served_with_locked_cookies_only(home, tmp_path):
    refused = shuxiang(home, "serve", "--certificate", "a.pem", "--key", "a.key")

    assert refused.returncode == 1
    assert "SHUXIANG_TLS=1" in refused.stderr


def test_after_kill_9_the_port_is_free_and_the_library_opens_again(home):
    port = free_port()
    with served(home, port) as server:
        server.kill()
        server.wait()
        wait_until(lambda: answer(port) is None)
    with served(home, port):
        assert answer(port) == 200


def copy_of(home, tmp_path):
    for name in ("shuxiang.sqlite3", "secret-key", "database-begun"):
        (tmp_path / name).write_bytes((home / name).read_bytes())
    return tmp_path / "shuxiang.sqlite3"


def test_a_damaged_database_keeps_the_library_closed(home, tmp_path):
    file = copy_of(home, tmp_path)
    whole = bytearray(file.read_bytes())
    for page in range(4096 * 3, len(whole), 4096 * 2):
        whole[page : page + 512] = b"\xff" * 512
    file.write_bytes(whole)

    refused = shuxiang(tmp_path, "serve", "--port", str(free_port()))

    assert refused.returncode == 1
    assert "shuxiang restore" in refused.stderr


def test_a_database_that_is_gone_is_not_replaced_by_an_empty_one(home, tmp_path):
    copy_of(home, tmp_path).unlink()

    refused = shuxiang(tmp_path, "serve", "--port", str(free_port()))

    assert refused.returncode == 1
    assert "is gone" in refused.stderr
    assert not (tmp_path / "shuxiang.sqlite3").exists()


NEWER = """
import sys
from shuxiang.platform.database.library import put_in_place; put_in_place()
import sqlite3
file = sqlite3.connect(sys.argv[1])
file.execute("insert into django_migrations (app, name, applied) values ('readers', '9999_later', '2030-01-01')")
file.commit()
"""


def test_a_database_of_a_newer_version_is_refused(home, tmp_path):
    file = copy_of(home, tmp_path)
    subprocess.run([sys.executable, "-c", NEWER, str(file)], check=True)
    before = Path(file).read_bytes()

    refused = shuxiang(tmp_path, "serve", "--port", str(free_port()))

    assert refused.returncode == 1
    assert "readers.9999_later" in refused.stderr
    assert Path(file).read_bytes() == before
