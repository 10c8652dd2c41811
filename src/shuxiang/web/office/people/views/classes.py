"""Classes, their registers and their teachers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shuxiang.formats.classname import grade_name
from shuxiang.platform.accounts.queries import account_of, holders
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools import rules as school_rules
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers import actions, queries
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import ClassLine
from shuxiang.readers.rules import class_number
from shuxiang.web.access import Request, may
from shuxiang.web.office.people.forms import ClassForm, NewClassesForm, TeacherForm
from shuxiang.web.office.people.views.rows import rows_of


@dataclass(frozen=True, kw_only=True)
class GradeRows:
    name: str
    rows: tuple[ClassLine, ...]

    @property
    def readers(self) -> int:
        return sum(row.readers for row in self.rows)


@may("readers.see_classes")
def see_classes(request: Request) -> HttpResponse:
    """List the classes of this school year by grade, and those that have left."""
    day = request.school.day(now())
    lines = queries.see_classes(request.school, day)
    here = [line for line in lines if line.grade]
    context = {
        "school_year": school_year(request.school, day),
        "grades": [
            GradeRows(name=grade_name(grade), rows=tuple(rows))
            for grade, rows in groupby(here, key=lambda line: line.grade or 0)
        ],
        "gone": [line for line in lines if not line.grade],
        "classes": len(here),
        "readers": sum(line.readers for line in here),
    }
    return render(request, "office/people/classes.html", context)


@may("readers.add_class")
def add_class(request: Request) -> HttpResponse:
    """Add the classes of a grade."""
    school = request.school
    form = NewClassesForm(
        request.POST or None, school=school, initial={"grade": request.GET.get("grade")}
    )
    if form.is_bound and form.is_valid():
        year = school_year(school, school.day(now()))
        entry = _entry(request, form.cleaned_data["grade"], year)
        marks = form.cleaned_data["marks"]
        try:
            added = actions.add_classes(
                school=school, marks=marks, by=request.user, now=now(), **entry
            )
        except actions.ClassThere as there:
            form.add_error("marks", _there(there, year))
        else:
            names = _(", ").join(queries.class_name(each, year) for each in added)
            messages.success(request, _("Added: %(names)s.") % {"names": names})
            return redirect("readers.see_classes")
    return render(request, "office/people/add_class.html", {"form": form}, status=_status(form))


@may("readers.see_readers")
def register(request: Request, pk: int) -> HttpResponse:
    """Show a class as its register does, with what each reader has out."""
    school_class, name = _class(request, pk)
    day = request.school.day(now())
    readers = queries.register(school_class, day)
    rows = rows_of(request.school, readers, day)
    context = {
        "school_class": school_class,
        "name": name,
        "grade": school_class.grade(school_year(request.school, day)),
        "teachers": queries.teachers_of(school_class),
        "rows": rows,
        "out": sum(row.out for row in rows),
        "late": sum(row.late for row in rows),
    }
    return render(request, "office/people/register.html", context)


@may("readers.change_class")
def change_class(request: Request, pk: int) -> HttpResponse:
    """Put right a class's grade or how its number is written."""
    school_class, name = _class(request, pk)
    year = school_year(request.school, request.school.day(now()))
    initial = {"grade": school_class.grade(year), "mark": school_class.mark}
    form = ClassForm(request.POST or None, school=request.school, initial=initial)
    if form.is_bound and form.is_valid():
        changes = _entry(request, form.cleaned_data["grade"], year)
        mark = form.cleaned_data["mark"].strip()
        changes |= {"mark": mark, "number": class_number(mark) or school_class.number}
        try:
            changed = actions.change_class(
                school_class=school_class, changes=changes, by=request.user, now=now()
            )
        except actions.ClassThere as there:
            form.add_error("mark", _there(there, year))
        else:
            named = queries.class_name(changed, year)
            messages.success(request, _("The class is now %(name)s.") % {"name": named})
            return redirect("readers.register", pk=pk)
    context = {"form": form, "school_class": school_class, "name": name}
    return render(request, "office/people/change_class.html", context, status=_status(form))


@may("readers.remove_class")
@require_POST
def remove_class(request: Request, pk: int) -> HttpResponse:
    """Remove a class on which nothing rests, or say what does."""
    school_class, name = _class(request, pk)
    try:
        actions.remove_class(school_class=school_class, by=request.user, now=now())
    except actions.ClassInUse as in_use:
        messages.error(request, _in_use(name, in_use))
        return redirect("readers.register", pk=pk)
    messages.success(request, _("%(name)s is removed.") % {"name": name})
    return redirect("readers.see_classes")


@may("readers.name_class_teacher")
def name_teacher(request: Request, pk: int) -> HttpResponse:
    """Name a class's teacher."""
    school_class, name = _class(request, pk)
    teachers = list(holders(request.school, Role.CLASS_TEACHER))
    initial = {"on": request.school.day(now())}
    form = TeacherForm(request.POST or None, teachers=teachers, initial=initial)
    if form.is_bound and form.is_valid():
        account = account_of(request.school, form.cleaned_data["account"])
        if account:
            actions.name_class_teacher(
                school_class=school_class,
                account=account,
                on=form.cleaned_data["on"],
                by=request.user,
                now=now(),
            )
            said = _("%(teacher)s is the class teacher of %(name)s.")
            messages.success(request, said % {"teacher": account.name, "name": name})
            return redirect("readers.see_classes")
    present = queries.teachers_of(school_class)
    context = {"form": form, "school_class": school_class, "name": name, "present": present}
    context["teachers"] = teachers
    return render(request, "office/people/class_teacher.html", context, status=_status(form))


@may("readers.release_class_teacher")
@require_POST
def release_teacher(request: Request, pk: int) -> HttpResponse:
    """End a class teacher's time."""
    school_class, name = _class(request, pk)
    day = request.school.day(now())
    actions.release_class_teacher(school_class=school_class, on=day, by=request.user, now=now())
    messages.success(request, _("%(name)s has no class teacher at present.") % {"name": name})
    return redirect("readers.see_classes")


def _class(request: Request, pk: int) -> tuple[SchoolClass, str]:
    school_class = get_object_or_404(SchoolClass, pk=pk, school=request.school)
    school_class.school = request.school
    year = school_year(request.school, request.school.day(now()))
    return school_class, queries.class_name(school_class, year)


def _entry(request: Request, grade: int, year: int) -> dict[str, Any]:
    """Derive stage and year of entry from the grade in this school year."""
    years = request.school.primary_years
    return {
        "stage": school_rules.stage_of(grade, primary_years=years),
        "cohort": school_rules.cohort(grade, school_year=year, primary_years=years),
    }


def _there(there: actions.ClassThere, year: int) -> str:
    name = queries.class_name(there.school_class, year)
    return _("%(name)s is there already: leave it out.") % {"name": name}


def _in_use(name: str, in_use: actions.ClassInUse) -> str:
    """Say what keeps a class from being removed."""
    readers = in_use.resting.get("readers.Membership", 0)
    if readers:
        said = ngettext(
            "%(name)s stays: it has or had %(readers)s reader. Its history needs it.",
            "%(name)s stays: it has or had %(readers)s readers. Their history needs it.",
            readers,
        )
        return said % {"name": name, "readers": readers}
    return _("%(name)s stays: a teacher, a turn in the rotation or loans rest on it.") % {
        "name": name
    }


def _status(form: ClassForm | NewClassesForm | TeacherForm) -> int:
    return 422 if form.is_bound else 200
