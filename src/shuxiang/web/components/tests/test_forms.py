"""A field says what it wants, what is wrong and how to mend it, also to who cannot see it."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import engines


class CardForm(forms.Form):
    number = forms.CharField(label="证号", help_text="证背面的八位数字。")
    note = forms.CharField(label="附注", required=False)
    kind = forms.ChoiceField(
        label="种类", choices=[("a", "学生"), ("b", "教师")], widget=forms.RadioSelect
    )
    valid = forms.BooleanField(label="马上能用", required=False)


def shown(source: str, **context: object) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    return engines["django"].from_string(CottonCompiler().process(source)).render(context)


@pytest.fixture
def wrong() -> CardForm:
    return CardForm({"number": "", "kind": "a"})


def test_a_control_points_to_its_hint_and_to_its_error(wrong):
    html = shown('<c-field :field="form.number" />', form=wrong)

    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert all(f'id="{part}"' in html for part in described[1].split())
    assert 'aria-invalid="true"' in html


def test_a_field_that_may_stay_empty_says_so(wrong):
    assert "选填" in shown('<c-field :field="form.note" />', form=wrong)
    assert "选填" not in shown('<c-field :field="form.number" />', form=wrong)


def test_a_choice_stands_in_a_group_with_its_question(wrong):
    html = shown('<c-field :field="form.kind" />', form=wrong)

    assert re.search(r"<fieldset.*<legend[^>]*>\s*种类", html, re.DOTALL)


def test_the_list_above_the_form_leads_to_each_wrong_field(wrong):
    html = shown('<c-form-errors :form="form" />', form=wrong)

    assert f'href="#{wrong["number"].auto_id}"' in html
    assert wrong["number"].auto_id in shown('<c-field :field="form.number" />', form=wrong)


def test_a_form_shows_all_its_fields_when_it_is_given_none(wrong):
    html = shown('<c-form :form="form" action="/x/" />', form=wrong)

    assert all(label in html for label in ("证号", "附注", "种类", "马上能用"))
    assert html.count("<form") == 1


class HoursForm(forms.Form):
    note = forms.CharField(max_length=3)
    seats = forms.IntegerField(min_value=1, max_value=60)
    day = forms.DateField()
    clock = forms.TimeField()
    room = forms.ChoiceField(choices=[("a", "阅览室")])


@pytest.mark.parametrize(
    ("field", "said", "answer"),
    [
        ("note", "", "这里要填。"),
        ("note", "四个汉字", "最多 3 个字，现在有 4 个字。"),
        ("seats", "许多", "请填整数。"),
        ("seats", "61", "最多 60。"),
        ("seats", "0", "最少 1。"),
        ("day", "下周", "请填日期，例如 2026-11-23。"),
        ("clock", "中午", "请填时间，例如 12:10。"),
        ("room", "b", "请从列出的选项里选。"),
    ],
)
def test_what_is_wrong_is_said_in_a_librarian_s_words(field, said, answer):
    assert HoursForm({field: said}).errors[field] == [answer]
