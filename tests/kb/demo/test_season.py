"""The demonstration: a season of contacts in a store of its own, the same for the same seed."""

from datetime import date, timedelta

import pytest

from kb import clock
from kb.article import Edition
from kb.authority import Authority
from kb.contacts.audit import audit
from kb.contacts.finding import Wanted, find
from kb.contacts.seals import Seals
from kb.demo.scenery import Matter, Scenery, Topic, scenery_of
from kb.demo.store import demo_file, demo_store, drop, make
from kb.figures.contacts import contact_figures
from kb.figures.period import Period
from kb.figures.searches import search_figures, votes
from kb.records.stores import store_of
from kb.settings import Settings

LAST = date(2026, 6, 28)


def matter(service: str) -> Matter:
    words = (f"{service} one", f"{service} two")
    return Matter(service, (Topic(service, words), Topic(f"{service}-faq", words)), "desk")


SCENERY = Scenery(
    Authority(name="Marl", bank_holidays=(date(2026, 5, 25),)),
    tuple(matter(f"service-{number}") for number in range(12)),
    ("centre", "counter"),
)


def figures_of(var):
    store = demo_store(var)
    with store.reading() as connection:
        found = contact_figures(connection, Period.weeks_to(LAST, 6))
        return found, search_figures(connection, found.period), votes(connection, found.period)


@pytest.fixture(scope="module")
def season(tmp_path_factory):
    """Six weeks of eight agents."""
    var = tmp_path_factory.mktemp("demo")
    said: list[tuple[int, int]] = []
    written = make(
        var, SCENERY, LAST, weeks=6, agents=8, seed=1, progress=lambda *at: said.append(at)
    )
    return var, written, said


def test_a_season_has_contacts_of_every_kind(season):
    var, written, said = season
    found, (public, desk), cast = figures_of(var)
    assert found.total.contacts == written.contacts > 2000
    assert said[-1] == (42, 42)
    assert 0.6 < found.total.resolution.rate < 0.9
    assert 0.1 < found.total.avoidance.rate < 0.3
    assert {one.id for one in found.teams} == {"centre", "counter"}
    assert len(found.reasons) == 5
    assert len(found.channels) == 6
    assert found.missed
    assert public.without_result.hits
    assert desk.answered
    assert cast


def test_nobody_calls_at_weekends_and_on_bank_holidays_and_mondays_are_busy(season):
    var, _, _ = season
    store = demo_store(var)
    with store.reading() as connection:
        days = {
            day: find(connection, Wanted(day, day), size=1)[0]
            for day in (LAST - timedelta(days=back) for back in range(42))
        }
    assert all(
        (day.weekday() > 4 or day == date(2026, 5, 25)) == (not n) for day, n in days.items()
    )
    by_weekday = [sum(n for day, n in days.items() if day.weekday() == one) for one in range(5)]
    assert by_weekday[0] / 5 > by_weekday[4] / 6


def test_the_chain_of_the_demonstration_holds(season):
    var, written, _ = season
    seals = Seals(demo_file(var).with_suffix(".seals"))
    verified = audit(demo_store(var), [seals])
    assert verified.rows >= written.contacts
    assert verified.sealed == verified.seq


def test_the_same_seed_makes_the_same_season_and_another_another(tmp_path):
    def made(name: str, seed: int):
        make(tmp_path / name, SCENERY, LAST, weeks=1, agents=2, seed=seed)
        with demo_store(tmp_path / name).reading() as connection:
            return [one.version.contact for one in find(connection, Wanted(), size=200)[1]]

    once = made("once", 7)
    assert once == made("again", 7)
    assert once != made("other", 8)


def test_it_is_never_in_the_store_of_the_staff(season):
    var, _, _ = season
    assert not (var / "records" / "records.db").exists()
    staff = store_of(Edition.STAFF, Settings(), var)
    assert staff.file != demo_file(var)


def test_a_season_takes_the_place_of_the_one_before_and_is_dropped_whole(tmp_path):
    make(tmp_path, SCENERY, LAST, weeks=1, agents=1, seed=1)
    written = make(tmp_path, SCENERY, LAST, weeks=1, agents=3, seed=1)
    with demo_store(tmp_path).reading() as connection:
        assert find(connection, Wanted(), size=1)[0] == written.contacts
    assert drop(tmp_path) is True
    assert drop(tmp_path) is False
    assert [*(tmp_path / "records").iterdir()] == []


def test_one_that_fails_leaves_the_one_before(tmp_path):
    make(tmp_path, SCENERY, LAST, weeks=1, agents=1, seed=1)
    before = demo_file(tmp_path).read_bytes()

    def fail(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(tmp_path, SCENERY, LAST, weeks=1, agents=3, seed=1, progress=fail)
    assert demo_file(tmp_path).read_bytes() == before
    assert {path.name for path in demo_file(tmp_path).parent.iterdir()} == {
        "demo.db",
        "demo.seals",
    }


def test_nothing_lies_in_the_future(tmp_path):
    make(tmp_path, SCENERY, clock.today(), weeks=1, agents=4, seed=1)
    with demo_store(tmp_path).reading() as connection:
        found = find(connection, Wanted(), size=1)[1]
    assert all(one.version.contact.ended_at <= clock.now() for one in found)


def test_callers_ask_about_what_the_content_has(content):
    content.write("authority.yml", "name: Marl\nmost_wanted: [tax]\n")
    content.write("directory.csv", "id,name,role\nfront,Front,Team\njo,Jo,Clerk\n")
    content.article("services/bins.md", title="Bins")
    content.article("services/tax.md", title="Tax", owner="jo")
    content.article(
        "faqs/late.md", title="Late?", audience="staff", service="bins", questions=["bin men"]
    )
    scenery = scenery_of(content.check())
    assert [one.service for one in scenery.matters] == ["tax", "bins"]
    assert scenery.matters[0].handed_to == "jo"
    assert scenery.matters[1].topics == (
        Topic("bins", ("Bins",)),
        Topic("late", ("Late?", "bin men")),
    )
    assert scenery.teams == ("front",)
