"""Front matter: each field as the format describes it, and what a bad one costs."""

from datetime import date

import pytest

from kb.article import Audience, Kind
from kb.frontmatter import FrontMatter, validate
from kb.problems import Level
from kb.yamlfile import read_yaml

EVERY_FIELD = """\
id: missed-bin
title: My bin was not emptied
kind: guide
audience: public
summary: Report it.
questions: [the bin men missed me]
tags: [bins]
a_z: [Bins, missed]
service: household-waste
lgsl: 524
provider: fenbridge
promoted_for: [missed bin]
actions:
  - {label: Report it, url: "https://fenbridge.example/missed", kind: online}
  - {label: Ring us, url: "tel:01234567890", kind: telephone}
standard: We come back within two working days.
number: 4-217
service_code: BIN
owner: waste-desk
verified: 2026-10-01
review_by: 2027-04-01
after_review: withdraw
from: 2026-01-01
until: 2027-12-31
related: [bulky-waste]
ask: [Which street?]
steps:
  - {id: first, ask: Is it red?, answers: [{label: "Yes", go: second}, {label: "No", go: x}]}
  - {id: second, ask: Is it out?}
"""


def checked(text, default=Kind.FAQ):
    """The front matter of some YAML that begins on line 2, and its problems."""
    problems = []
    front = validate(read_yaml(text, 2), default, lambda *problem: problems.append(problem))
    return front, problems


def test_every_field_of_the_format_is_read():
    front, problems = checked(EVERY_FIELD)
    assert problems == []
    assert front is not None
    left_out = {"address", "hours", "services"}
    assert front.model_fields_set | left_out == set(FrontMatter.model_fields)
    assert front.kind is Kind.GUIDE
    assert front.audience is Audience.PUBLIC
    assert front.from_ == date(2026, 1, 1)
    assert front.verified == date(2026, 10, 1)
    assert front.number == "4-217"
    assert front.lgsl == 524
    assert [action.kind for action in front.actions] == ["online", "telephone"]
    assert [answer.go for answer in front.steps[0].answers] == ["second", "x"]


def test_the_fields_of_a_place_are_read():
    text = (
        "title: Fen Library\naudience: public\naddress: 1 High Street\nservices: [libraries]\n"
        'hours: {mon: "09:00-17:00", exceptions: {2026-12-25: closed}}\n'
    )
    front, problems = checked(text, Kind.PLACE)
    assert problems == []
    assert front.address == "1 High Street"
    assert front.services == ("libraries",)
    assert front.hours.on(date(2026, 12, 25)) == ()


def test_only_title_and_audience_are_needed():
    front, problems = checked("title: T\naudience: staff\n")
    assert problems == []
    assert (front.title, front.audience) == ("T", Audience.STAFF)
    assert front.model_fields_set == {"title", "audience"}
    assert front.after_review == "keep"


def test_a_field_left_empty_is_as_if_it_were_not_there():
    front, problems = checked("title: T\naudience: public\ntags:\nverified: ~\n")
    assert problems == []
    assert front.tags == ()
    assert front.verified is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("audience: public", 2, "title is missing"),
        ('title: ""\naudience: public', 2, "title is empty"),
        ('title: "  "\naudience: public', 2, "title is empty"),
        (
            "audience: public\ntitle: 2026",
            3,
            'title is not text; put it between quotes, as in title: "2',
        ),
        ("audience: public\ntitle: 2026-10-01", 3, "title is not text"),
        ("audience: public\ntitle: [a, b]", 3, "title is not text"),
        ("audience: public\ntitle: {a: b}", 3, "title is not text"),
        ("audience: public\ntitle: true", 3, "title is not text"),
        ("title: T", 2, "audience is missing"),
        ("title: T\naudience: Public", 3, 'audience "Public" is not known'),
        ("title: T\naudience: publik", 3, 'audience "publik" is not known'),
        ("title: T\naudience: [public, staff]", 3, "is not known"),
        ("title: T\naudience: true", 3, 'audience "True" is not known'),
        ("title: T\naudience: public\nid: Missed Bin", 4, 'id: "Missed Bin" is not an id'),
        ("title: T\naudience: public\nid: -bin", 4, 'id: "-bin" is not an id'),
        ("title: T\naudience: public\nid: 12", 4, 'id: "12" is not text'),
        ("title: T\naudience: public\nfrom: soon", 4, 'from: "soon" is not a date'),
        ("title: T\naudience: public\nuntil: 2026-02-30", 4, "until: 2026-02-30 is not on the cal"),
        ("title: T\naudience: public\nuntil: 1/2/2026", 4, 'until: "1/2/2026" is not a date'),
        ("- title: T\n- audience: public", 2, "the front matter has no fields"),
        ("just text", 2, "the front matter has no fields"),
        ("# nothing", 2, "the front matter has no fields"),
    ],
)
def test_without_a_good_title_audience_id_and_dates_there_is_no_article(text, line, said):
    front, problems = checked(text)
    assert front is None
    ((level, at, message),) = problems
    assert (level, at) == (Level.ERROR, line)
    assert said in message


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("verified: yesterday", 'verified: "yesterday" is not a date; write it as 2026-10-01'),
        ("review_by: 2026-13-01", "review_by: 2026-13-01 is not on the calendar"),
        (
            "kind: article",
            "kind: \"article\" is not known; use 'service', 'faq', 'guide' or 'place'",
        ),
        ("after_review: delete", "use 'keep' or 'withdraw'"),
        ("questions: one question", 'questions: "one question" is not a list'),
        ("tags: [bins, 2026]", 'tags: "2026" is not text; put it between quotes'),
        ("tags: {a: b}", "is not a list"),
        ('a_z: [""]', "a_z: is empty"),
        ("lgsl: 0", "is not a whole number"),
        ("lgsl: 100000", "is not a whole number"),
        ('lgsl: "524"', "is not a whole number"),
        ("lgsl: 5.5", "is not a whole number"),
        ("lgsl: true", "is not a whole number"),
        ("number: 4217", 'number: "4217" is not text'),
        ("number: 4-21745", 'number: "4-21745" is not of the form 4-217'),
        ('number: "4-217\\n"', "is not of the form 4-217"),
        ("service: Household waste", 'service: "Household waste" is not an id'),
        ("related: [missed-bin, Missed Bin]", 'related: "Missed Bin" is not an id'),
        ("summary: 12", 'summary: "12" is not text'),
        ("actions: report it", "is not a list"),
        ("actions: [report it]", 'actions: "report it" is not a set of fields'),
        ("actions: [{label: L, kind: online}]", 'actions: "url" is missing'),
        ("actions: [{label: L, url: 'https://x.example', kind: fax}]", '"fax" is not known'),
        ("actions: [{label: L, url: 'javascript:alert(1)', kind: online}]", "is not an address"),
        ("actions: [{label: L, url: ' JavaScript:x', kind: online}]", "is not an address"),
        ("actions: [{label: L, url: 'data:text/html,x', kind: online}]", "is not an address"),
        ("actions: [{label: L, url: '/report', kind: online}]", "is not an address"),
        (
            "actions: [{label: L, url: 'https://x.example', kind: online, colour: red}]",
            'there is no "colour" here',
        ),
    ],
)
def test_any_other_bad_value_costs_only_its_field(written, said):
    front, problems = checked(f"title: T\naudience: public\n{written}\nstandard: Kept.\n")
    ((level, line, message),) = problems
    assert (level, line) == (Level.FAULT, 4)
    assert said in message
    assert front is not None
    assert front.model_fields_set == {"title", "audience", "standard"}


