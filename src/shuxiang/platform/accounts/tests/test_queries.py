from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuxiang.platform.accounts import queries
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role


def test_who_is_signed_in_comes_whole_in_one_statement(admin, school):
    with CaptureQueriesContext(connection) as asked:
        found = queries.account_with_roles(admin.pk)
        assert found is not None
        assert found.roles == {Role.LIBRARIAN, Role.SCHOOL_ADMIN}
        assert found.school == school
        assert str(found.school) == "青禾小学"
    assert len(asked) == 1
    twin = Account.objects.select_related("school").get(pk=admin.pk)
    assert facts_of(found) == facts_of(twin)
    assert facts_of(found.school) == facts_of(twin.school)


def test_an_account_without_roles_is_still_an_account(admin):
    admin.held_roles.all().delete()
    found = queries.account_with_roles(admin.pk)
    assert found is not None
    assert found.roles == frozenset()


def test_nobody_is_signed_in_by_a_number_that_no_account_has(db):
    assert queries.account_with_roles(10**9) is None


def facts_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
