"""Whose knowledge base this is."""

from datetime import date

import pytest

from kb.authority import Authority, read_authority
from kb.problems import Level, Problem

WHOLE = b"""\
name: Fenbridge County Council
id: fenbridge
colour: "#005A9C"
channels:
  telephone: 01234 567890
  email: help@fenbridge.example
  sms: "60006"
  website: https://fenbridge.example
  hours: {mon: "09:00-17:00"}
  emergency: {telephone: 01234 567899, covers: for dangerous structures}
bank_holidays: [2026-12-25, 2026-12-28]
partners:
  - {id: westfen, name: Westfen District Council, responsible_for: Bins}
standards:
  - {name: Calls, promise: We answer within a minute.}
logo: files/public/logo.svg
font: files/public/sans.woff2
most_wanted: [bins]
topics: [Council tax]
"""

DATED = WHOLE.replace(
    b"standards:",
    b"standards:\n  - {name: Complaints, promise: We answer in two weeks., working_days: 10}",
)

FILES = ("files/public/logo.svg", "files/public/sans.woff2")


def read(data: bytes | None, folder: str = "content") -> tuple[Authority, list[Problem]]:
    found = read_authority(data, folder, FILES)
    return found.authority, found.problems


def test_every_key_is_read():
    authority, problems = read(WHOLE)
    assert problems == []
    assert (authority.name, authority.id) == ("Fenbridge County Council", "fenbridge")
    assert authority.colour == "#005a9c"
    assert authority.channels.telephone == "01234 567890"
    assert authority.channels.hours is not None
    assert str(authority.channels.hours.on(date(2026, 11, 2))[0]) == "09:00–17:00"
    assert authority.channels.emergency is not None
    assert authority.channels.emergency.telephone == "01234 567899"
    assert (authority.logo, authority.font) == FILES
    assert (authority.most_wanted, authority.topics) == (("bins",), ("Council tax",))
    assert authority.standards[0].promise == "We answer within a minute."
    assert authority.is_bank_holiday(date(2026, 12, 25))
    assert not authority.is_bank_holiday(date(2026, 12, 26))


def test_the_name_alone_is_enough():
    authority, problems = read(b"name: Fenbridge")
    assert problems == []
    assert authority.name == "Fenbridge"
    assert authority.partners == ()
    assert authority.channels.telephone is None


def test_a_provider_is_named_where_it_is_a_partner():
    authority, _ = read(WHOLE)
    assert authority.provider_name("westfen") == "Westfen District Council"
    assert authority.provider_name("fenbridge") is None
    assert authority.provider_name("nobody") is None
    assert authority.provider_name(None) is None


@pytest.mark.parametrize(
    ("folder", "name"),
    [("fen-bridge", "fen bridge"), ("", "Knowledge base"), ("-", "Knowledge base")],
)
def test_without_the_file_the_folder_gives_the_name(folder, name):
    authority, (problem,) = read(None, folder)
    assert authority.name == name
    assert (problem.level, problem.line) == (Level.WARNING, 1)
    assert 'add one with "name: …"' in problem.message


