"""Guessing gets slower, by name and by address."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from kb.accounts.roles import Role
from kb.accounts.signing_in import PasswordCheck
from kb.accounts.throttle import ADDRESS, NAME, Throttle, TooOften
from kb.records import tables

GOOD = "wet otter under nine lamps"
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def check(accounts, staff):
    accounts.add("jo", Role.AGENT, password=GOOD)
    accounts.add("sam", Role.AGENT, password=GOOD)
    return PasswordCheck(staff)


def guess(check, times, name="jo", address=HERE):
    for _ in range(times):
        assert check.check(name, "wrong", address) is None


def test_the_right_name_and_password_are_an_account(check, accounts):
    assert check.check(" JO ", GOOD, HERE) == accounts.find("jo")


@pytest.mark.parametrize("name", ["nobody", "", "\0", "jo\0", "' OR 1=1", "ſ", "\ud800", "a" * 99])
def test_what_is_no_account_is_answered_as_a_wrong_password_is(check, name):
    guess(check, NAME.free, name)
    assert check.check(name, GOOD, HERE) is None
    with pytest.raises(TooOften):
        check.check(name, GOOD, HERE)


def test_disabled_accounts_and_those_without_a_password_are_nobody(check, accounts):
    accounts.disable("jo")
    accounts.add("by-proxy", Role.ADMIN)
    assert check.check("jo", GOOD, HERE) is None
    for password in ("", "None", "nobody's"):
        assert check.check("by-proxy", password, HERE) is None


def test_the_demonstration_account_is_for_this_machine_alone(check, accounts):
    accounts.add("demo", Role.ADMIN, password=GOOD, demo=True)
    assert check.check("demo", GOOD, HERE) is None
    assert check.check("demo", GOOD, "::ffff:127.0.0.1") is not None
    assert check.check("demo", GOOD, "::1") is not None


def test_after_some_failures_even_the_right_password_has_to_wait(check, time):
    guess(check, NAME.free + 1)
    with pytest.raises(TooOften) as refusal:
        check.check("jo", GOOD, ELSEWHERE)
    assert refusal.value.wait.total_seconds() == 2
    time.goes_on(seconds=2)
    assert check.check("jo", GOOD, HERE) is not None


def test_the_wait_doubles_with_each_failure_up_to_its_longest(check, time):
    waits = []
    guess(check, NAME.free)
    for _ in range(12):
        guess(check, 1)
        with pytest.raises(TooOften) as refusal:
            check.check("jo", "wrong", HERE)
        waits.append(refusal.value.wait.total_seconds())
        time.goes_on(seconds=waits[-1])
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_who_got_in_begins_anew(check, time):
    guess(check, NAME.free)
    assert check.check("jo", GOOD, HERE) is not None
    guess(check, NAME.free)


def test_one_name_does_not_slow_another_down(check):
    guess(check, NAME.free + 1)
    assert check.check("sam", GOOD, HERE) is not None


def test_many_names_from_one_address_slow_it_down_and_no_other(check, time):
    for number in range(ADDRESS.free + 1):
        guess(check, 1, f"name{number}")
    with pytest.raises(TooOften):
        check.check("sam", GOOD, HERE)
    assert check.check("sam", GOOD, ELSEWHERE) is not None


def test_a_whole_contact_centre_signs_in_behind_one_address(check):
    for _ in range(2 * ADDRESS.free):
        assert check.check("jo", GOOD, HERE) is not None


def test_addresses_of_one_subscriber_are_one(check):
    for number in range(ADDRESS.free + 1):
        guess(check, 1, f"name{number}", f"2001:db8::{number:x}")
    with pytest.raises(TooOften):
        check.check("sam", GOOD, "2001:db8::ffff")
    assert check.check("sam", GOOD, "2001:db8:0:1::1") is not None


def test_failures_are_forgotten_in_time(check, time, staff):
    guess(check, NAME.free + 1)
    time.goes_on(days=1, seconds=1)
    guess(check, NAME.free)
    with staff.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.failures)) == 2


def test_neither_a_restart_nor_another_server_resets_the_count(check, staff, open_store):
    guess(check, NAME.free + 1)
    again = open_store(staff.url.render_as_string(hide_password=False), staff.lines)
    with pytest.raises(TooOften):
        PasswordCheck(again).check("jo", GOOD, HERE)


def test_neither_names_nor_addresses_are_kept(check, staff):
    guess(check, 1, "a-password-typed-as-name")
    with staff.reading() as connection:
        rows = str(connection.execute(text("SELECT * FROM failures")).all())
    assert "typed" not in rows
    assert HERE not in rows


def test_guesses_at_once_are_no_more_than_one_after_the_other(check):
    allowed, refused = [], []

    def once():
        try:
            check.check("jo", "wrong", HERE)
            allowed.append(1)
        except TooOften:
            refused.append(1)

    guess(check, 1)
    threads = [threading.Thread(target=once) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(allowed), len(refused)) == (NAME.free, 12 - NAME.free)


def test_the_wait_never_shrinks_and_is_over_before_all_is_forgotten(time):
    @given(st.integers(0, 10**9))
    def wait(times):
        until = NAME.until(times, time.now)
        assert until <= NAME.until(times + 1, time.now)
        assert until - time.now <= NAME.longest < NAME.forgotten

    wait()
    assert ADDRESS.longest < ADDRESS.forgotten


def test_a_hash_made_as_one_does_no_more_is_made_anew_at_sign_in(check, staff, monkeypatch):
    from argon2 import PasswordHasher

    from kb.accounts import passwords

    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(2, 16, 1))
    assert check.check("jo", GOOD, HERE) is not None
    with staff.reading() as connection:
        kept = connection.scalar(
            select(tables.accounts.c.password).where(tables.accounts.c.name == "jo")
        )
    assert "m=16,t=2" in kept
    assert check.check("jo", GOOD, HERE) is not None


def test_the_throttle_can_be_asked_alone(staff, time):
    throttle = Throttle(staff)
    for _ in range(NAME.free + 1):
        throttle.begin("x", HERE)
    with pytest.raises(TooOften, match="wait 2 s"):
        throttle.begin("x", HERE)
    throttle.succeeded("x", HERE)
    throttle.begin("x", HERE)
