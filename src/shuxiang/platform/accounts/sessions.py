"""Sessions in the database, found by one plain statement: every request asks for one."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.timezone import now  # noqa: TID251 - an edge: a session ends by the clock

from shuxiang.platform.database.plain import Columns, one

SESSION = Columns(Session, "s")
LIVING = f"""
SELECT {SESSION.sql} FROM django_session s WHERE s.session_key = %s AND s.expire_date > %s
"""  # noqa: S608 - columns only


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is found, and that what our own table says is not signed."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return json.dumps(session_dict, separators=(",", ":"))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            decoded: dict[str, Any] = json.loads(session_data)
        except ValueError:  # an older version wrote it: sign in again
            return {}
        return decoded

    def _get_session_from_db(self) -> Session | None:
        moment = connection.ops.adapt_datetimefield_value(now())
        row = one(LIVING, [self.session_key, moment])
        if row is None:
            self._session_key = None
            return None
        return SESSION.take(row)
