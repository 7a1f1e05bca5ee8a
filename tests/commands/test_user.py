"""`kb user`, as typed."""

import pytest

from kb.accounts.demo import add_demo
from kb.accounts.roles import Role
from kb.accounts.signing_in import PasswordCheck

GOOD = "wet otter under nine lamps"


def test_an_account_is_added_with_the_password_of_standard_input(kb, accounts, database):
    result = kb("user", "add", "Jo.Smith", "--role", "editor", typed=f"{GOOD}\nsomething else\n")
    assert (result.exit_code, result.stdout) == (0, "Added jo.smith, editor.\n")
    account = PasswordCheck(database).check("jo.smith", GOOD, "192.0.2.1")
    assert (account.role, account.team) == (Role.EDITOR, None)
    assert GOOD not in result.output


def test_on_a_terminal_the_password_is_asked_for_twice_and_not_shown(kb, monkeypatch, accounts):
    from commands import ask

    asked = []

    def prompt(text, **options):
        asked.append(options)
        return GOOD

    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setattr(ask.sys, "stdin", Terminal())
    monkeypatch.setattr(ask.click, "prompt", prompt)
    assert ask.ask_password() == GOOD
    assert asked == [{"hide_input": True, "confirmation_prompt": True, "err": True}]


def test_the_list_says_how_each_account_stands(kb, accounts):
    accounts.add("ann", Role.MANAGER, "waste", GOOD)
    accounts.add("by-proxy", Role.AGENT)
    accounts.add("gone", Role.AGENT)
    accounts.disable("gone")
    lines = kb("user", "list").stdout.splitlines()
    assert lines[0].split() == ["name", "role", "team", "state", "last", "signed", "in"]
    assert lines[1].split() == ["ann", "manager", "waste", "active", "never"]
    assert "active, by the reverse proxy" in lines[2]
    assert "disabled since" in lines[3]


def test_without_an_account_the_list_says_how_to_add_one(kb):
    result = kb("user", "list")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "kb user add" in result.stderr


def test_accounts_are_closed_and_opened_again(kb, accounts):
    accounts.add("jo", Role.AGENT)
    assert kb("user", "disable", "JO").exit_code == 0
    assert accounts.active("jo") is None
    assert kb("user", "enable", "jo").exit_code == 0
    assert accounts.active("jo") is not None


def test_a_role_and_a_team_are_changed(kb, accounts):
    accounts.add("jo", Role.AGENT)
    assert kb("user", "change", "jo", "--role", "manager", "--team", "waste").stdout == (
        "jo: manager, team waste.\n"
    )
    assert kb("user", "change", "jo", "--team", "").stdout == "jo: manager, team none.\n"


def test_a_password_is_changed(kb, accounts, database):
    accounts.add("jo", Role.AGENT, password=GOOD)
    assert kb("user", "password", "jo", typed="nine lamps under a wet otter\r\n").exit_code == 0
    check = PasswordCheck(database)
    assert check.check("jo", "nine lamps under a wet otter", "192.0.2.1") is not None


def test_an_account_without_a_password_is_for_the_reverse_proxy(kb, accounts):
    assert kb("user", "add", "jo", "--no-password").exit_code == 0
    assert [one.has_password for one in accounts.all()] == [False]


def test_the_demonstration_account_is_removed(kb, accounts):
    add_demo(accounts)
    assert "for demonstration" in kb("user", "list").stdout
    result = kb("user", "remove-demo")
    assert result.stdout == "Removed the demonstration account.\n"
    assert "kb user add" in result.stderr
    assert kb("user", "remove-demo").stdout == "There is no demonstration account.\n"
    assert accounts.all() == []


def test_a_team_has_to_be_in_the_directory_where_there_is_one(kb, content, accounts):
    assert kb("user", "add", "jo", "--team", "waste", "--no-password").exit_code == 0
    content.write("directory.csv", "id,name\nroads,Roads\n")
    result = kb("user", "add", "sam", "--team", "waste", "--no-password")
    assert result.exit_code == 2
    assert "directory.csv" in result.stderr
    assert kb("user", "change", "jo", "--team", "roads").exit_code == 0


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (["add", "jo smith"], f"{GOOD}\n", "letters a to z"),
        (["add", "jo"], "short\n", "at least 12"),
        (["add", "jo"], "password1234\n", "too easy"),
        (["add", "jo"], "", "standard input"),
        (["add", "jo", "--role", "king"], None, "king"),
        (["add", "taken"], f"{GOOD}\n", "already"),
        (["change", "jo"], None, "--role or --team"),
        (["change", "nobody", "--role", "agent"], None, "kb user list"),
        (["disable", "nobody"], None, "kb user list"),
        (["enable", "nobody"], None, "kb user list"),
        (["password", "nobody"], f"{GOOD}\n", "kb user list"),
        (["password", "taken"], "taken-taken-taken\n", "too easy"),
    ],
)
def test_wrong_use_ends_with_two_and_names_the_fix(kb, accounts, words, typed, said):
    accounts.add("taken", Role.AGENT)
    result = kb("user", *words, typed=typed)
    assert result.exit_code == 2
    assert said in result.stderr
    assert GOOD not in result.output


def test_a_store_that_cannot_be_used_is_named(kb, tmp_path, monkeypatch):
    monkeypatch.setenv("KB_DATABASE_URL", f"sqlite:///{tmp_path}")
    result = kb("user", "list")
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
