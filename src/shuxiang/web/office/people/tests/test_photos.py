"""Photographs in the office: off, taken in, shown to the librarian alone, stopped."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shuxiang.formats.tests.pictures import a_picture
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.readers.models import Photo
from shuxiang.readers.queries.photos import photo_consent
from shuxiang.readers.tests.factories import a_class, a_reader, an_account
from shuxiang.web.office.people import photo_forms


def at(name, *keys):
    return reverse(f"readers.{name}", args=keys)


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def pupil(school):
    return a_reader(school, "林书言", school_class=a_class(school, 3, 2), seat=7)


@pytest.fixture
def allowed(office):
    office.post(at("allow_photos"), {"consent": "2026年9月家长回执"})
    return office


def bring(office, *files, school_class=""):
    pictures = [SimpleUploadedFile(name, content) for name, content in files]
    return office.post(at("bring_photos"), {"pictures": pictures, "school_class": school_class})


def test_they_are_off_until_the_consent_is_written_down(office, school, pupil):
    assert "目前不保存照片" in words(office.get(at("see_photos")))
    assert office.post(at("allow_photos"), {"consent": " "}).status_code == 422
    bring(office, ("林书言.png", a_picture()))
    assert not Photo.objects.exists()
    shown = office.post(at("allow_photos"), {"consent": "2026年9月家长回执"}, follow=True)
    assert "监护人同意书：2026年9月家长回执" in words(shown)
    assert photo_consent(school) == "2026年9月家长回执"


def test_pictures_are_taken_in_and_what_was_left_out_is_named(allowed, pupil):
    a_reader(pupil.school, "陈雨")
    a_reader(pupil.school, "陈雨")
    answer = bring(
        allowed,
        ("林书言.png", a_picture()),
        ("陈雨.png", a_picture()),
        ("<b>谁</b>.png", a_picture()),
        ("林书言.jpg", b"no picture"),
    )
    said = words(answer)
    assert "收下 1 张照片" in said
    assert "没有找到这个姓名或号码的读者：b&gt;.png" in said
    assert "不能确定是谁，请选定班级再传，或在文件名里加上学号：陈雨.png" in said
    assert "不是能读的 JPEG 或 PNG 图片：林书言.jpg" in said


def test_by_class_the_seat_is_enough(allowed, pupil):
    school_class = pupil.memberships.get().school_class_id
    assert "收下 1 张照片" in words(
        bring(allowed, ("7.png", a_picture()), school_class=school_class)
    )
    assert Photo.objects.get().reader == pupil


@pytest.mark.parametrize(("name", "limit"), [("MOST", 1), ("BIGGEST", 0)])
def test_too_many_or_too_big_is_said_and_nothing_is_kept(allowed, pupil, monkeypatch, name, limit):
    monkeypatch.setattr(photo_forms, name, limit)
    answer = bring(allowed, ("林书言.png", a_picture()), ("陈雨.png", a_picture()))
    assert answer.status_code == 422
    assert {"MOST": "一次最多 1 张照片，这次选了 2 张", "BIGGEST": "超过 0 MB"}[name] in words(
        answer
    )
    assert not Photo.objects.exists()
    assert bring(allowed).status_code == 422


def test_the_portrait_is_asked_for_anew_each_time(allowed, pupil):
    address = at("see_photo", pupil.pk)
    assert allowed.get(address).status_code == 404
    bring(allowed, ("林书言.png", a_picture()))
    answer = allowed.get(address)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-cache")
    assert answer.content == bytes(Photo.objects.get().jpeg)
    again = allowed.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_class_teacher_and_a_helper_never_get_it(allowed, pupil, client):
    bring(allowed, ("林书言.png", a_picture()))
    etag = allowed.get(at("see_photo", pupil.pk))["ETag"]
    for role in (Role.HELPER, Role.CLASS_TEACHER, Role.PRINCIPAL):
        client.force_login(an_account(pupil.school, role))
        answer = client.get(at("see_photo", pupil.pk), headers={"If-None-Match": etag})
        assert answer.status_code == 403


def test_the_page_of_a_reader_shows_it_and_deletes_it(allowed, pupil):
    bring(allowed, ("林书言.png", a_picture()))
    page, shown = at("see_reader", pupil.pk), at("see_photo", pupil.pk)
    assert shown in words(allowed.get(page))
    after = allowed.post(at("remove_photo", pupil.pk), follow=True)
    assert "照片已删除" in words(after)
    assert shown not in words(after)


def test_stopping_deletes_all(allowed, school, pupil):
    bring(allowed, ("林书言.png", a_picture()))
    stopped = allowed.post(at("stop_photos"), follow=True)
    assert "已删除 1 张照片" in words(stopped)
    assert "目前不保存照片" in words(stopped)
    assert not Photo.objects.exists()
    assert Entry.objects.get(verb="readers.stop_photos").details == {"photos": 1}
