"""The two commands at a terminal, in a home of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from shuxiang.interop.excel.tests import files

pytestmark = pytest.mark.sqlite("each starts commands on a home and a file of its own")

BEGIN = "from shuxiang.config.command import main; import sys; sys.exit(main())"
ROWS: list[list[Any]] = [
    ["书名", "作者", "册数"],
    *([f"无名书{n}", f"著者{n}", 1] for n in range(1_500)),
]


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "SHUXIANG_HOME": str(folder),
        "SHUXIANG_LANGUAGE": "en",
    }


def begin(home, *words, folder):
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN, *words],
        env=home,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def told(home, *words, folder):
    process = begin(home, *words, folder=folder)
    said, _ = process.communicate(timeout=300)
    return process.returncode, said


def copies(home):
    """Count the copies that were committed, as another program sees it."""
    return number(home, "SELECT COUNT(*) FROM catalogue_copy")


def number(home, question):
    import pysqlite3

    database = Path(home["SHUXIANG_HOME"]) / "shuxiang.sqlite3"
    if not database.exists():
        return 0
    link = pysqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)
    try:
        return link.execute(question).fetchone()[0]
    except pysqlite3.OperationalError:
        return 0
    finally:
        link.close()


def test_r12_an_import_killed_half_way_is_finished_by_the_next_one(home, tmp_path):
    path = str(files.xlsx(tmp_path / "a.xlsx", ROWS))
    process = begin(home, "import-books", path, "--yes", folder=tmp_path)
    until = time.monotonic() + 240
    while copies(home) == 0 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    left = copies(home)
    assert 0 < left < 1_500
    assert left == number(home, "SELECT done FROM jobs_job")
    code, said = told(home, "import-books", path, "--yes", folder=tmp_path)
    assert code == 0, said
    assert "New 0 · Already here 1500 · Changed 0 · Look again 0 · Not taken in 0" in said
    assert copies(home) == 1_500


def test_the_terminal_tells_what_came_in_and_what_can_not_be_read(home, tmp_path):
    rows: list[list[Any]] = [["书名", "ISBN"], ["星星的种子", ""], ["河边的磨坊", "9.78E+12"]]
    path = str(files.xlsx(tmp_path / "清单.xlsx", rows))
    code, said = told(home, "import-books", path, folder=tmp_path)
    assert (code, copies(home)) == (1, 0), said
    code, said = told(home, "import-books", path, "--yes", folder=tmp_path)
    assert code == 0
    assert said.splitlines()[-1].startswith("New 1 · Already here 0")
    assert (tmp_path / "清单-未导入.xlsx").exists()
    code, said = told(home, "import-books", str(tmp_path / "没有.xlsx"), folder=tmp_path)
    assert code == 2
    (tmp_path / "无表头.csv").write_text("1,星星的种子\n2,河边的磨坊\n", encoding="utf-8")
    headless = ["import-books", str(tmp_path / "无表头.csv"), "--yes"]
    code, said = told(home, *headless, folder=tmp_path)
    assert (code, "--columns" in said) == (2, True)
    code, said = told(home, *headless, "--columns", "位置,书名", folder=tmp_path)
    assert (code, copies(home)) == (0, 2)
