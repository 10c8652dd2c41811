from datetime import UTC, datetime, timedelta

from shuxiang.platform.accounts.sessions import SessionStore


def test_a_session_is_found_again_while_it_lasts(db):
    kept = SessionStore()
    kept["desk"] = "周敏"
    kept.save()
    assert SessionStore(kept.session_key)["desk"] == "周敏"


def test_a_session_that_has_ended_is_gone(db):
    ended = SessionStore()
    ended["desk"] = "周敏"
    ended.set_expiry(datetime.now(UTC) - timedelta(seconds=1))
    ended.save()
    found = SessionStore(ended.session_key)
    assert "desk" not in found
    assert found.session_key is None


def test_a_made_up_key_opens_nothing(db):
    found = SessionStore("0123456789abcdef0123456789abcdef")
    assert list(found.keys()) == []
    assert found.session_key is None
