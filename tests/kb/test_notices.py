"""Holding lines for busy days."""

from datetime import date

import pytest

from kb.article import Audience
from kb.notices import read_notices
from kb.problems import Level


def test_notices_are_read():
    (notice,), problems = read_notices(
        b"- text: No collections on Monday.\n"
        b"  services: [waste]\n"
        b"  queries: bins\n"
        b"  audience: public\n"
        b"  from: 2026-12-24\n"
        b"  until: 2026-12-28\n"
    )
    assert problems == []
    assert notice.text == "No collections on Monday."
    assert (notice.services, notice.queries) == (("waste",), ("bins",))
    assert notice.audience is Audience.PUBLIC


def test_without_a_file_there_are_none():
    assert read_notices(None) == ((), [])


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ("", [1, 2, 3, 4, 5]),
        (", from: 2026-11-03", [3, 4, 5]),
        (", until: 2026-11-03", [1, 2, 3]),
        (", from: 2026-11-02, until: 2026-11-04", [2, 3, 4]),
        (", from: 2026-11-03, until: 2026-11-03", [3]),
    ],
)
def test_a_notice_stands_from_its_first_day_to_its_last(dates, days):
    (notice,), problems = read_notices(f"- {{text: Ice., audience: staff{dates}}}".encode())
    assert problems == []
    assert [day for day in range(1, 6) if notice.stands_on(date(2026, 11, day))] == days


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{text: Ice.}", "audience: field required"),
        ("{text: Ice., audience: everyone}", "audience: "),
        ("{audience: public}", "text: field required"),
        ("{text: ' ', audience: public}", "text: "),
        ("{text: Ice., audience: public, from: soon}", 'from: "soon" is not a date'),
        ("{text: Ice., audience: public, until: 2026-02-30}", "until: 2026-02-30 is not on the"),
        (
            "{text: Ice., audience: public, from: 2026-11-03, until: 2026-11-02}",
            "entry: from is after until; put the earlier date first",
        ),
        ("{text: Ice., audience: public, untill: 2026-11-02}", "untill: "),
    ],
)
def test_a_bad_notice_costs_only_itself(entry, said):
    notices, (problem,) = read_notices(f"- {entry}\n- {{text: Wind., audience: public}}".encode())
    assert [notice.text for notice in notices] == ["Wind."]
    assert (problem.level, problem.path, problem.line) == (Level.FAULT, "notices.yml", 1)
    assert problem.message.startswith(said)
