"""Flags in the store: each once, decided on by added rows, and gone in the end."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from kb.accounts.accounts import Accounts
from kb.accounts.roles import Role
from kb.flags.flag import FlagKind, FlagState
from kb.flags.keeping import OtherFlag, decide, purge, take_in
from kb.flags.queue import Order, Wanted, count_open, queue
from kb.flags.tables import flag_decisions, flags
from kb.records.tables import METADATA, Line
from tests.kb.flags.made import AGENT, flag

DONE, DECLINED, OPEN = FlagState.DONE, FlagState.DECLINED, FlagState.OPEN


def numbers(store, **wanted) -> list[int]:
    return [one.seq for group in queue(store, Wanted(**wanted)) for one in group.flags]


def test_a_flag_is_kept_as_it_was_raised_and_masked(staff):
    raised = flag(
        "said-differently",
        query="bin",
        trail=["my bin", "bins"],
        comment="call me on 01632 960123",
    )
    assert take_in(staff, [raised]) == [True]
    ((found,),) = [group.flags for group in queue(staff, Wanted())]
    assert found.flag == raised
    assert "960123" not in found.flag.comment
    assert found.flag.trail == ("my bin", "bins")


def test_one_that_comes_again_is_kept_once_and_another_of_its_id_is_refused(staff):
    raised = flag(comment="one")
    assert take_in(staff, [raised]) == [True]
    later = raised.model_copy(update={"at": datetime(2026, 11, 3, tzinfo=UTC)})
    assert take_in(staff, [later, flag()]) == [False, True]
    with pytest.raises(OtherFlag):
        take_in(staff, [flag(), raised.model_copy(update={"comment": "two"})])
    assert len(numbers(staff)) == 2


def test_flags_are_grouped_by_article_or_by_words_the_most_frequent_first(staff):
    take_in(staff, [flag("nobody-has-written", query="Tree House")])
    take_in(staff, [flag(article="potholes")])
    take_in(staff, [flag("nobody-has-written", query="tree house")])
    take_in(staff, [flag("unclear", article="parking")])

    def groups(order: Order) -> list[tuple[str, int]]:
        found = queue(staff, Wanted(order=order))
        return [(group.article or group.words, len(group.flags)) for group in found]

    assert groups(Order.FREQUENT) == [("tree house", 2), ("parking", 1), ("potholes", 1)]
    assert groups(Order.NEWEST) == [("parking", 1), ("tree house", 2), ("potholes", 1)]
    same_words = queue(staff, Wanted(), same=lambda words: "all the same")
    assert len(same_words) == 3


def test_the_last_decision_is_how_a_flag_stands_and_all_are_kept(staff):
    editor = Accounts(staff).add("erin", Role.EDITOR)
    take_in(staff, [flag(), flag("unclear"), flag("missing")])
    first, second, third = sorted(numbers(staff))
    decide(staff, [first, second, 999], DONE, "mended; ring 01632 960123", editor.id)
    decide(staff, [second], DECLINED, "", uuid4())
    decide(staff, [first], OPEN, "not mended", editor.id)
    assert sorted(numbers(staff)) == [first, third]
    assert numbers(staff, state=DECLINED) == [second]
    assert numbers(staff, state=DONE) == []
    assert count_open(staff) == 2
    (group,) = queue(staff, Wanted())
    decisions = next(one.decisions for one in group.flags if one.seq == first)
    assert [(one.state, one.who) for one in decisions] == [(DONE, "erin"), (OPEN, "erin")]
    assert "960123" not in decisions[0].note


def test_they_can_be_narrowed_to_a_kind(staff):
    take_in(staff, [flag(), flag("unclear")])
    (group,) = queue(staff, Wanted(kind=FlagKind.UNCLEAR))
    assert [one.flag.kind for one in group.flags] == ["unclear"]
    assert group.kinds == [("unclear", 1)]


def test_a_row_that_somebody_else_wrote_is_left_out(staff):
    take_in(staff, [flag(), flag()])
    with staff.writing() as connection:
        one = connection.scalar(select(func.min(flags.c.seq)))
        connection.execute(update(flags).where(flags.c.seq == one).values(kind="moan"))
    assert len(numbers(staff)) == 1


def test_what_is_too_old_goes_with_what_was_decided(staff):
    old = datetime(2023, 1, 1, tzinfo=UTC)
    take_in(staff, [flag(at=old), flag()])
    decide(staff, numbers(staff), DONE, "", AGENT)
    assert purge(staff, datetime(2024, 1, 1, tzinfo=UTC)) == 1
    with staff.reading() as connection:
        left = connection.scalar(select(func.count()).select_from(flag_decisions))
    assert (left, len(numbers(staff, state=DONE))) == (1, 1)


def test_the_tables_belong_to_staff_alone():
    assert {"flags", "flag_decisions"} <= set(METADATA[Line.DESK].tables)
    assert not {"flags", "flag_decisions"} & set(METADATA[Line.JOURNAL].tables)
