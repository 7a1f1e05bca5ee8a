"""What was searched for and not found."""

from datetime import UTC, datetime

from kb.article import Edition
from kb.records.journal import write
from kb.records.lacking import unsure, without_result
from tests.kb.records.made import search

SINCE = datetime(2026, 10, 1, tzinfo=UTC)
LATER = datetime(2026, 10, 2, tzinfo=UTC)


def nothing(query: str, **fields):
    return search(query, **{"total": 0, "results": (), "at": LATER, **fields})


def test_the_most_frequent_without_a_result_come_first_whatever_their_capitals(staff):
    last = datetime(2026, 10, 3, tzinfo=UTC)
    write(
        staff,
        [
            nothing("Unicorns"),
            nothing("unicorns", at=last),
            nothing("dragons"),
            nothing(""),
            nothing("unicorns", at=datetime(2026, 9, 30, tzinfo=UTC)),
            search("bins", at=LATER),
            search("perhaps", unsure=True, at=LATER),
        ],
    )
    found = without_result(staff, SINCE, limit=9)
    assert [(one.query, one.times) for one in found] == [("unicorns", 2), ("dragons", 1)]
    assert found[0].last == last
    assert without_result(staff, SINCE, limit=1) == found[:1]


def test_those_that_were_likely_not_answered_are_told_apart(staff):
    write(
        staff,
        [
            search("perhaps", unsure=True, at=LATER),
            search("certain", at=LATER),
            nothing("unsure but empty", unsure=True),
        ],
    )
    assert [one.query for one in unsure(staff, SINCE, limit=9)] == ["perhaps"]


def test_each_edition_can_be_looked_at_alone(staff):
    write(staff, [nothing("both"), nothing("both", edition=Edition.STAFF), nothing("public")])
    assert [one.times for one in without_result(staff, SINCE, 9)] == [2, 1]
    found = without_result(staff, SINCE, 9, Edition.STAFF)
    assert [(one.query, one.times) for one in found] == [("both", 1)]
