"""What staff read of what people said."""

import pytest

from kb.records.entries import FeedbackKind
from kb.records.journal import write
from kb.records.replies import Wanted, replies
from kb.records.routing import route
from tests.kb.records.made import feedback


@pytest.fixture
def said(staff):
    entries = [
        feedback("answer", answered=True, article="bins"),
        feedback("complaint", comment="Late", article="bins"),
        feedback("satisfaction", score=4),
        feedback("complaint", comment="Rude"),
    ]
    write(staff, entries)
    route(staff, lambda article: "waste-desk")
    return entries


def test_the_newest_come_first_a_page_at_a_time(staff, said):
    first = replies(staff, Wanted(), limit=3)
    assert [reply.feedback for reply in first] == said[::-1][:3]
    rest = replies(staff, Wanted(before=first[-1].seq), limit=3)
    assert [reply.feedback for reply in rest] == said[:1]


def test_it_is_known_whose_each_is(staff, said):
    rude, score, late, answer = replies(staff, Wanted(), limit=9)
    assert (late.routed, late.owner) == (True, "waste-desk")
    assert (rude.routed, rude.owner) == (True, None)
    assert not score.routed
    assert not answer.routed


@pytest.mark.parametrize(
    ("wanted", "which"),
    [
        (Wanted(kind=FeedbackKind.COMPLAINT), [3, 1]),
        (Wanted(article="bins"), [1, 0]),
        (Wanted(kind=FeedbackKind.COMPLAINT, article="bins"), [1]),
        (Wanted(article="nothing"), []),
    ],
)
def test_it_is_found_by_kind_and_article(staff, said, wanted, which):
    assert [reply.feedback for reply in replies(staff, wanted, 9)] == [said[one] for one in which]


def test_it_is_found_by_the_reference_that_was_given(staff, said):
    for reply in replies(staff, Wanted(), 9):
        (found,) = replies(staff, Wanted(reference=reply.reference.lower()), 9)
        assert found == reply