@pytest.mark.parametrize(
    ("data", "level", "line", "said"),
    [
        (b"name: [", Level.ERROR, 1, "this is not YAML"),
        (b"\xff", Level.ERROR, 1, "not UTF-8"),
        (b"- name: x", Level.FAULT, 1, "entry: "),
        (b"just text", Level.FAULT, 1, "entry: "),
        (b"", Level.FAULT, 1, "name: field required"),
    ],
)
def test_a_file_that_says_nothing_usable_is_reported_and_the_folder_gives_the_name(
    data, level, line, said
):
    authority, (problem,) = read(data)
    assert authority.name == "content"
    assert (problem.level, problem.line) == (level, line)
    assert said in problem.message


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (b'"#005A9C"', b"blue", 3, '"blue" is not a colour; write it as "#005a9c"'),
        (b'"#005A9C"', b'"#00ggff"', 3, "is not a colour"),
        (b'"09:00-17:00"', b'"17:00-09:00"', 9, "does not run forwards"),
        (b"2026-12-28", b"Christmas", 11, '"Christmas" is not a date'),
        (b"id: westfen", b"id: West Fen", 13, '"West Fen" is not an id'),
        (b"01234 567890", b"1234567890", 5, "channels.telephone: "),
        (b"standards", b"standard", 14, "standard: "),
        (b"id: fenbridge", b"id: 12", 2, "id: "),
        (b"public/logo.svg", b"staff/logo.svg", 16, "is not a .svg or .png"),
        (b"sans.woff2", b"sans.ttf", 17, "is not a .woff2 file in files/public/"),
        (b"logo.svg", b"none.svg", 16, 'there is no file "files/public/none.svg"'),
        (b"[bins]", b"[Not An Id]", 18, '"Not An Id" is not an id'),
        (b"name: Fenbridge County Council", b"nmae: x", 1, "nmae: "),
        (b"name: Fenbridge County Council", b"name: 12", 1, "name: "),
    ],
)
def test_a_bad_value_costs_only_its_key(old, new, line, said):
    authority, problems = read(WHOLE.replace(old, new, 1))
    assert {problem.level for problem in problems} == {Level.FAULT}
    (found,) = [problem for problem in problems if said in problem.message]
    assert found.line == line
    kept = authority.model_fields_set
    assert len(kept) >= 6
    assert authority.name == ("content" if b"name: Fen" in old else "Fenbridge County Council")


def test_a_colour_that_cannot_be_read_as_text_is_named_with_the_one_used_instead():
    authority, (problem,) = read(WHOLE.replace(b"#005A9C", b"#ffd400"))
    assert authority.colour == "#ffd400"
    assert (problem.level, problem.line) == (Level.WARNING, 3)
    assert "links and buttons are drawn in #" in problem.message


@pytest.mark.parametrize(
    ("day", "days", "after"),
    [
        ("2026-11-02", 1, "2026-11-03"),
        ("2026-11-06", 1, "2026-11-09"),  # over a weekend
        ("2026-11-07", 1, "2026-11-09"),  # from a Saturday
        ("2026-11-02", 10, "2026-11-16"),
        ("2026-12-24", 1, "2026-12-29"),  # over Christmas
        ("2026-12-28", 2, "2026-12-30"),  # from a bank holiday
    ],
)
def test_working_days_are_counted_without_weekends_and_bank_holidays(day, days, after):
    authority, _ = read(WHOLE)
    counted = authority.working_day_after(date.fromisoformat(day), days)
    assert counted == date.fromisoformat(after)


def test_a_standard_says_by_when_an_answer_is_promised():
    authority, _ = read(DATED)
    monday = date(2026, 11, 2)
    assert authority.promised_by("complaints", monday) == date(2026, 11, 16)
    assert authority.promised_by("Calls", monday) is None
    assert authority.promised_by("Compliments", monday) is None


@pytest.mark.parametrize("wrong", [b"0", b"400", b"ten", b"1.5", b"true", b'"10"'])
def test_working_days_that_are_no_number_of_days_are_reported(wrong):
    _, (problem,) = read(DATED.replace(b"working_days: 10", b"working_days: " + wrong))
    assert "working_days" in problem.message


def test_there_are_reasons_for_avoidable_contact_until_a_council_lists_its_own():
    assert [reason.id for reason in read(b"name: Fenbridge")[0].avoidable] == [
        "unnecessary-clarification",
        "poor-signposting",
        "repeated-notification",
        "progress-chasing",
        "closed-too-soon",
    ]
    own, problems = read(b"name: F\navoidable:\n  - {id: chasing, label: Asked again}\n")
    assert (problems, [reason.label for reason in own.avoidable]) == ([], ["Asked again"])
    assert read(b"name: F\navoidable: []\n")[0].avoidable == ()


def test_two_reasons_of_one_id_cannot_be_told_apart():
    twice = b"name: F\navoidable:\n  - {id: a, label: One}\n  - {id: a, label: Two}\n"
    authority, (problem,) = read(twice)
    assert 'the id "a" stands here twice' in problem.message
    assert len(authority.avoidable) == 5
