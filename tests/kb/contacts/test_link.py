"""The formula of the chain, as docs/records.md gives it to an auditor."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.contacts.link import GENESIS, canonical, link_hash, new_salt, texts_digest

ID = UUID("12345678-1234-4234-8234-123456789abc")


def test_a_hash_can_be_made_with_nothing_but_sha_256():
    row = {
        "seq": 1,
        "id": ID,
        "first": True,
        "at": datetime(2026, 7, 1, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=1))),
        "opened": ["bins"],
        "service": None,
        "notes": "not covered",
        "salt": "ab",
        "hash": "not covered",
    }
    written = (
        '{"at":"2026-07-01T11:00:00.000005Z","first":true,'
        '"id":"12345678-1234-4234-8234-123456789abc","opened":["bins"],"seq":1}'
    )
    assert link_hash(GENESIS, row) == sha256(f"{'0' * 64}\n{written}".encode()).hexdigest()


def test_the_digest_of_texts_is_made_with_their_salt():
    row = {"salt": "00ff", "case": None, "notes": "Ein „Wort“\n", "searches": ["bins"], "seq": 7}
    written = '00ff\n{"case":null,"notes":"Ein „Wort“\\n","searches":["bins"]}'
    assert texts_digest(row) == sha256(written.encode()).hexdigest()


def test_what_a_row_does_not_have_leaves_no_trace_in_its_hash():
    row = {"seq": 1, "kind": "contact"}
    assert link_hash(GENESIS, row) == link_hash(GENESIS, {**row, "added_later": None})


def test_salts_are_never_the_same():
    assert len({new_salt() for _ in range(100)}) == 100


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.booleans() | st.none()))
def test_there_is_one_way_of_writing_a_value(value):
    again = json.loads(canonical(value))
    assert again == value
    assert canonical(dict(reversed(again.items()))) == canonical(value)


def test_days_are_written_as_they_are_read_and_what_has_no_way_of_writing_has_no_place():
    assert canonical([date(2026, 11, 2), datetime(2026, 11, 2, tzinfo=UTC)]) == (
        '["2026-11-02","2026-11-02T00:00:00.000000Z"]'
    )
    with pytest.raises(TypeError, match="bytes has no place"):
        canonical({"notes": b"blob"})
