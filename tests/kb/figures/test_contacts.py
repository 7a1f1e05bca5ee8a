"""What is counted of contacts, in the store of both databases."""

from datetime import UTC, date, datetime, timedelta

from kb import clock
from kb.contacts.contact import Channel
from kb.contacts.finding import Wanted, find
from kb.contacts.retention import purge
from kb.figures.durations import Durations
from kb.figures.path import Gap, Missed
from kb.figures.period import Period
from kb.figures.tally import Tally
from tests.kb.contacts.made import BEGAN, report

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
CALL_BACK = {"outcome": "call-back", "call_back_by": BEGAN + timedelta(days=1)}
HANDED_OVER = {"outcome": "handed-over", "handed_to": "depot"}


def at(*when: int, minutes: int = 3) -> dict[str, datetime]:
    begins = datetime(*when).replace(tzinfo=clock.ZONE)  # type: ignore[arg-type]
    return {"started_at": begins, "ended_at": begins + timedelta(minutes=minutes)}


def test_of_an_empty_store_everything_is_nothing(counted):
    found = counted(NOVEMBER)
    assert (found.total, found.taking, found.missed, found.services) == (Tally(), None, (), ())
    assert found.total.resolution.rate is None
    assert len(found.weeks) == 6


def test_a_first_contact_is_resolved_with_or_without_help_and_in_no_other_way(took, counted):
    took(3)
    took(2, outcome="resolved-with-help")
    took(1, outcome="abandoned")
    took(1, **CALL_BACK)
    took(1, **HANDED_OVER)
    found = counted(NOVEMBER)
    assert found.total == Tally(contacts=8, first=8, resolved=5, avoidable=0)
    assert [(one.id, one.tally.first) for one in found.outcomes] == [
        ("resolved", 3),
        ("resolved-with-help", 2),
        ("abandoned", 1),
        ("call-back", 1),
        ("handed-over", 1),
    ]


def test_repeats_count_for_avoidable_contact_alone(took, counted):
    took(2, first=False, avoidable="progress-chasing")
    took(1, first=False, **CALL_BACK)
    took(1, avoidable="poor-signposting")
    found = counted(NOVEMBER)
    assert found.total == Tally(contacts=4, first=1, resolved=1, avoidable=3)
    assert found.missed == ()
    assert [(one.id, one.tally.avoidable) for one in found.reasons] == [
        ("progress-chasing", 2),
        ("poor-signposting", 1),
    ]


def test_contacts_are_counted_by_what_they_have_in_common(took, counted):
    took(2, service=None, channel="email")
    took(3, service="tax")
    found = counted(NOVEMBER)
    assert [(one.id, one.tally.contacts) for one in found.services] == [("tax", 3), (None, 2)]
    assert [(one.id, one.tally.contacts) for one in found.channels] == [
        ("telephone", 3),
        ("email", 2),
    ]
    assert [(one.id, one.tally.contacts) for one in found.teams] == [("customer-services", 5)]


def test_a_contact_belongs_to_the_day_it_began_in_london(took, counted):
    took(1, **at(2026, 7, 1, 0, 30))  # 30 June in UTC
    took(1, **at(2026, 6, 30, 23, 59, minutes=30))
    assert counted(Period(date(2026, 7, 1), date(2026, 7, 5))).total.contacts == 1
    june = counted(Period(date(2026, 6, 29), date(2026, 6, 30)))
    assert [week.tally.contacts for week in june.weeks] == [1]


def test_weeks_begin_on_monday_and_have_the_contacts_of_their_days(took, counted):
    took(1, **at(2026, 11, 1, 12))
    took(2, **at(2026, 11, 2, 0, 0))
    took(4, **at(2026, 11, 29, 23, 59))
    weeks = counted(NOVEMBER).weeks
    assert [week.tally.contacts for week in weeks] == [1, 2, 0, 0, 4, 0]
    assert weeks[0].days == Period(date(2026, 11, 1), date(2026, 11, 1))
    assert weeks[1].days == Period(date(2026, 11, 2), date(2026, 11, 8))


def test_a_corrected_contact_counts_once_and_as_it_stands(chain, counted):
    first = report(**HANDED_OVER)
    chain.take_in([first])
    chain.take_in([report(corrects=first.id, service="tax")])
    found = counted(NOVEMBER)
    assert found.total == Tally(contacts=1, first=1, resolved=1)
    assert [one.id for one in found.services] == ["tax"]


def test_what_stood_in_the_way_is_the_article_that_was_opened_last_or_that_there_was_none(
    took, counted
):
    took(2, answered_by=None, **CALL_BACK)
    took(1, opened=[], **CALL_BACK)
    took(1, answered_by=None, opened=[], service=None, outcome="abandoned")
    assert set(counted(NOVEMBER).missed) == {
        Missed("household-waste", Gap.FAILING, "missed-bin", 3),
        Missed(None, Gap.MISSING, None, 1),
    }


def test_time_to_answer_is_that_of_contacts_that_were_resolved(took, counted):
    for minutes in (1, 2, 3):
        took(1, first=minutes == 1, **at(2026, 11, 3, 9, minutes=minutes))
    took(1, outcome="abandoned", **at(2026, 11, 3, 9, minutes=50))
    took(1, channel="letter", **at(2026, 11, 3, 9, minutes=20))
    found = counted(NOVEMBER)
    assert found.taking == Durations(4, 120, 1200)
    assert found.taking_by_channel == (
        (Channel.TELEPHONE, Durations(3, 120, 180)),
        (Channel.LETTER, Durations(1, 1200, 1200)),
    )


def test_purged_contacts_still_count_but_for_what_is_no_longer_known(chain, took, counted):
    took(3, avoidable="poor-signposting")
    took(2, **CALL_BACK)
    before = counted(NOVEMBER)
    purge(chain, datetime(2199, 1, 1, tzinfo=UTC))
    after = counted(NOVEMBER)
    assert (after.purged, before.purged) == (5, 0)
    for name in ("total", "weeks", "services", "teams", "channels", "outcomes", "reasons"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.taking is None
    assert after.missed == (Missed("household-waste", Gap.NOT_KEPT, None, 2),)
    took(1)
    assert counted(NOVEMBER).total.contacts == 6


def test_every_figure_opens_as_many_contacts_as_it_counts(chain, took, counted):
    took(3)
    took(2, service=None, **CALL_BACK)
    took(1, opened=[], answered_by=None, first=False, avoidable="poor-signposting", **HANDED_OVER)
    found = counted(NOVEMBER)
    with chain.database.reading() as connection:

        def there(**wanted) -> int:
            return find(connection, Wanted(NOVEMBER.first, NOVEMBER.last, **wanted))[0]

        assert there() == found.total.contacts
        for one in found.services:
            assert there(service=one.id or "-") == one.tally.contacts
        for one in found.missed:
            wanted = {"service": one.service or "-", "answer": one.answer or "-", "first": True}
            assert there(**wanted) >= one.contacts
