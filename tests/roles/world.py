"""Two schools with one of everything, and somebody of every role in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django_scopes import scope

from shuxiang.catalogue import actions as catalogue
from shuxiang.catalogue.tests.factories import a_copy, a_title
from shuxiang.circulation import actions as circulation
from shuxiang.circulation.models import DueChange, Forfeit, LendingMode, LendingTerms
from shuxiang.circulation.rules import Channel, Mode, Whom
from shuxiang.circulation.tests.factories import NOW, TODAY, Library, a_library, an_account
from shuxiang.formats.tests.pictures import a_picture
from shuxiang.interop.excel import asking
from shuxiang.interop.excel.fields import Kind
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools.actions import change_settings
from shuxiang.programmes import actions as programmes
from shuxiang.readers import actions as readers
from shuxiang.readers.queries import SIGN_IN
from shuxiang.student_librarians import actions as helping
from shuxiang.student_librarians.models import Post, Roster, Shift, Training
from shuxiang.student_librarians.rules import Hours
from shuxiang.student_librarians.tests.factories import an_appointed_helper
from shuxiang.timetable import actions as timetable
from shuxiang.timetable.models import Proposal, Slot, Term
from shuxiang.timetable.rules import Hours as OpeningHours
from shuxiang.timetable.rules import TermDates

EARLY = NOW - timedelta(days=80)


@dataclass
class World:
    """One school: who acts in it, and the key of one thing of each kind."""

    library: Library
    people: dict[str, Account] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


def a_world() -> World:
    """Furnish a school; its class teacher has the class that `own class` names."""
    library = a_library(copies=5)
    world = World(library=library)
    with scope(school=library.school):
        world.people = {role.value: an_account(library.school, role) for role in Role}
        _stock(world)
        _people(world)
        _times(world)
        _lending(world)
        _late(world)
        _helpers(world)
        _programmes(world)
        _year(world)
    return world


def _year(world: World) -> None:
    library = world.library
    year = readers.bring_year(
        school=library.school,
        first_year=2027,
        file="2027.xlsx",
        listed=[],
        unread=[],
        by=library.librarian,
        now=NOW,
    )
    world.things["year"] = year.pk


def _stock(world: World) -> None:
    library, by = world.library, world.library.librarian
    facts: dict[str, Any] = {"school": library.school, "by": by, "now": NOW}
    shelf = catalogue.change_shelf(code="空架", name="空架", **facts)
    collection = catalogue.change_collection(name="空区", **facts)
    withdrawal = catalogue.withdraw(
        copies=[library.copies[4]], reason="outdated", withdrawn_on=TODAY, by=by, now=NOW
    )
    bare = a_copy(library.school, a_title("无标签的书"))
    given = catalogue.give_labels(copies=[bare], **facts)
    assert given
    world.things |= {
        "given": given.pk,
        "copy": library.copies[0].pk,
        "holding": library.copies[0].holding_id,
        "accession": library.copies[0].accession_id,
        "withdrawal": withdrawal.pk,
        "shelf": shelf.pk,
        "collection": collection.pk,
    }


def _people(world: World) -> None:
    library, by = world.library, world.library.librarian
    other_class = readers.add_class(
        school=library.school, stage="primary", cohort=2025, number=1, mark="1", by=by, now=NOW
    )
    readers.name_class_teacher(
        school_class=library.school_class,
        account=world.people["class_teacher"],
        on=date(2026, 9, 1),
        by=by,
        now=NOW,
    )
    restriction = readers.restrict(
        reader=library.pupils[2], why="停借", from_on=TODAY, until_on=None, by=by, now=NOW
    )
    change_settings(school=library.school, changes={SIGN_IN: True}, by=by, now=NOW)
    _borrowers(world)
    _photographed(world)
    world.things |= {
        "class": library.school_class.pk,
        "other class": other_class.pk,
        "reader": library.pupils[0].pk,
        "restriction": restriction.pk,
        "photo": library.pupils[0].pk,
        "account": world.people["helper"].pk,
        "kind": "books",
        "backup": "no-such-backup.zip",
    }


def _borrowers(world: World) -> None:
    """Let whoever has a page of the own be a reader."""
    library, by = world.library, world.library.librarian
    borrowers = {"pupil": library.pupils[0], "helper": library.pupils[2]}
    for role in ("class_teacher", "librarian"):
        borrowers[role] = readers.add_reader(
            school=library.school, name=role, category="teacher", joined_on=TODAY, by=by, now=NOW
        )
    for role, reader in borrowers.items():
        readers.link_account(account=world.people[role], reader=reader, by=by, now=NOW)


def _photographed(world: World) -> None:
    """Let one pupil have a portrait."""
    facts: dict[str, Any] = {"school": world.library.school, "by": None, "now": NOW}
    readers.allow_photos(consent="家长同意书", **facts)
    files = [(f"{world.library.pupils[0].name}.png", a_picture())]
    readers.bring_photos(files=files, school_class=None, **facts)


def _times(world: World) -> None:
    library, by = world.library, world.library.librarian
    facts: dict[str, Any] = {"school": library.school, "by": by, "now": EARLY}
    dates = TermDates(starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22))
    term = timetable.change_term(first_year=2026, number=1, dates=dates, **facts)
    period = timetable.change_period(
        name="第3节", starts_at=time(10, 10), ends_at=time(10, 50), **facts
    )
    (hours,) = timetable.change_opening_hours(
        wanted=[OpeningHours(weekday=0, opens_at=time(8), closes_at=time(16))], **facts
    )
    (slot,) = timetable.add_slots(weekdays=[0], periods=[period], **facts)
    turn = timetable.give_turn(
        term=term, slot=slot, school_class=library.school_class, by=by, now=EARLY
    )
    said = {"kind": "comes", "purpose": "lending"}
    wish = timetable.change_wish(term=term, said=said, by=by, now=EARLY)
    solving = timetable.ask_for_rotation(term=term, by=by, now=EARLY)
    proposal = _a_solved_rotation(solving, slot, library)
    (missed,) = timetable.miss_visits(on=date(2026, 11, 16), reason="exam", **facts)
    feed = timetable.renew_feed(school_class=library.school_class, by=by, now=EARLY)
    world.things |= {
        "missed": missed.pk,
        "due_visit": (turn.pk, "2026-11-16"),
        "past_visit": (turn.pk, "2026-11-09"),
        "feed": feed.secret,
        "wish": wish.pk,
        "proposal": proposal.pk,
        "solving": solving.pk,
        "term": term.pk,
        "period": period.pk,
        "hours": hours.pk,
        "slot": slot.pk,
        "turn": turn.pk,
    }


def _helpers(world: World) -> None:
    """Appoint the helper for the own class and hours that go on now; propose another pupil."""
    library, by = world.library, world.library.librarian
    facts: dict[str, Any] = {"by": by, "now": NOW}
    hours = Hours(weekday=0, starts_at=time(9), ends_at=time(12))
    shift = helping.change_shift(school=library.school, name="上午", hours=hours, places=2, **facts)
    term = Term.objects.get(pk=world.things["term"])
    appointed = an_appointed_helper(library.pupils[2], term, by=by, now=NOW)
    helping.change_post(
        post=appointed, work="desk", classes=[library.school_class], shifts=[shift], **facts
    )
    post = helping.nominate(reader=library.pupils[1], term=term, **facts)
    duty = helping.give_duty(post=appointed, shift=shift, on=TODAY, **facts)
    other = an_appointed_helper(library.pupils[0], term, by=by, now=NOW)
    wanted = helping.give_duty(post=other, shift=shift, on=TODAY + timedelta(days=7), **facts)
    swap = helping.ask_swap(duty=duty, wanted=wanted, by=world.people["helper"], now=NOW)
    said = {"on": TODAY, "starts_at": None, "place": "", "agenda": "错架的书", "notes": ""}
    meeting = helping.change_meeting(term=term, said=said, **facts)
    problem = helping.raise_problem(meeting=meeting, text="绘本乱放", owner=appointed, **facts)
    world.things |= {
        **_rosters(library, term, other, shift),
        "duty": duty.pk,
        "swap": swap.pk,
        "day": TODAY.isoformat(),
        "meeting": meeting.pk,
        "problem": problem.pk,
        "shift": shift.pk,
        "post": post.pk,
        "exam": helping.sit_test(post=post, **facts).pk,
        "training": Training.objects.filter(term=term).earliest("pk").pk,
    }


def _rosters(library: Library, term: Term, post: Post, shift: Shift) -> dict[str, int]:
    """Have a roster solved, and leave one beside it as the solver would."""
    ahead = TODAY + timedelta(days=14)
    days: dict[str, Any] = {"from_on": ahead, "until_on": ahead}
    asked = helping.ask_for_roster(term=term, by=library.librarian, now=NOW, **days)
    roster = Roster.objects.create(
        school=library.school,
        term=term,
        job=asked.job,
        state=Roster.State.READY,
        puts=[[post.pk, shift.pk, ahead.isoformat()]],
        answer={"is_best": True, "turns": 1, "shifts": 1, "unable": 0},
        **days,
    )
    return {"roster": roster.pk, "roster_asked": asked.pk}


def _programmes(world: World) -> None:
    library = world.library
    pair = programmes.confirm_pair(
        school_class=library.school_class,
        guide=library.pupils[0],
        reader=library.pupils[1],
        by=library.librarian,
        now=NOW,
    )
    held = programmes.Held(on=TODAY, way="talk", held_by="周敏")
    session = programmes.hold_session(
        school_class=library.school_class, held=held, away=[], by=library.librarian, now=NOW
    )
    world.things |= {"pair": pair.pk, "session": session.pk}


def _a_solved_rotation(solving: Proposal, slot: Slot, library: Library) -> Proposal:
    """Leave a proposal beside one that is being solved, as the solver would."""
    return Proposal.objects.create(
        school=library.school,
        term=solving.term,
        job=solving.job,
        state=Proposal.State.READY,
        puts=[[slot.pk, library.school_class.pk, "every"]],
        answer={"outcome": "best", "turns": 1, "gap": 0},
    )


def _lending(world: World) -> None:
    library, by = world.library, world.library.librarian
    library.lend(copy=0, pupil=0)
    library.lend(copy=2, pupil=1)
    hold = library.place_hold(copy=2, pupil=0)
    circulation.set_mode(school=library.school, mode=Mode.BOTH, from_on=TODAY, by=by, now=NOW)
    kiosk, _token = circulation.enrol_kiosk(school=library.school, name="门口", by=by, now=NOW)
    visit = circulation.open_visit(school_class=library.school_class, by=by, now=NOW)
    job = asking.bring(
        school=library.school,
        kind=Kind.BOOKS,
        name="书.csv",
        chunks=["书名,作者\n草房子,曹文轩\n".encode()],
        by=by,
        now=NOW,
    )
    world.things |= {
        "hold": hold.subject_id,
        "kiosk": kiosk.pk,
        "visit": visit.pk,
        "visit+entry": (visit.pk, 0),
        "terms": LendingTerms.objects.filter(school=library.school).earliest("pk").pk,
        "mode": LendingMode.objects.filter(school=library.school).earliest("pk").pk,
        "job": job.pk,
    }


def _late(world: World) -> None:
    """A book that was late, somebody who was told of it, and a proposal about the class."""
    library, by = world.library, world.library.librarian
    late = library.lend_late(copy=3, pupil=2)
    (notice,) = circulation.tell(
        school=library.school,
        loans=[late.pk],
        whom=Whom.READER,
        channel=Channel.SLIP,
        by=by,
        now=NOW,
    )
    change_settings(school=library.school, changes={circulation.FORGOES: True}, by=by, now=NOW)
    forfeit = circulation.propose_forfeit(
        school_class=library.school_class,
        why=Forfeit.Why.LATE,
        books=1,
        note="",
        by=by,
        now=NOW,
    )
    term = Term.objects.get(school=library.school)
    stays: dict[str, Any] = {"until_on": date(2027, 2, 25), "reason": "假期阅读"}
    circulation.let_stay(term=term, loans=[late.pk], by=by, now=NOW, **stays)
    stay = DueChange.objects.get(school=library.school).pk
    came = circulation.enter(school=library.school, code=library.pupils[0].card, by=by, now=NOW)
    world.things |= {
        "notice": notice.pk,
        "forfeit": forfeit.pk,
        "stay": stay,
        "entrance": came.pk,
    }
