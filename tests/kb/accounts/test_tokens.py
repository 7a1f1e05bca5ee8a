"""Tokens: made, shown once, good for a time and for some things."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text, update

from kb.accounts.account import AccountProblem
from kb.accounts.roles import Scope
from kb.accounts.tokens import PREFIX
from kb.records import tables

YEAR = timedelta(days=365)


def test_a_token_is_good_for_its_scopes(tokens, time):
    secret = tokens.add("CRM", {Scope.SEARCH, Scope.CONTACTS_WRITE}, YEAR)
    token = tokens.find(secret)
    assert (token.name, token.scopes) == ("crm", {Scope.SEARCH, Scope.CONTACTS_WRITE})
    assert (token.created_at, token.expires_at) == (time.now, time.now + YEAR)
    assert (token.account.name, token.account.role) == ("crm", None)
    assert tokens.all() == [token]


def test_the_token_itself_is_kept_nowhere(tokens, staff):
    secret = tokens.add("crm", {Scope.SEARCH}, YEAR)
    with staff.reading() as connection:
        rows = str(connection.execute(text("SELECT * FROM tokens")).all())
    assert secret.removeprefix(PREFIX) not in rows


def test_a_token_expires_and_can_be_ended_before(tokens, time):
    old, new = (tokens.add(name, {Scope.SEARCH}, YEAR) for name in ("old", "new"))
    tokens.revoke("OLD")
    assert tokens.find(old) is None
    time.goes_on(days=364)
    assert tokens.find(new) is not None
    time.goes_on(days=1)
    assert tokens.find(new) is None
    assert [token.lasts for token in tokens.all()] == [False]


def test_names_are_given_once_until_a_token_is_revoked(tokens):
    tokens.add("crm", {Scope.SEARCH}, YEAR)
    with pytest.raises(AccountProblem, match="kb token revoke crm"):
        tokens.add("crm", {Scope.SEARCH}, YEAR)
    tokens.revoke("crm")
    with pytest.raises(AccountProblem, match="kb token list"):
        tokens.revoke("crm")
    assert tokens.find(tokens.add("crm", {Scope.SEARCH}, YEAR)) is not None


def test_a_scope_that_is_no_more_opens_nothing(tokens, staff):
    secret = tokens.add("crm", {Scope.SEARCH}, YEAR)
    with staff.writing() as connection:
        connection.execute(update(tables.tokens).values(scopes=["search", "everything"]))
    assert tokens.find(secret).scopes == {Scope.SEARCH}


def test_nothing_but_the_token_itself_is_one(tokens):
    secret = tokens.add("crm", {Scope.SEARCH}, YEAR)
    near = [
        secret[:-1],
        secret + "A",
        secret.swapcase(),
        secret.removeprefix(PREFIX),
        secret + "\n",
    ]

    @given(st.one_of(st.text(), st.sampled_from(near), st.text().map(PREFIX.__add__)))
    def guess(other):
        assert tokens.find(other) is None

    guess()
