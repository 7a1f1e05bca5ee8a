"""What an entry can hold, and what it never does."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.personal import looks_personal
from kb.records.entries import ENTRIES, MAX_TEXT
from tests.kb.records.made import feedback, opening, search


@given(st.text())
def test_no_entry_holds_what_looks_personal(text):
    said = feedback(query=f"{text} 01632 960212", comment=f"jo@example.org {text}")
    assert looks_personal(said.query) is None
    assert looks_personal(said.comment) is None


@given(st.text(alphabet=st.characters(codec=None), max_size=30))
def test_a_text_is_kept_so_that_every_database_takes_it(text):
    kept = search(text).query
    assert "\0" not in kept
    assert kept.encode() == kept.encode("utf-8")
    assert kept == kept.strip()


@given(
    st.one_of(
        st.builds(search, st.text(), total=st.integers(0, 2**31 - 1), unsure=st.booleans()),
        st.builds(opening, query=st.text()),
        st.builds(feedback, comment=st.text(), score=st.integers(1, 5), answered=st.booleans()),
    )
)
def test_a_line_of_json_gives_the_same_entry_again(entry):
    line = entry.model_dump_json()
    assert "\n" not in line
    assert ENTRIES.validate_json(line) == entry


def test_a_long_text_is_cut_and_line_ends_are_made_one():
    assert len(search("x" * 5000).query) == MAX_TEXT
    assert feedback(comment=" one\r\ntwo\rthree ").comment == "one\ntwo\nthree"


def test_a_moment_is_kept_in_utc_whatever_clock_it_was_read_from():
    moment = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=1)))
    assert search(at=moment).at.tzinfo is UTC
    assert search(at=moment).at == moment


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (search, {"total": -1}),
        (search, {"results": ("a", "b", "c", "d", "e", "f")}),
        (search, {"language": "English"}),
        (search, {"generation": "two words"}),
        (search, {"at": datetime(2026, 1, 1)}),
        (search, {"address": "192.0.2.1"}),
        (opening, {"article": "my name is Jo"}),
        (feedback, {"score": 6}),
        (feedback, {"reason": "because"}),
    ],
)
def test_an_entry_that_does_not_fit_cannot_be_made(make, wrong):
    with pytest.raises(ValidationError):
        make(**wrong)
