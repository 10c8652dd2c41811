"""Nobody goes back under the feet of another program; one that is about to leave is waited for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.db import connection

from shuxiang.platform.backup import actions
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.rules import Refusal
from shuxiang.platform.backup.sqlite_home import database
from shuxiang.platform.backup.tests.test_restoring import LATER, every_row, make, without_audit


def test_it_is_refused_while_another_program_has_the_database_open(school, tmp_path):
    backup = make()
    wait = "import sys; print('open', flush=True); sys.stdin.read()"
    if connection.vendor == "sqlite":
        use = (
            f"import shuxiang.config, sqlite3\nc = sqlite3.connect({str(database())!r})\n"
            "c.execute('PRAGMA user_version').fetchone()\n"
        )
    else:
        settings = connection.settings_dict
        use = (
            "import psycopg\n"
            f"c = psycopg.connect(dbname={settings['NAME']!r}, user={settings['USER']!r},"
            f" password={settings['PASSWORD']!r}, host={settings['HOST']!r},"
            f" port={settings['PORT'] or 5432!r})\n"
        )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", use + wait], stdin=pipe, stdout=pipe) as other:
        assert other.stdout
        other.stdout.readline()
        before = every_row()
        with pytest.raises(BackupRefused) as refused:
            actions.restore(path=backup.path, now=LATER)
        other.communicate(b"")
    assert refused.value.refusal is Refusal.IN_USE
    assert every_row() == before


@pytest.mark.sqlite("a killed program lets go of a file a little later")
def test_a_program_that_is_about_to_leave_is_waited_for(school):
    backup, before = make(), every_row()
    use = (
        f"import shuxiang.config, sqlite3, time\nc = sqlite3.connect({str(database())!r})\n"
        "c.execute('PRAGMA user_version').fetchone()\nprint('open', flush=True)\ntime.sleep(2)"
    )
    with subprocess.Popen([sys.executable, "-c", use], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        actions.restore(path=backup.path, now=LATER)
    assert without_audit(every_row()) == without_audit(before)
