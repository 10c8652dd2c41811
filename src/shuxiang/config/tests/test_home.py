"""Where a home may be, and the key in it."""

from __future__ import annotations

import stat
import sys
import threading
from pathlib import Path

import pytest

from shuxiang.config import home
from shuxiang.config.database_url import DatabaseUrlUnknown, database

MOUNTS = """\
overlay / overlay rw 0 0
proc /proc proc rw 0 0
files:/x /srv nfs4 rw 0 0
/dev/sdb1 /srv/own ext4 rw 0 0
//office/share /mnt/office\\040share cifs rw 0 0
"""


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path):
    home.furnish(tmp_path / "home")
    key = home.secret_key(tmp_path / "home")

    home.furnish(tmp_path / "home")

    assert home.secret_key(tmp_path / "home") == key
    assert len(key) >= 50
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "home" / home.KEY).stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_of_many_who_furnish_at_once_all_get_one_key(tmp_path):
    threads = [threading.Thread(target=home.furnish, args=(tmp_path,)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [page.name for page in tmp_path.iterdir()] == [home.KEY]


def test_a_home_is_never_inside_the_program(monkeypatch, tmp_path):
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(home, "CHECKOUT", tmp_path)

    assert home.unfit(tmp_path / "src" / "home")
    assert home.unfit(tmp_path / "var" / "inner")
    assert home.unfit(tmp_path / "var") is None
    assert home.unfit(tmp_path.parent / "elsewhere") is None


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/opt/shuxiang", "overlay"),
        ("/srv/shuxiang", "nfs4"),
        ("/srv/own/shuxiang", "ext4"),
        ("/mnt/office share/shuxiang", "cifs"),
    ],
)
def test_the_nearest_mount_says_whether_a_folder_is_on_the_network(folder, kind):
    assert home.file_system(Path(folder), mounts=MOUNTS) == kind


def test_one_line_names_the_database(tmp_path):
    assert database(None, tmp_path)["NAME"] == str(tmp_path / "shuxiang.sqlite3")
    assert database("sqlite:////srv/a.sqlite3", tmp_path)["NAME"] == "/srv/a.sqlite3"
    district = database("postgres://anna:p%40ss@db:5433/union?sslmode=require", tmp_path)
    assert (district["USER"], district["PASSWORD"]) == ("anna", "p@ss")
    assert (district["HOST"], district["PORT"], district["NAME"]) == ("db", "5433", "union")
    assert district["OPTIONS"]["sslmode"] == "require"
    assert "jit=off" in district["OPTIONS"]["options"]
    with pytest.raises(DatabaseUrlUnknown):
        database("mysql://db/union", tmp_path)
