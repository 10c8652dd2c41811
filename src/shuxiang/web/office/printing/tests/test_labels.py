"""A librarian prints labels for books."""

from __future__ import annotations

import io
from urllib.parse import unquote

import pytest
import zxingcpp
from django.urls import reverse
from django_scopes import scope
from PIL import Image

from shuxiang.catalogue.models import AccessionBatch, Copy
from shuxiang.catalogue.rules import NewCopy
from shuxiang.catalogue.tests.factories import a_copy, a_school, a_title, take_in
from shuxiang.paper import faces
from shuxiang.paper.rules import MOST_COPIES
from shuxiang.platform.audit.models import Entry
from shuxiang.web.office.printing.remembered import COOKIE

PAGE, PDF = reverse("paper.copy_labels"), reverse("paper.labels_pdf")
PICTURE, GIVE = reverse("paper.labels_picture"), reverse("catalogue.give_labels")
LARGE = "sheet=24&start=1&barcodes=1"


def run(office, asked=""):
    return office.get(f"{PAGE}?{asked}").context["run"]


def codes_on(office, asked):
    """Scan the picture of the first sheet."""
    picture = Image.open(io.BytesIO(office.get(f"{PICTURE}?{asked}").content))
    large = picture.resize((picture.width * 2, picture.height * 2))
    return sorted(barcode.text for barcode in zxingcpp.read_barcodes(large))


def labelled(school, *codes):
    return take_in(school, *[NewCopy(title=a_title(), barcode=code) for code in codes])


def test_books_without_labels_get_their_numbers_and_are_printed(office, school):
    copies = take_in(school, *[NewCopy(title=a_title())] * 3)
    assert (run(office).bare, run(office).waits) == (3, True)
    assert PDF not in office.get(PAGE).content.decode()
    answer = office.post(f"{GIVE}?of=without&{LARGE}")
    entry = Entry.objects.get(verb="catalogue.give_labels")
    assert f"given={entry.pk}" in answer["Location"]
    _page, asked = answer["Location"].split("?")
    assert codes_on(office, asked) == [copy.accession_number for copy in copies]


def test_the_page_writes_nothing_and_the_pdf_neither(office, school):
    a_copy(school)
    for address in (PAGE, PDF, PICTURE):
        office.get(f"{address}?of=without")
    assert not Copy.objects.exclude(barcode="").exists()
    assert not Entry.objects.filter(verb="catalogue.give_labels").exists()


