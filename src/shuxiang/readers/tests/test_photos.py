"""Photographs: whose they are, kept only with consent, and gone when they must go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shuxiang.formats.tests.pictures import a_picture
from shuxiang.platform.audit.models import Entry
from shuxiang.readers import actions, queries
from shuxiang.readers.models import Photo
from shuxiang.readers.queries import photos
from shuxiang.readers.rules.photos import known, whose
from shuxiang.readers.tests.factories import NOW, TODAY, a_class, a_reader

LIN, CHEN, TWIN, MARK = (
    known(pk=1, name="林书言", number="0712", card="R00001", seat=7),
    known(pk=2, name="陈雨", number="0713", card="", seat=12),
    known(pk=3, name="陈雨", number="0801", card="", seat=1),
    known(pk=4, name="艾力·买买提", number="", card="", seat=None),
)
EVERYBODY = (LIN, CHEN, TWIN, MARK)


@pytest.mark.parametrize(
    ("file", "meant"),
    [
        ("林书言.jpg", {1}),
        ("三年级2班/07林书言.JPG", {1}),
        (r"C:\照片\三2班 林书言 正面.png", {1}),
        ("0712.jpg", {1}),
        ("r00001.jpg", {1}),
        ("Ｒ００００１.jpg", {1}),
        ("0713陈雨.jpg", {2}),
        ("艾力·买买提.jpg", {4}),
        ("陈雨.jpg", {2, 3}),
        ("0712陈雨.jpg", {1, 2, 3}),
        ("林书.jpg", set()),
        ("大林书言.jpg", set()),
        ("712.jpg", set()),
        ("07.jpg", set()),
        ("", set()),
    ],
)
def test_the_name_of_the_file_tells_whose_it_is(file, meant):
    assert whose(file, EVERYBODY, is_class=False) == meant


@pytest.mark.parametrize(
    ("file", "meant"),
    [
        ("07.jpg", {1}),
        ("12陈雨.jpg", {2}),
        ("1.陈雨.jpg", {3}),
        ("9.jpg", set()),
        ("陈雨.jpg", {2, 3}),
    ],
)
def test_in_one_class_the_seat_tells_it_too(file, meant):
    assert whose(file, EVERYBODY, is_class=True) == meant


@pytest.fixture
def pupils(school):
    made = a_class(school)
    return [a_reader(school, name, school_class=made) for name in ("林书言", "陈雨", "何苗")]


@pytest.fixture
def bring(school, librarian):
    def bring(*files, school_class=None):
        asked = {"school_class": school_class, "by": librarian, "now": NOW}
        return actions.bring_photos(school=school, files=files, **asked)

    actions.allow_photos(school=school, consent="家长同意书", by=librarian, now=NOW)
    return bring


def test_nothing_is_kept_without_consent(school, librarian, pupils):
    asked = {"school": school, "by": librarian, "now": NOW}
    with pytest.raises(actions.NoConsent):
        actions.bring_photos(files=[("陈雨.png", a_picture())], school_class=None, **asked)
    with pytest.raises(actions.NoConsent):
        actions.allow_photos(consent="  ", **asked)
    assert not Photo.objects.exists()


def test_what_was_stopped_while_pictures_were_read_is_not_kept(bring, school, librarian, pupils):
    def files():
        yield "陈雨.png", a_picture()
        actions.stop_photos(school=school, by=librarian, now=NOW)

    asked = {"school": school, "school_class": None, "by": librarian, "now": NOW}
    with pytest.raises(actions.NoConsent):
        actions.bring_photos(files=files(), **asked)
    assert not Photo.objects.exists()


def test_pictures_are_kept_and_what_is_doubtful_is_named(bring, school, pupils):
    a_reader(school, "何苗")
    brought = bring(
        ("林书言.png", a_picture()),
        ("陈雨.png", a_picture()),
        ("陈雨 (2).png", a_picture()),
        ("何苗.png", a_picture()),
        ("谁.png", a_picture()),
        ("", b""),
    )
    assert (brought.kept, brought.unknown) == (1, ("谁.png", ""))
    assert brought.unclear == ("何苗.png", "陈雨.png", "陈雨 (2).png")
    assert list(photos.photos_of(school, pupils)) == [pupils[0].pk]
    entry = Entry.objects.get(verb="readers.bring_photos")
    assert entry.details == {"photos": 1}


def test_what_is_no_picture_is_named_and_the_rest_is_kept(bring, pupils):
    brought = bring(("林书言.jpg", b"not a picture"), ("陈雨.jpg", a_picture()))
    assert (brought.kept, brought.unfit) == (1, ("林书言.jpg",))


def test_a_newer_picture_takes_the_place_of_the_last(bring, school, pupils):
    bring(("陈雨.png", a_picture()))
    before = photos.photos_of(school, pupils)
    bring(("陈雨.png", a_picture()))
    assert photos.photos_of(school, pupils) == before
    bring(("陈雨.png", a_picture(kind="JPEG", quality=5)))
    assert photos.photos_of(school, pupils) != before
    assert Photo.objects.count() == 1


def test_a_class_is_counted_and_looked_in(bring, school, pupils):
    (one,) = photos.see_photos(school, TODAY)
    other = a_reader(school, "何苗", school_class=a_class(school, 4, 1))
    assert (one.readers, one.photos) == (3, 0)
    bring(("何苗.png", a_picture()), school_class=one.school_class)
    assert list(photos.photos_of(school, [*pupils, other])) == [pupils[2].pk]
    assert [(c.readers, c.photos) for c in photos.see_photos(school, TODAY)] == [(3, 1), (1, 0)]


def test_one_is_deleted_or_all_with_the_consent(bring, school, librarian, pupils):
    bring(*((f"{pupil.name}.png", a_picture()) for pupil in pupils))
    actions.remove_photo(reader=pupils[0], by=librarian, now=NOW)
    actions.remove_photo(reader=pupils[0], by=librarian, now=NOW)
    assert Entry.objects.filter(verb="readers.remove_photo").count() == 1
    assert actions.stop_photos(school=school, by=librarian, now=NOW) == 2
    assert photos.photo_consent(school) == ""
    assert not Photo.objects.exists()


def test_who_left_is_not_shown_and_is_deleted_in_time(bring, school, librarian, pupils):
    bring(*((f"{pupil.name}.png", a_picture()) for pupil in pupils))
    actions.leave(reader=pupils[0], on=TODAY, by=librarian, now=NOW)
    assert photos.see_photo(pupils[0]) is None
    assert pupils[0].pk not in photos.photos_of(school, pupils)
    last = photos.forget_before(school, TODAY + timedelta(days=30), days=30)
    assert photos.to_forget(school, last - timedelta(days=1)) == {"photos": 0}
    assert photos.to_forget(school, last) == {"photos": 1}
    assert actions.forget(school=school, before=last, now=NOW) == {"photos": 1}
    assert Photo.objects.count() == 2


def test_a_photograph_that_may_not_be_is_found(bring, school, librarian, pupils):
    bring(("陈雨.png", a_picture()))
    assert queries.broken_invariants(school) == []
    stray = Photo.objects.get()
    actions.stop_photos(school=school, by=librarian, now=NOW)
    stray.save(force_insert=True)
    (broken,) = queries.broken_invariants(school)
    assert (broken.code, broken.examples) == ("readers.photo_without_consent", ("陈雨",))
