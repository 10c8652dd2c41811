"""A test on the screen, at the librarian's and on a pupil's own page."""

from __future__ import annotations

from typing import Any

from django import forms

from shuxiang.student_librarians.models import Exam
from shuxiang.student_librarians.rules import Question, from_kept
from shuxiang.student_librarians.wording import options, question


class ExamForm(forms.Form):
    """Ten questions, each with its answers; which one is right stands nowhere on the page."""

    def __init__(self, *args: Any, exam: Exam, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, asked in enumerate(questions_of(exam), start=1):
            self.fields[f"q{place}"] = forms.TypedChoiceField(
                label=f"{place}. {question(asked)}",
                choices=list(enumerate(options(asked))),
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def answers(self) -> list[int | None]:
        return [self.cleaned_data.get(name) for name in self.fields]


def questions_of(exam: Exam) -> list[Question]:
    """Read the questions of a test as they were kept."""
    return [from_kept(kept) for kept in exam.questions]


def graded(exam: Exam) -> list[dict[str, Any]]:
    """Show each question of a graded test with the answer given and the right one."""
    answers = exam.answers or [None] * len(exam.questions)
    return [
        {
            "question": question(asked),
            "given": options(asked)[answer] if answer is not None else "",
            "right": options(asked)[asked.right],
            "is_right": answer == asked.right,
        }
        for asked, answer in zip(questions_of(exam), answers, strict=True)
    ]
