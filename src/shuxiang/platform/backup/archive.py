"""One backup as one file: written beside its name, read back whole, and only then given it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.utils.crypto import salted_hmac

import shuxiang
from shuxiang.platform.backup import rules
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.rules import Engine, Manifest, Member, Refusal, SchoolMark, Why

MANIFEST, SEAL = "manifest.json", "seal.json"
DATABASE, ROWS, FILES = "database.sqlite3", "rows/", "files/"
CHUNK = 1 << 20
LONGEST_MANIFEST = 8 << 20
SALT = "shuxiang.platform.backup"
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)

Chunks = Iterable[bytes]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """One moment of a home, ready to be written to a backup."""

    engine: Engine
    migrations: Mapping[str, tuple[str, ...]]
    schools: tuple[SchoolMark, ...]
    counts: Mapping[str, int]
    members: Mapping[str, Callable[[], Chunks]]


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A manifest, and whether the key of this home proves that it wrote it."""

    manifest: Manifest
    by_this_home: bool


def write(path: Path, contents: Contents, *, why: Why, made_at: datetime) -> Manifest:
    """Write a backup to a new file, readable by its owner alone, and down to the disk."""
    with (
        os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as page,
        zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        manifest = Manifest(
            format=rules.FORMAT,
            made_at=made_at,
            why=why,
            version=shuxiang.__version__,
            engine=contents.engine,
            migrations=contents.migrations,
            schools=contents.schools,
            counts=contents.counts,
            members={name: _put(packed, name, read()) for name, read in contents.members.items()},
        )
        text = rules.to_json(manifest)
        packed.writestr(MANIFEST, text)
        packed.writestr(SEAL, json.dumps(_seal(text.encode())))
        packed.close()
        page.flush()
        os.fsync(page.fileno())
    return manifest


def pages_of(path: Path) -> Chunks:
    """Read a file piece by piece."""
    with path.open("rb") as page:
        while chunk := page.read(CHUNK):
            yield chunk


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def look(path: Path) -> Sealed:
    """
    Read what a backup says of itself, without reading all of it.

    :raises BackupRefused: if it is no backup, or visibly damaged or changed
    """
    with _opened(path) as packed:
        return _look(packed)


def check(path: Path) -> Sealed:
    """
    Read a backup to its last byte.

    :raises BackupRefused: if it is no backup, damaged or changed
    """
    with _opened(path) as packed:
        sealed = _look(packed)
        for name, member in sealed.manifest.members.items():
            for _ in _read(packed, name, member):
                pass
        return sealed


def unpack(path: Path, *, into: Path) -> Sealed:
    """
    Write all that a backup holds to an empty folder, and check every byte on the way.

    :raises BackupRefused: if it is no backup, damaged or changed
    """
    with _opened(path) as packed:
        sealed = _look(packed)
        for name, member in sealed.manifest.members.items():
            target = into / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as page:
                page.writelines(_read(packed, name, member))
                page.flush()
                os.fsync(page.fileno())
        return sealed


def _put(packed: zipfile.ZipFile, name: str, chunks: Chunks) -> Member:
    size, digest = 0, hashlib.sha256()
    with packed.open(name, "w", force_zip64=True) as member:
        for chunk in chunks:
            member.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Member(size=size, sha256=digest.hexdigest())


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as packed:
            yield packed
    except FileNotFoundError as why:
        raise BackupRefused(Refusal.MISSING) from why
    except UNREADABLE as why:
        raise BackupRefused(_unreadable(path)) from why


def _unreadable(path: Path) -> Refusal:
    with path.open("rb") as page:
        is_archive = page.read(4) == b"PK\x03\x04"
    return Refusal.DAMAGED if is_archive else Refusal.NOT_A_BACKUP


def _look(packed: zipfile.ZipFile) -> Sealed:
    text = _short(packed, MANIFEST)
    try:
        manifest = rules.from_json(text)
    except rules.ManifestUnreadable as why:
        raise BackupRefused(Refusal.NOT_A_BACKUP) from why
    sealed = Sealed(manifest=manifest, by_this_home=_is_ours(_short(packed, SEAL), text))
    held = {entry.filename: entry.file_size for entry in packed.infolist()}
    said = {name: member.size for name, member in manifest.members.items()}
    if held != said | {MANIFEST: len(text), SEAL: held[SEAL]} or not all(map(_is_plain, said)):
        raise BackupRefused(Refusal.TAMPERED)
    return sealed


def _short(packed: zipfile.ZipFile, name: str) -> bytes:
    try:
        entry = packed.getinfo(name)
    except KeyError as why:
        raise BackupRefused(Refusal.NOT_A_BACKUP) from why
    if entry.file_size > LONGEST_MANIFEST:
        raise BackupRefused(Refusal.NOT_A_BACKUP)
    return packed.read(entry)


def _read(packed: zipfile.ZipFile, name: str, member: Member) -> Iterator[bytes]:
    digest = hashlib.sha256()
    with packed.open(name) as page:
        while chunk := page.read(CHUNK):
            digest.update(chunk)
            yield chunk
    if digest.hexdigest() != member.sha256:
        raise BackupRefused(Refusal.TAMPERED)


def _is_plain(name: str) -> bool:
    parts = PurePosixPath(name).parts
    known = name == DATABASE or name.startswith((ROWS, FILES))
    return known and ".." not in parts and "\\" not in name and ":" not in name


def _seal(manifest: bytes) -> dict[str, str]:
    return {"key": _key_name(), "mac": salted_hmac(SALT, manifest, algorithm="sha256").hexdigest()}


def _key_name() -> str:
    return salted_hmac(SALT, "which key", algorithm="sha256").hexdigest()[:16]


def _is_ours(seal: bytes, manifest: bytes) -> bool:
    """Tell whether this home sealed the manifest; another home's seal can't be checked here."""
    try:
        said = json.loads(seal)
        key, mac = str(said["key"]), str(said["mac"])
    except (ValueError, KeyError, TypeError) as why:
        raise BackupRefused(Refusal.TAMPERED) from why
    if key != _key_name():
        return False
    if not hmac.compare_digest(mac, _seal(manifest)["mac"]):
        raise BackupRefused(Refusal.TAMPERED)
    return True
