"""Sessions: begun, found, ended by themselves or by somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from kb.accounts.account import Identity, Method
from kb.accounts.roles import Role
from kb.accounts.sessions import Sessions
from kb.records import tables
from tests.kb.accounts.conftest import by_password


@pytest.fixture
def jo(accounts):
    return accounts.add("jo", Role.EDITOR, "waste")


def test_a_session_says_who_is_signed_in_and_how(sessions, jo, time):
    secret = sessions.start(Identity(jo, Method.HEADER))
    session = sessions.find(secret)
    assert (session.account, session.method) == (jo, Method.HEADER)
    assert session.started_at == session.seen_at == time.now


def test_each_sign_in_has_an_id_of_its_own_and_only_its_digest_is_kept(sessions, jo, staff):
    secrets = {sessions.start(by_password(jo)) for _ in range(20)}
    assert len(secrets) == 20
    assert min(map(len, secrets)) >= 43
    with staff.reading() as connection:
        rows = str(connection.execute(text("SELECT * FROM sessions")).all())
    assert not any(secret in rows for secret in secrets)


def test_a_session_ends_when_nobody_was_there_for_a_while(sessions, jo, time):
    secret = sessions.start(by_password(jo))
    for _ in range(3):
        time.goes_on(minutes=59)
        sessions.seen(secret, sessions.find(secret))
    time.goes_on(minutes=60)
    assert sessions.find(secret) is None


def test_a_session_ends_in_the_end_however_much_is_done(sessions, jo, time):
    secret = sessions.start(by_password(jo))
    for _ in range(23):
        time.goes_on(minutes=31)
        sessions.seen(secret, sessions.find(secret))
    time.goes_on(minutes=7)
    assert sessions.find(secret) is None


def test_it_is_noted_once_a_minute_that_somebody_is_there(sessions, jo, time):
    secret = sessions.start(by_password(jo))
    began = time.now
    time.goes_on(seconds=59)
    sessions.seen(secret, sessions.find(secret))
    assert sessions.find(secret).seen_at == began
    time.goes_on(seconds=1)
    sessions.seen(secret, sessions.find(secret))
    assert sessions.find(secret).seen_at == time.now


def test_who_signs_out_is_out(sessions, jo):
    secret, other = sessions.start(by_password(jo)), sessions.start(by_password(jo))
    sessions.end(secret)
    sessions.end(secret)
    assert sessions.find(secret) is None
    assert sessions.find(other) is not None


def test_what_has_ended_is_cleared_away_at_the_next_sign_in(sessions, jo, staff, time):
    for _ in range(3):
        sessions.start(by_password(jo))
    time.goes_on(minutes=61)
    secret = sessions.start(by_password(jo))
    with staff.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.sessions)) == 1
    assert sessions.find(secret) is not None


def test_the_last_sign_in_is_kept_with_the_account(sessions, jo, accounts, time):
    sessions.start(by_password(jo))
    assert accounts.all()[0].signed_in_at == time.now


def test_the_sessions_of_the_demonstration_account_go_with_it(accounts, sessions):
    demo = accounts.add("demo", Role.ADMIN, demo=True)
    secret = sessions.start(by_password(demo))
    accounts.remove_demo()
    assert sessions.find(secret) is None


def test_nothing_but_its_own_id_finds_a_session(sessions, jo):
    secret = sessions.start(by_password(jo))

    @given(st.one_of(st.text(), st.sampled_from(near(secret))))
    def guess(other):
        assert other == secret or sessions.find(other) is None

    guess()


def near(secret: str) -> list[str]:
    """What is nearly an id."""
    return [
        *(secret[:-1], secret + "A", secret.swapcase(), secret[::-1], f" {secret}", f"{secret}\0"),
        *("", "\0", "%", "_" * 43, secret.encode().hex()),
    ]


def test_the_digest_of_an_id_is_no_id(sessions: Sessions, jo, staff):
    sessions.start(by_password(jo))
    with staff.reading() as connection:
        (kept,) = connection.scalars(select(tables.sessions.c.digest))
    assert sessions.find(kept) is None
