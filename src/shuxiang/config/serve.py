"""Open the library to browsers."""

from __future__ import annotations

import argparse
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from shuxiang.config import checks, opening
from shuxiang.platform.database import neighbours
from shuxiang.platform.terminal import CommandFailed, complain, say

PORT = 8000
PORTS_TO_TRY = 10
LAST_PORT = 65535
RECEIVERS = 32
"""Threads that receive and hand on; those who answer stand in `queues`."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `shuxiang serve` understands."""
    parser.add_argument("--port", type=int, help=_("the port; also PORT in the environment"))
    parser.add_argument(
        "--lan", action="store_true", help=_("let the other computers of the school in")
    )
    parser.add_argument("--certificate", type=Path, help=_("a TLS certificate (PEM)"))
    parser.add_argument("--key", type=Path, help=_("the private key of the certificate (PKCS#8)"))


def run(options: argparse.Namespace) -> int:
    """Prepare the home, check it, say where the library is, and serve until Ctrl-C."""
    if bool(options.certificate) != bool(options.key):
        raise CommandFailed(_("A certificate needs its key: give both --certificate and --key."))
    if options.certificate and not settings.TLS:
        raise CommandFailed(
            _(
                "Set SHUXIANG_TLS=1 as well, so that nothing that signs a person in travels unlocked."
            )
        )
    _refuse_second()
    host = "0.0.0.0" if options.lan else "127.0.0.1"  # noqa: S104  (asked for by --lan)
    port = free_port(host, wanted=_wanted_port(options))
    for finding in checks.at_start():
        complain(f"! {finding.words}")
        if finding.grave:
            raise CommandFailed(_("Not opened. Run `shuxiang doctor` to see everything."))
    scheme = "https" if options.certificate else "http"
    addresses = lan_addresses() if options.lan else []
    _let_in(addresses)
    say()
    for address in ["127.0.0.1", *addresses]:
        say(_("Open: %(url)s") % {"url": f"{scheme}://{address}:{port}/"})
    for line in opening.welcome():
        say(line)
    say(_("Stop: Ctrl-C"))
    connections.close_all()  # none may be carried into the server's process
    _serve(host=host, port=port, certificate=options.certificate, key=options.key)
    say(_("Closed."))
    return 0


def _refuse_second() -> None:
    """Keep to one server for each database: two would not queue with one another."""
    others = neighbours.others(str(settings.DATABASES["default"]["NAME"]))
    if open_already := [other for other in others if other.startswith("shuxiang serve ")]:
        raise CommandFailed(
            _("This library is open already: %(who)s. Close that one first.")
            % {"who": ", ".join(open_already)}
        )


def _serve(*, host: str, port: int, certificate: Path | None, key: Path | None) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415  (heavy, and only here)
    from granian.server import Server  # noqa: PLC0415

    Server(
        "shuxiang.config.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,  # one writer, one process
        blocking_threads=RECEIVERS,
        blocking_threads_idle_timeout=600,
        backpressure=256,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=3,  # what was begun and not answered is undone, as in a power cut
        ssl_cert=certificate,
        ssl_key=key,
        log_enabled=settings.DEBUG,
        process_name=None,
    ).serve()


def _wanted_port(options: argparse.Namespace) -> int | None:
    if options.port is not None:
        return int(options.port)
    if not (named := os.environ.get("PORT")):
        return None
    if not named.isdecimal():
        raise CommandFailed(_("PORT is not a number: %(port)s") % {"port": named}, code=2)
    return int(named)


def free_port(host: str, *, wanted: int | None) -> int:
    """
    Give the wanted port, or the first free one from 8000.

    :raises CommandFailed: if the wanted port is none or taken, or ten in a row are
    """
    if wanted is not None:
        if not 0 < wanted <= LAST_PORT:
            raise CommandFailed(
                _("A port is a number from 1 to 65535: %(port)s") % {"port": wanted}, code=2
            )
        if is_free(host, wanted):
            return wanted
        raise CommandFailed(
            _("Port %(port)s is taken by another program. Stop that one, or name another port.")
            % {"port": wanted}
        )
    for port in range(PORT, PORT + PORTS_TO_TRY):
        if is_free(host, port):
            if port != PORT:
                say(
                    _("Port %(taken)s is taken by another program, so it is %(port)s now.")
                    % {"taken": PORT, "port": port}
                )
            return port
    raise CommandFailed(_("Ports 8000 to 8009 are all taken. Name another: --port 8080"))


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen here."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there it would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True


def lan_addresses() -> list[str]:
    """List the addresses by which other computers reach this one."""
    return sorted({address for address in _addresses() if not address.startswith("127.")})


def _addresses() -> Iterator[str]:
    with suppress(OSError):
        yield from socket.gethostbyname_ex(socket.gethostname())[2]
    for anywhere in ("192.168.0.1", "10.0.0.1", "172.16.0.1"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((anywhere, 9))  # chooses a route; nothing is sent
                yield probe.getsockname()[0]
            except OSError:
                continue


def _let_in(addresses: list[str]) -> None:
    """Tell the server's process by which names it may be called."""
    names = {*settings.ALLOWED_HOSTS, *addresses}
    if addresses:
        name = socket.gethostname().lower()
        names |= {name, f"{name}.local"}
    os.environ["SHUXIANG_HOSTS"] = ",".join(sorted(names))
    settings.ALLOWED_HOSTS = sorted(names)
