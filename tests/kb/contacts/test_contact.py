"""What a contact can say, and what it never does."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.contacts.contact import MOST, Contact, Draft, Report
from kb.personal import looks_personal
from tests.kb.contacts.made import BEGAN, contact, report

PERSONAL = "01632 960212, jo@example.org, PE15 0AB"


@given(st.text(max_size=200))
def test_no_text_of_a_contact_holds_what_looks_personal(text):
    step = {"guide": "bins", "step": "which", "answer": f"{text} {PERSONAL}"}
    said = contact(f"{PERSONAL} {text}", searches=[f"{text} {PERSONAL}"], path=[step])
    for kept in (said.notes, *said.searches, said.path[0].answer):
        assert looks_personal(kept) is None


def test_the_reference_of_a_case_is_kept_as_the_other_system_wrote_it():
    assert contact(case="CRM/2026-000123456").case == "CRM/2026-000123456"


@pytest.mark.parametrize("case", ["jo@example.org", "", " ", "x" * 101, "a\nb", "says: “no”"])
def test_what_is_no_reference_is_refused(case):
    with pytest.raises(ValidationError, match="case"):
        contact(case=case)


@given(st.builds(contact, st.text(max_size=50), searches=st.lists(st.text(max_size=20))))
def test_a_report_comes_back_from_a_line_of_json_as_it_was(made):
    handed_in = Report(contact=made, account=made.id)
    line = handed_in.model_dump_json()
    assert "\n" not in line
    assert Report.model_validate_json(line) == handed_in


def test_moments_are_kept_in_utc():
    summer = timezone(timedelta(hours=1))
    began = datetime(2026, 7, 1, 12, tzinfo=summer)
    made = contact(started_at=began, ended_at=began)
    assert (made.started_at, made.started_at.tzinfo) == (began, UTC)


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"ended_at": BEGAN - timedelta(seconds=1)}, "ended_at", "before started_at"),
        ({"outcome": "handed-over"}, "handed_to", "say to whom"),
        ({"outcome": "call-back"}, "call_back_by", "say by when"),
        ({"handed_to": "depot"}, "handed_to", "only with the outcome handed-over, not resolved"),
        ({"call_back_by": BEGAN}, "call_back_by", "only with the outcome call-back"),
        (
            {"outcome": "call-back", "call_back_by": BEGAN - timedelta(days=1)},
            "call_back_by",
            "before started_at",
        ),
        ({"started_at": "2026-11-02T09:30:00"}, "started_at", "timezone"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "started_at", "greater"),
        ({"started_at": "9999-12-31T23:59:59-14:00"}, "started_at", "less"),
        ({"outcome": "solved"}, "outcome", "'resolved', 'resolved-with-help'"),
        ({"channel": "fax"}, "channel", "'telephone'"),
        ({"first": "perhaps"}, "first", "boolean"),
        ({"first": 1}, "first", "boolean"),
        ({"avoidable": "the agent!"}, "avoidable", "match"),
        ({"opened": ["my name is Jo"]}, "opened", "match"),
        ({"opened": ["bins"] * (MOST + 1)}, "opened", "at most 100"),
        ({"searches": ["bins"] * (MOST + 1)}, "searches", "at most 100"),
        ({"notes": "x" * 2001}, "notes", "at most 2000"),
        ({"caller": "Jo Bloggs"}, "caller", "not permitted"),
    ],
)
def test_what_does_not_go_together_is_refused_and_said_at_its_field(fields, field, said):
    with pytest.raises(ValidationError) as caught:
        contact(**fields)
    (error,) = caught.value.errors()
    assert error["loc"][0] == field
    assert said in error["msg"]


@pytest.mark.parametrize("field", ["id", "started_at", "ended_at", "channel", "outcome", "first"])
def test_what_a_contact_must_say(field):
    said = contact().model_dump(exclude={field})
    with pytest.raises(ValidationError, match=field):
        Contact.model_validate(said)


def test_a_draft_may_lack_anything_and_say_what_does_not_go_together_yet():
    assert Draft().model_dump(exclude_defaults=True) == {}
    assert Draft(handed_to="depot").outcome is None
    assert Draft.model_validate(contact("call 01632 960212").model_dump()).notes == "call […]"


def test_a_handed_over_contact_and_a_promised_call_back_say_to_whom_and_by_when():
    later = BEGAN + timedelta(days=1)
    assert contact(outcome="handed-over", handed_to="depot").handed_to == "depot"
    assert contact(outcome="call-back", call_back_by=later).call_back_by == later


def test_empty_searches_are_left_out_and_erasing_leaves_no_text():
    made = contact("a note", searches=["", " ", "bins"], case="C-1")
    assert made.searches == ("bins",)
    bare = made.without_texts()
    assert (bare.searches, bare.case, bare.notes) == ((), None, "")
    assert bare.opened == made.opened


def test_a_report_goes_by_the_id_of_its_contact():
    made = report()
    assert made.id == made.contact.id
