"""The words people use for the words the council uses."""

import pytest

from kb.article import Audience
from kb.problems import Level
from kb.synonyms import read_synonyms


def test_groups_are_read():
    groups, problems = read_synonyms(
        b"- {say: [bin men, dustmen], mean: [refuse crew], audience: public}\n"
        b"- {say: tip, mean: recycling centre, both_ways: true, audience: staff}\n"
    )
    assert problems == []
    (line, first), (next_line, second) = groups
    assert (line, next_line) == (1, 2)
    assert (first.say, first.mean) == (("bin men", "dustmen"), ("refuse crew",))
    assert (first.both_ways, first.audience) == (False, Audience.PUBLIC)
    assert (second.say, second.mean) == (("tip",), ("recycling centre",))
    assert (second.both_ways, second.audience) == (True, Audience.STAFF)


def test_without_a_file_there_are_none():
    assert read_synonyms(None) == ((), [])


def test_a_group_without_an_audience_serves_staff_only_and_is_a_fault():
    ((_, group),), (problem,) = read_synonyms(b"\n- {say: tip, mean: dump}\n")
    assert group.audience is Audience.STAFF
    assert (problem.level, problem.path, problem.line) == (Level.FAULT, "synonyms.yml", 2)
    assert "audience is missing, so only staff profit" in problem.message


def test_blanks_around_phrases_and_empty_phrases_are_dropped():
    ((_, group),), problems = read_synonyms(b"- {say: [' tip ', ''], mean: dump, audience: public}")
    assert (group.say, problems) == (("tip",), [])


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{say: [], mean: dump, audience: public}", "say: is empty"),
        ("{say: ['  '], mean: dump, audience: public}", "say: is empty"),
        ("{say: tip, audience: public}", "mean: field required"),
        ("{say: [12], mean: dump, audience: public}", "say.0: "),
        ("{say: tip, mean: dump, audience: pubic}", "audience: "),
        ("{say: tip, mean: dump, audience: public, both_ways: maybe}", "both_ways: "),
        ("{say: tip, mean: dump, audience: public, weight: 2}", "weight: "),
    ],
)
def test_a_bad_group_costs_only_itself(entry, said):
    data = f"- {entry}\n- {{say: bin men, mean: crew, audience: public}}\n"
    groups, (problem,) = read_synonyms(data.encode())
    assert [group.say for _, group in groups] == [("bin men",)]
    assert (problem.level, problem.line) == (Level.FAULT, 1)
    assert problem.message.startswith(said)


def test_a_file_of_another_name_is_named_in_its_problems():
    _, (problem,) = read_synonyms(b"{}", "vocabulary.yml")
    assert str(problem).startswith("vocabulary.yml:1: error: ")
