"""The moment and the password of these tests."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
SECRET = "kite-over-the-river"  # noqa: S105
