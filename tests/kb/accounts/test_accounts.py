"""Accounts: added, changed, closed."""

from itertools import pairwise

import pytest
from sqlalchemy import text

from kb.accounts.account import AccountProblem, Standing, read_name
from kb.accounts.demo import NAME, add_demo
from kb.accounts.roles import PERMISSIONS, Permission, Role
from kb.accounts.signing_in import PasswordCheck
from tests.kb.accounts.conftest import by_password

GOOD = "wet otter under nine lamps"


def test_an_account_is_listed_as_it_was_added(accounts):
    added = accounts.add("Jo.Smith@council.example ", Role.EDITOR, "waste-desk", GOOD)
    (one,) = accounts.all()
    assert one.account == added == accounts.find("jo.smith@COUNCIL.example")
    assert (added.name, added.role, added.team) == (
        "jo.smith@council.example",
        Role.EDITOR,
        "waste-desk",
    )
    assert (one.demo, one.has_password, one.disabled_at, one.signed_in_at) == (
        False,
        True,
        None,
        None,
    )


def test_a_name_is_given_once_whatever_its_case(accounts):
    accounts.add("jo", Role.AGENT)
    with pytest.raises(AccountProblem, match="already"):
        accounts.add("JO", Role.ADMIN)
    assert [one.account.role for one in accounts.all()] == [Role.AGENT]


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "-", "jo-", ".jo", "jö", "jo\n@x", "a" * 65, "jo,admin", "..", "jo\0", "ſam"],
)
def test_what_can_be_no_name_is_refused_with_what_can(accounts, name):
    with pytest.raises(AccountProblem, match="letters a to z"):
        accounts.add(name, Role.AGENT)


@pytest.mark.parametrize("name", ["j", "7", "jo.smith", "jo_s-2", "jo+desk@council.example"])
def test_names_as_directories_have_them_are_good(name):
    assert read_name(f" {name.upper()} ") == name


def test_the_password_is_kept_as_an_argon2_hash_alone(accounts, staff):
    accounts.add("jo", Role.AGENT, password=GOOD)
    with staff.reading() as connection:
        (kept,) = connection.scalars(text("SELECT password FROM accounts"))
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept


def test_an_account_that_is_disabled_is_no_longer_active_and_its_sessions_end(accounts, sessions):
    jo, other = accounts.add("jo", Role.AGENT), accounts.add("other", Role.AGENT)
    secret, others = sessions.start(by_password(jo)), sessions.start(by_password(other))
    accounts.disable("jo")
    accounts.disable("jo")
    assert accounts.active("jo") is None
    assert sessions.find(secret) is None
    assert sessions.find(others) is not None
    assert [one.disabled_at is not None for one in accounts.all()] == [True, False]
    accounts.enable("jo")
    assert accounts.active("jo") == jo
    assert sessions.find(secret) is None


def test_another_role_ends_sessions_and_another_team_does_not(accounts, sessions):
    jo = accounts.add("jo", Role.EDITOR, "waste")
    secret = sessions.start(by_password(jo))
    assert accounts.change("jo", team="roads").team == "roads"
    assert accounts.change("jo", role=Role.EDITOR).role is Role.EDITOR
    assert sessions.find(secret).account.team == "roads"
    assert accounts.change("jo", role=Role.AGENT, team="").team is None
    assert sessions.find(secret) is None


def test_a_new_password_replaces_the_old_and_ends_sessions(accounts, sessions, staff):
    jo = accounts.add("jo", Role.AGENT, password=GOOD)
    secret = sessions.start(by_password(jo))
    accounts.set_password("Jo", "nine lamps under a wet otter")
    assert sessions.find(secret) is None
    check = PasswordCheck(staff)
    assert check.check("jo", GOOD, "192.0.2.1") is None
    assert check.check("jo", "nine lamps under a wet otter", "192.0.2.1") == jo


@pytest.mark.parametrize("what", ["disable", "enable", "change", "find"])
def test_an_account_that_there_is_not_is_named(accounts, what):
    with pytest.raises(AccountProblem, match="no account 'nobody'.*kb user list"):
        getattr(accounts, what)("nobody")
    with pytest.raises(AccountProblem, match="kb user list"):
        accounts.set_password("nobody", GOOD)


def test_a_weak_password_changes_nothing(accounts, staff):
    jo = accounts.add("jo", Role.AGENT, password=GOOD)
    with pytest.raises(AccountProblem, match="at least 12"):
        accounts.set_password("jo", "short")
    with pytest.raises(AccountProblem, match="too easy"):
        accounts.add("other", Role.AGENT, password="password1234")
    assert PasswordCheck(staff).check("jo", GOOD, "192.0.2.1") == jo
    assert len(accounts.all()) == 1


def test_the_demonstration_account_is_made_where_there_is_none_and_once(accounts, staff):
    assert accounts.standing() is Standing.NONE
    password = add_demo(accounts)
    assert accounts.standing() is Standing.DEMO
    assert add_demo(accounts) is None
    account = PasswordCheck(staff).check(NAME, password, "127.0.0.1")
    assert account.role is Role.ADMIN
    accounts.add("jo", Role.AGENT)
    assert accounts.standing() is Standing.DEMO
    assert accounts.remove_demo()
    assert not accounts.remove_demo()
    assert accounts.standing() is Standing.REAL
    assert add_demo(accounts) is None


def test_a_disabled_account_is_an_account_still(accounts):
    accounts.add("jo", Role.AGENT)
    accounts.disable("jo")
    assert accounts.standing() is Standing.REAL


def test_each_role_may_all_that_those_before_it_may():
    allowed = [PERMISSIONS[role] for role in Role]
    assert all(less < more for less, more in pairwise(allowed))
    assert allowed[-1] == set(Permission)
