"""What labels and cards say, read from the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from shuxiang.catalogue.models import Copy
from shuxiang.catalogue.queries import shown_name
from shuxiang.paper.badges import Badge, Certificate
from shuxiang.paper.cards import ReaderCard
from shuxiang.paper.labels import CopyLabel
from shuxiang.paper.poster import poster
from shuxiang.paper.press import Paper
from shuxiang.paper.wording import (
    addressed,
    day_of,
    in_school_language,
    kind_of,
    name_of_term,
    on_poster,
    praise,
    signed,
)
from shuxiang.platform.schools.models import School
from shuxiang.programmes.queries import see_rules
from shuxiang.programmes.wording import heading, sentence
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import classes_of
from shuxiang.readers.wording import class_name
from shuxiang.student_librarians.models import Post
from shuxiang.student_librarians.queries import Judgement, lines_of
from shuxiang.timetable.models import Term


def copy_labels(copies: Iterable[Copy]) -> list[CopyLabel]:
    """Tell what the labels of copies say; costs no query if their titles were fetched."""
    return [
        CopyLabel(
            code=copy.barcode,
            name=shown_name(copy.holding),
            call_number=copy.holding.call_number,
            volume=copy.volume or copy.holding.title.volume,
        )
        for copy in copies
    ]


def reader_cards(readers: Sequence[Reader], day: date) -> list[ReaderCard]:
    """Tell what the cards of readers say, in one query; who has no card is left out."""
    classes = classes_of(readers, day)
    return [
        ReaderCard(
            code=reader.card,
            name=reader.name,
            belongs_to=_lasting_name(classes[reader.pk])
            if reader.pk in classes
            else kind_of(reader),
        )
        for reader in readers
        if reader.card
    ]


def _lasting_name(school_class: SchoolClass) -> str:
    """Name a class by its year of entry (2024级3班): a card outlives the grade."""
    return class_name(
        grade=None,
        stage=school_class.stage,
        cohort=school_class.cohort,
        mark=school_class.mark,
    )


def badges_of(posts: QuerySet[Post], term: Term) -> list[Badge]:
    """Tell what the badges of helpers say; who has neither card nor number has no code."""
    return [
        Badge(
            name=line.name,
            belongs_to=line.class_name,
            work=in_school_language(line.post.get_work_display),
            term=name_of_term(term),
            code=line.post.reader.card or line.post.reader.number,
        )
        for line in lines_of(posts, term)
        if line.post.reader
    ]


def certificates_of(chosen: Iterable[Judgement], term: Term, today: date) -> list[Certificate]:
    """Tell what the certificates of those who were chosen say."""
    return [
        Certificate(
            name=addressed(class_name=one.line.class_name, name=one.line.name),
            text=praise(term=name_of_term(term)),
            award=in_school_language(one.post.get_award_display),
            signed=signed(term.school.name),
            day=day_of(today),
        )
        for one in chosen
    ]


def rules_poster(school: School, day: date) -> Paper:
    """Set the rules for readers on one sheet, in the language that is spoken now."""
    words = on_poster(day)
    parts = [
        (heading(part.heading), [sentence(one) for one in part.sentences])
        for part in see_rules(school, day).parts
    ]
    return poster(parts, school=school.name, title=words.title, foot=words.foot)
