from django.urls import reverse

from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import classes_of_teacher, teachers_of
from shuxiang.readers.tests.factories import TODAY, a_class, a_reader, an_account


def page(client, name, *keys, **query):
    return client.get(reverse(name, args=keys), query).content.decode()


def test_an_empty_list_teaches_how_to_begin(office, school):
    assert reverse("readers.add_class") in page(office, "readers.see_classes")


def test_the_classes_of_a_grade_come_in_one_step(office, school):
    answer = office.post(reverse("readers.add_class"), {"grade": "3", "marks": "1-4"})
    assert answer.status_code == 302
    assert SchoolClass.objects.filter(cohort=2024).count() == 4
    assert "三年级4班" in page(office, "readers.see_classes")


def test_a_class_that_is_there_is_named_and_none_is_added(office, school):
    a_class(school, 3, 2)
    answer = office.post(reverse("readers.add_class"), {"grade": "3", "marks": "1-4"})
    assert answer.status_code == 422
    assert "三年级2班" in answer.content.decode()
    assert SchoolClass.objects.count() == 1


def test_the_list_counts_readers_and_costs_a_fixed_number_of_queries(
    office, school, django_assert_max_num_queries
):
    for number in range(1, 6):
        a_reader(school, school_class=a_class(school, 3, number))
    with django_assert_max_num_queries(14):
        shown = page(office, "readers.see_classes")
    assert "5 个班，5 人" in shown


def test_a_register_shows_its_readers_and_what_to_do(office, school):
    three_two = a_class(school)
    reader = a_reader(school, school_class=three_two, number="2024017")
    shown = page(office, "readers.register", three_two.pk)
    assert reader.name in shown
    assert "2024017" in shown


def test_a_wrong_grade_is_put_right(office, school):
    three_two = a_class(school)
    office.post(reverse("readers.change_class", args=[three_two.pk]), {"grade": "4", "mark": "甲"})
    assert "四年级甲班" in page(office, "readers.see_classes")


def test_a_class_with_readers_stays_and_the_page_says_why(office, school):
    three_two = a_class(school)
    a_reader(school, school_class=three_two)
    answer = office.post(reverse("readers.remove_class", args=[three_two.pk]), follow=True)
    assert "不能删除" in answer.content.decode()
    assert SchoolClass.objects.exists()


def test_a_class_added_by_mistake_is_removed(office, school):
    three_two = a_class(school)
    office.post(reverse("readers.remove_class", args=[three_two.pk]))
    assert not SchoolClass.objects.exists()


def test_a_class_teacher_is_named_and_released(office, school):
    three_two = a_class(school)
    he = an_account(school, Role.CLASS_TEACHER, name="何文")
    address = reverse("readers.name_class_teacher", args=[three_two.pk])
    assert office.post(address, {"account": he.pk, "on": "2026-11-23"}).status_code == 302
    assert classes_of_teacher(he, TODAY) == [three_two]
    office.post(reverse("readers.release_class_teacher", args=[three_two.pk]))
    assert teachers_of(three_two) == []


def test_an_account_that_is_no_class_teacher_cannot_be_chosen(office, school, zhou):
    three_two = a_class(school)
    address = reverse("readers.name_class_teacher", args=[three_two.pk])
    assert office.post(address, {"account": zhou.pk, "on": "2026-11-23"}).status_code == 422


def test_the_administrator_names_teachers_but_sees_no_reader(client, school):
    three_two = a_class(school)
    client.force_login(an_account(school, Role.SCHOOL_ADMIN))
    shown = page(client, "readers.see_classes")
    assert reverse("readers.name_class_teacher", args=[three_two.pk]) in shown
    register = reverse("readers.register", args=[three_two.pk])
    assert f'"{register}"' not in shown
    assert client.get(register).status_code == 403