@pytest.mark.parametrize(
    "url",
    ["https://f.example/a?b=c", "HTTPS://f.example", "  http://f.example ", "mailto:a@b", "tel:1"],
)
def test_an_action_may_lead_to_any_ordinary_address(url):
    front, problems = checked(
        f"title: T\naudience: public\nactions: [{{label: L, url: '{url}', kind: online}}]"
    )
    assert problems == []
    assert front.actions[0].url == url.strip()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("titel: x", 'did you mean "title"?'),
        ("Title: x", 'did you mean "title"?'),
        ("verify: 2026-10-01", 'did you mean "verified"?'),
        ("relate: [x]", 'did you mean "related"?'),
        ("from_: 2026-10-01", 'did you mean "from"?'),
        ("xyzzy: 1", "remove it"),
        ("<<: {owner: x}", "remove it"),
    ],
)
def test_an_unknown_field_is_a_fault_with_the_nearest_known_one(written, said):
    front, problems = checked(f"title: T\naudience: public\n{written}\n")
    ((level, line, message),) = problems
    assert (level, line) == (Level.FAULT, 4)
    assert said in message
    assert front.model_fields_set == {"title", "audience"}


@pytest.mark.parametrize(
    ("written", "default", "kind"),
    [
        ("address: 1 High Street", Kind.FAQ, Kind.PLACE),
        ("hours: {mon: closed}", Kind.SERVICE, Kind.PLACE),
        ("services: [x]", Kind.GUIDE, Kind.PLACE),
        ("ask: [Which street?]", Kind.PLACE, Kind.GUIDE),
        ("steps: [{id: a, ask: b}]", Kind.FAQ, Kind.GUIDE),
    ],
)
def test_a_field_of_another_kind_is_a_fault_until_the_kind_is_set(written, default, kind):
    text = f"title: T\naudience: public\n{written}\n"
    front, problems = checked(text, default)
    ((level, line, message),) = problems
    assert (level, line) == (Level.FAULT, 4)
    assert f"set kind: {kind}" in message
    assert front.model_fields_set == {"title", "audience"}
    assert checked(f"{text}kind: {kind}\n", default)[1] == []


def test_the_line_of_a_fault_is_that_of_the_entry():
    _, problems = checked("title: T\naudience: public\ntags:\n  - good\n  - 12\n")
    assert [line for _, line, _ in problems] == [6]


def test_each_bad_field_is_reported_once():
    _, problems = checked("title: T\naudience: public\ntags: [1, 2, 3]\nowner: A B\n")
    assert [line for _, line, _ in problems] == [4, 5]


def test_faults_are_reported_beside_an_error():
    front, problems = checked("title: T\nverified: never\nxyzzy: 1\n")
    assert front is None
    assert sorted(level for level, _, _ in problems) == [Level.ERROR, Level.FAULT, Level.FAULT]
