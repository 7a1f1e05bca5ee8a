"""`kb token`, as typed."""

from datetime import timedelta

import pytest

from kb.accounts.roles import Scope
from kb.accounts.tokens import PREFIX


def test_a_token_is_printed_once_and_alone(kb, tokens):
    result = kb("token", "add", "crm", "--scope", "search", "--scope", "contacts:write")
    secret = result.stdout.rstrip("\n")
    assert secret.startswith(PREFIX)
    token = tokens.find(secret)
    assert token.scopes == {Scope.SEARCH, Scope.CONTACTS_WRITE}
    assert token.expires_at - token.created_at == timedelta(days=365)
    assert secret not in kb("token", "list").output


def test_the_list_says_what_a_token_is_for_and_until_when(kb, tokens):
    tokens.add("crm", {Scope.SEARCH, Scope.CONTACTS_READ}, timedelta(days=10))
    tokens.add("old", {Scope.SEARCH}, timedelta(seconds=-1))
    lines = kb("token", "list").stdout.splitlines()
    assert lines[0].split() == ["name", "scopes", "made", "expires"]
    assert "contacts:read, search" in lines[1]
    assert lines[2].split()[-1] == "expired"


def test_without_a_token_the_list_says_how_to_make_one(kb):
    assert "kb token add" in kb("token", "list").stderr


def test_a_token_is_revoked(kb, tokens):
    secret = kb("token", "add", "crm", "--scope", "search", "--days", "1").stdout.strip()
    assert kb("token", "revoke", "crm").exit_code == 0
    assert tokens.find(secret) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "crm"], "--scope"),
        (["add", "crm", "--scope", "all"], "all"),
        (["add", "crm", "--scope", "search", "--days", "0"], "--days"),
        (["add", "c r m", "--scope", "search"], "letters a to z"),
        (["revoke", "nothing"], "kb token list"),
    ],
)
def test_wrong_use_ends_with_two_and_names_the_fix(kb, words, said):
    result = kb("token", *words)
    assert result.exit_code == 2
    assert said in result.stderr
