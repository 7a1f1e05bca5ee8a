"""Numbers are given at publish, stay, and find their article first."""

import json
import logging

import pytest

from indexer.current import open_searcher
from indexer.numbering import FILE
from indexer.publish import Publisher
from indexer.results import SearchRequest
from kb.article import Edition


@pytest.fixture
def var(tmp_path):
    return tmp_path / "var"


@pytest.fixture
def bins(content):
    content.write("authority.yml", "name: Testshire\n")
    content.article("services/bins.md", "Put it out.", title="Bins")
    content.article("faqs/late.md", "Ring 4217 at seven.", title="A late bin", number="4-217")
    content.article("faqs/hush.md", "Say nothing.", title="Hush", audience="staff")
    return content


def numbers(var, edition=Edition.STAFF):
    searcher = open_searcher(var, edition)
    found = {row.id: row.number for row in searcher.generation.store.rows.values()}
    stored = {id_: searcher.generation.store.get(id_).number for id_ in found}
    searcher.close()
    assert stored == found
    return found


def test_both_editions_give_the_same_numbers(bins, var):
    Publisher(bins.path, var).publish()
    staff = numbers(var)
    assert len(set(staff.values())) == 3
    assert staff["late"] == "4-217"
    assert numbers(var, Edition.PUBLIC) == {id_: staff[id_] for id_ in ("bins", "late")}


def test_numbers_outlast_publishes_full_rebuilds_and_other_articles(bins, var):
    publisher = Publisher(bins.path, var)
    publisher.publish()
    before = numbers(var)
    bins.article("faqs/more.md", "More.", title="More")
    publisher.publish()
    assert numbers(var).items() > before.items()
    (bins.path / "faqs/hush.md").unlink()
    publisher.publish(full=True)
    assert numbers(var)["bins"] == before["bins"]
    bins.article("faqs/hush.md", "Say nothing.", title="Hush", audience="staff")
    Publisher(bins.path, var).publish(full=True)
    assert numbers(var).items() > before.items()


def test_a_number_that_an_editor_sets_wins_in_both_editions_at_once(bins, var):
    publisher = Publisher(bins.path, var)
    publisher.publish()
    had = numbers(var)["bins"]
    bins.article("faqs/late.md", "Ring at seven.", title="A late bin", number=had)
    publisher.publish()
    after = numbers(var)
    assert after["late"] == had
    assert after["bins"] != had
    assert numbers(var, Edition.PUBLIC)["bins"] == after["bins"]


def test_another_publisher_gives_what_the_first_gave(bins, var):
    first = Publisher(bins.path, var)
    first.publish()
    bins.article("faqs/more.md", "More.", title="More")
    Publisher(bins.path, var).publish()
    given = numbers(var)
    bins.article("faqs/yet.md", "Yet more.", title="Yet more")
    first.publish()
    assert numbers(var).items() > given.items()


def test_what_was_given_is_given_anew_where_it_is_lost_or_damaged(bins, var, caplog):
    Publisher(bins.path, var).publish()
    before = numbers(var)
    for damage in ("{", '{"bins": 4}'):
        (var / FILE).write_text(damage)
        with caplog.at_level(logging.WARNING):
            Publisher(bins.path, var).publish(full=True)
        assert "cannot be read" in caplog.text
        assert numbers(var) == before
    assert json.loads((var / FILE).read_text())["bins"] == before["bins"]


@pytest.mark.parametrize("typed", ["4-217", "4 217", "4217", " 4–217 "])
def test_an_article_is_found_first_by_its_number_however_it_is_typed(bins, var, typed):
    bins.article("faqs/digits.md", "4 217 4217 4 217.", title="4217, 4 217 and 4-217")
    Publisher(bins.path, var).publish()
    searcher = open_searcher(var, Edition.PUBLIC)
    page = searcher.search(SearchRequest(typed))
    assert page.results[0].id == "late"
    assert page.results[0].number == "4-217"
    assert not page.results[0].promoted
    assert "digits" in [hit.id for hit in page.results[1:]]
    assert page.total == len(page.results)
    assert not page.unsure
    assert page.did_you_mean is None
    assert "late" not in [
        one.id for one in searcher.search(SearchRequest(typed, "service")).results
    ]
    searcher.close()


def test_the_number_of_a_staff_article_finds_nothing_in_the_public_edition(bins, var):
    Publisher(bins.path, var).publish()
    hidden = numbers(var)["hush"]
    searcher = open_searcher(var, Edition.PUBLIC)
    assert searcher.search(SearchRequest(hidden)).total == 0
    searcher.close()
