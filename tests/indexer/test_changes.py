"""Since when an edition has said what an article says."""

from datetime import UTC, date, datetime

import pytest

from indexer.changes import first_known, says_the_same
from indexer.publish import Publisher
from indexer.store import ArticleStore
from kb.article import Edition
from tests.indexer.made import article, section

NOW = int(datetime(2026, 11, 2, 12, tzinfo=UTC).timestamp())


def test_who_keeps_an_article_and_when_it_was_checked_change_nothing_in_what_it_says():
    before = article(owner="waste-desk", verified=date(2026, 1, 1), review_by=date(2026, 7, 1))
    assert says_the_same(article(owner="other", verified=date(2026, 11, 1)), before)


@pytest.mark.parametrize(
    "fields", [{"title": "Another"}, {"sections": (section("More."),)}, {"standard": "Two days."}]
)
def test_any_other_field_does(fields):
    assert not says_the_same(article(**fields), article())


def test_with_nothing_to_compare_the_day_of_the_last_check_stands():
    known = first_known(article(verified=date(2026, 10, 1)), NOW)
    assert datetime.fromtimestamp(known, UTC) == datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize("verified", [None, date(2027, 1, 1)])
def test_an_article_never_checked_or_checked_in_the_future_is_known_since_now(verified):
    assert first_known(article(verified=verified), NOW) == NOW


def test_a_change_of_a_staff_block_shows_in_no_public_date(content, tmp_path):
    """Its words are not in the public edition, so neither is the time at which they changed."""
    var = tmp_path / "var"

    def publish(said: str) -> dict[Edition, int]:
        content.article(
            "faqs/bins.md", f"Bins.\n\n::: staff\n{said}\n:::", verified=date(2020, 1, 1)
        )
        report = Publisher(content.path, var).publish()
        found = {}
        for change in report.changes:
            folder = var / "editions" / change.edition / change.generation
            store = ArticleStore(folder)
            found[change.edition] = store.rows["bins"].changed
            store.close()
        return found

    before, after = publish("One."), publish("Two.")
    assert after[Edition.PUBLIC] == before[Edition.PUBLIC]
    assert after[Edition.STAFF] > before[Edition.STAFF]
