"""Passwords: what is refused, and how they are compared."""

import pytest
from argon2 import PasswordHasher
from argon2.profiles import RFC_9106_LOW_MEMORY

from kb.accounts import passwords
from kb.accounts.account import AccountProblem
from kb.accounts.passwords import check_password, hashed, matches, outdated
from kb.accounts.secret import new_password


@pytest.mark.parametrize(
    "password",
    [
        "wet otter under nine lamps",
        "x8Kq2mPz0LwR",
        "ymlaen â'r gân fach",
        "👍🏽 green doors",
    ],
)
def test_what_nobody_guesses_is_good_whatever_it_is_made_of(password):
    check_password(password, "jo")


@pytest.mark.parametrize("password", ["", "x8Kq2mPz0Lw", "é" * 11])
def test_what_is_short_is_refused(password):
    with pytest.raises(AccountProblem, match="at least 12"):
        check_password(password, "jo")


def test_what_is_longer_than_anybody_types_is_refused():
    with pytest.raises(AccountProblem, match="at most 256"):
        check_password("wet otter " * 26, "jo")


@pytest.mark.parametrize(
    "password",
    [
        *("password1234", "passwordpassword", "Password12345!", "qwertyuiop12", "123456789012"),
        *("aaaaaaaaaaaa", "abcabcabcabc", "letmeinletmein", "changeme1234"),
        *("jo.smith2026", "smithsmith22", "Firstline2026", "council12345"),
    ],
)
def test_what_is_common_or_like_the_name_is_refused(password):
    with pytest.raises(AccountProblem, match="too easy") as problem:
        check_password(password, "jo.smith")
    assert password not in str(problem.value)


def test_letters_may_be_composed_in_either_way():
    assert matches("cafe\u0301 under nine lamps", hashed("caf\u00e9 under nine lamps"))


def test_only_the_password_matches():
    kept = hashed("wet otter under nine lamps")
    assert matches("wet otter under nine lamps", kept)
    assert not matches("wet otter under nine lamp", kept)
    assert not matches("", kept)
    assert hashed("wet otter under nine lamps") != kept


def test_what_is_far_too_long_matches_nothing():
    kept = hashed("wet otter under nine lamps")
    assert not matches("wet otter under nine lamps" + "\u0301\u0316" * 100_000, kept)


@pytest.mark.parametrize("kept", [None, "", "nonsense", "$argon2id$v=19$broken"])
def test_nothing_matches_where_there_is_no_password(kept):
    for password in ("", "nobody's", "wet otter"):
        assert not matches(password, kept)


def test_a_hash_is_compared_with_even_where_there_is_no_account(monkeypatch):
    compared = []

    class Watched(PasswordHasher):
        def verify(self, hash, password):
            compared.append(hash)
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "HASHER", Watched(time_cost=1, memory_cost=8, parallelism=1))
    matches("wet otter", None)
    assert len(compared) == 1
    assert compared[0].startswith("$argon2id$")


def test_a_hash_of_other_costs_is_outdated():
    kept = hashed("wet otter under nine lamps")
    assert not outdated(kept)
    assert outdated(PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY).hash("wet otter"))


def test_made_passwords_are_good_and_never_the_same():
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        check_password(password, "demo")