def test_the_pdf_opens_in_the_browser_under_a_name_of_its_own(office, school):
    labelled(school, "TSG001")
    answer = office.get(f"{PDF}?of=numbers&first=TSG001&last=TSG001&{LARGE}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith("inline")
    assert "图书标签 2026-11-23.pdf" in unquote(answer["Content-Disposition"])
    assert answer.content.startswith(b"%PDF-")
    assert "object-src 'self'" in answer["Content-Security-Policy"]


def test_a_batch_a_title_a_span_or_ticked_copies_are_printed(office, school):
    first, second, third = labelled(school, "TSG001", "TSG002", "TSG003")
    batch = AccessionBatch.objects.get()
    chosen = {
        f"of=batch&batch={batch.pk}": ["TSG001", "TSG002", "TSG003"],
        f"of=title&holding={first.holding_id}": ["TSG001", "TSG002", "TSG003"],
        "of=numbers&first=TSG002&last=TSG003": ["TSG002", "TSG003"],
        f"of=copies&copy={first.pk}&copy={third.pk}": ["TSG001", "TSG003"],
    }
    assert {asked: codes_on(office, f"{asked}&{LARGE}") for asked in chosen} == chosen
    assert second


def test_a_half_used_sheet_and_two_barcodes_a_copy_make_more_sheets(office, school):
    labelled(school, *(f"TSG{number:03}" for number in range(13)))
    batch = AccessionBatch.objects.get()
    asked = f"of=batch&batch={batch.pk}&sheet=24"
    assert run(office, f"{asked}&start=1&barcodes=1").pages == 1
    assert run(office, f"{asked}&start=12&barcodes=1").pages == 1
    assert run(office, f"{asked}&start=13&barcodes=1").pages == 2
    assert run(office, f"{asked}&start=1&barcodes=2&spines=on").pages == 2


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("sheet=24&start=25&barcodes=1", "start"),
        ("sheet=24&start=0&barcodes=1", "start"),
        ("sheet=99&start=1&barcodes=1", "sheet"),
        ("sheet=24&start=1&barcodes=0", "spines"),
        ("sheet=24&start=1&barcodes=1&right=50", "right"),
        ("sheet=24&start=1&barcodes=1&of=batch&batch=999999", "batch"),
        (f"sheet=24&start=1&barcodes=1&of=title&holding={'9' * 30}", "holding"),
        ("sheet=24&start=1&barcodes=1&of=everything", "of"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_printed(office, school, asked, field):
    page = office.get(f"{PAGE}?{asked}")
    assert (page.status_code, field in page.context["form"].errors) == (422, True)
    assert office.get(f"{PDF}?{asked}").status_code == 302


def test_the_books_of_another_school_are_not_printed(office, school):
    other = a_school("河口小学")
    with scope(school=other):
        theirs = a_copy(other, barcode="TSG001")
    with scope(school=school):
        assert run(office, f"of=copies&copy={theirs.pk}").copies == []
        assert run(office, f"of=title&holding={theirs.holding_id}").copies == []
        assert run(office, "of=numbers&first=TSG001&last=TSG001").copies == []
        assert run(office, f"of=batch&batch={theirs.accession_id}") is None


def test_how_it_was_printed_is_remembered_in_this_browser(office, school):
    labelled(school, "TSG001")
    asked = (
        "of=numbers&first=TSG001&last=TSG001&start=3&sheet=65&barcodes=2&school_name=石桥&right=1.5"
    )
    office.get(f"{PDF}?{asked}")
    form = office.get(PAGE).context["form"]
    assert [form[name].value() for name in ("sheet", "barcodes", "school_name", "right")] == [
        "65",
        "2",
        "石桥",
        "1.5",
    ]
    assert (form["spines"].value(), form["start"].value()) == (False, "1")


def test_a_spoilt_memory_is_told_and_harms_nothing(office, school):
    office.cookies[COOKIE] = "sheet=%FF&barcodes=x"
    assert office.get(PAGE).status_code == 422


def test_no_more_than_a_sensible_number_is_printed_in_one_go(office, school):
    take_in(school, *[NewCopy(title=a_title())] * (MOST_COPIES + 1))
    asked = run(office)
    assert (len(asked.copies), asked.left) == (MOST_COPIES, 1)


def test_numbers_that_no_scanner_would_read_are_named(office, school):
    labelled(school, "A1B2C3D4E5F6G7", "TSG001")
    asked = f"of=batch&batch={AccessionBatch.objects.get().pk}&start=1&barcodes=1"
    assert run(office, f"{asked}&sheet=65").unreadable == ["A1B2C3D4E5F6G7"]
    assert run(office, f"{asked}&sheet=24").unreadable == []


def test_labels_given_by_mistake_are_taken_back(office, school):
    copy = a_copy(school)
    office.post(f"{GIVE}?of=without")
    (given,) = office.get(PAGE).context["given"]
    office.post(reverse("catalogue.take_labels_back", args=[given.entry.pk]))
    assert Copy.objects.get(pk=copy.pk).barcode == ""
    assert office.get(PAGE).context["given"] == []


def test_the_page_costs_as_much_for_many_copies_as_for_few(
    office, school, django_assert_max_num_queries
):
    take_in(school, *[NewCopy(title=a_title())] * 60)
    with django_assert_max_num_queries(14):
        office.get(PAGE)


def test_without_typefaces_the_page_and_the_pdf_say_so(office, school, monkeypatch, tmp_path):
    labelled(school, "TSG001")
    monkeypatch.setattr(faces, "FOLDER", tmp_path)
    page = office.get(f"{PAGE}?of=numbers&first=TSG001&last=TSG001")
    answer = office.get(f"{PDF}?of=numbers&first=TSG001&last=TSG001")
    assert (page.status_code, answer.status_code) == (200, 503)
    assert "字体没有安装" in page.content.decode()
    assert "字体没有安装" in answer.content.decode()


def test_the_pages_of_titles_and_batches_lead_here(office, school):
    (copy,) = labelled(school, "TSG001")
    title = office.get(reverse("catalogue.see_title", args=[copy.holding_id])).content.decode()
    batch = office.get(reverse("catalogue.see_accession", args=[copy.accession_id]))
    assert f"{PAGE}?of=title&amp;holding={copy.holding_id}" in title.replace("&h", "&amp;h")
    assert f"of=batch&batch={copy.accession_id}" in batch.content.decode()
