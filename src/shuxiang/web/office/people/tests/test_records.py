import re
from pathlib import Path

from django.urls import reverse

import shuxiang
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.accounts.wording import DEEDS
from shuxiang.platform.audit.actions import Act, record_act
from shuxiang.readers.tests.factories import NOW, an_account

RECORDED = re.compile(r'record(?:_act)?\(\s*"([a-z_]+\.[a-z_]+)"')


def test_every_act_that_is_recorded_has_its_words():
    source = Path(shuxiang.__file__).parent
    verbs = {
        verb
        for path in source.rglob("*.py")
        if "tests" not in path.parts
        for verb in RECORDED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(verbs) > 50
    assert verbs - set(DEEDS) == set()


def test_a_record_tells_the_schools_own_time(office, school):
    office.post(
        reverse("accounts.add_account"), {"name": "何文", "username": "hewen", "roles": ["pupil"]}
    )
    assert "10:20" in office.get(reverse("audit.see_entries")).content.decode()


def test_the_records_say_at_which_desk_or_in_a_class_visit(office, school, zhou):
    for place in ("2", "visit 301"):
        act = Act(by=zhou, now=NOW, place=place, nonce=place, content="")
        record_act("circulation.lend", zhou, act=act, school=school)
    page = office.get(reverse("audit.see_entries")).content.decode()
    assert "2 号台" in page
    assert "班级到馆" in page
    assert "visit 301" not in page


def test_the_records_say_who_did_what_and_narrow(office, school, zhou):
    he = an_account(school, Role.CLASS_TEACHER, name="何文")
    office.post(reverse("accounts.set_password", args=[he.pk]))
    records = reverse("audit.see_entries")
    page = office.get(records, {"verb": "accounts.set_password"}).content.decode()
    assert "重设密码" in page
    assert "何文" in page
    assert office.get(records, {"on": "2026-11-22"}).context["lines"] == []
    assert len(office.get(records, {"by": zhou.pk}).context["lines"]) == 1


def test_a_principal_reads_the_records_in_the_rooms_that_are_open(client, school):
    client.force_login(an_account(school, Role.PRINCIPAL))
    answer = client.get(reverse("audit.see_entries"))
    rooms = {room.name for room in answer.context["rooms"].front}
    assert "audit" in rooms
    assert not {"readers", "accounts", "settings", "desk"} & rooms
