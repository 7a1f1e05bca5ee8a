"""Pinned notices in the editions: at once, whole, kept by later publishes, gone without trace."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from indexer import pinning
from indexer.generation import current_name, edition_folder, open_current, pinned_in
from indexer.notices import notices_for, standing
from indexer.pinning import NotPinned, publish_pinned
from indexer.publish import Publisher
from indexer.results import SearchRequest
from indexer.search import Searcher
from kb.article import Audience, Edition
from kb.notices import Notice


@pytest.fixture
def var(content, tmp_path) -> Path:
    content.article("services/bins.md", title="Bins", body="Weekly.")
    content.article("faqs/late.md", title="Late bin", service="bins", body="It comes.")
    content.article("services/roads.md", title="Potholes", body="Tell us.")
    content.write("files/public/form.txt", "a form")
    Publisher(content.path, tmp_path / "var").publish()
    return tmp_path / "var"


def notice(text: str, **fields) -> Notice:
    return Notice.model_validate({"text": text, "audience": Audience.PUBLIC, **fields})


def names(var: Path) -> list[str | None]:
    return [current_name(edition_folder(var, edition)) for edition in Edition]


def found(var: Path, words: str, edition: Edition = Edition.PUBLIC) -> tuple[str, ...]:
    searcher = Searcher(open_current(var, edition))
    try:
        return searcher.search(SearchRequest(words)).notices
    finally:
        searcher.close()


def test_it_is_in_both_editions_and_with_what_it_is_about(var):
    late = notice("A day late", services=["bins"])
    assert publish_pinned(var, [late, notice("Snow")])
    for edition in Edition:
        assert pinned_in(var, edition) == (late, notice("Snow"))
        assert found(var, "late bin", edition) == ("A day late", "Snow")
        assert found(var, "potholes", edition) == ("Snow",)


def test_all_else_is_as_it_was(var):
    before = open_current(var, Edition.PUBLIC)
    publish_pinned(var, [notice("Snow")])
    after = open_current(var, Edition.PUBLIC)
    assert after.name != before.name
    assert after.store.rows.keys() == before.store.rows.keys()
    assert (after.folder / "files/public/form.txt").read_text() == "a form"
    assert after.setting.authority == before.setting.authority
    before.close()
    after.close()


def test_what_is_pinned_already_publishes_nothing(var):
    publish_pinned(var, [notice("Snow")])
    before = names(var)
    assert not publish_pinned(var, [notice("Snow")])
    assert names(var) == before


def test_later_publishes_keep_it_whatever_they_change(var, content):
    publisher = Publisher(content.path, var)
    publisher.publish()
    publish_pinned(var, [notice("Snow")])
    assert not publisher.publish().published
    content.article("faqs/new.md", title="New", body="New.")
    assert publisher.publish().published
    assert found(var, "new") == ("Snow",)
    Publisher(content.path, var).publish(full=True)
    assert found(var, "new", Edition.STAFF) == ("Snow",)


def test_what_is_taken_down_remains_in_no_file_of_the_public_edition(var):
    publish_pinned(var, [notice("Xyzzy closes early")])
    publish_pinned(var, [])
    folder = edition_folder(var, Edition.PUBLIC)
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1
    held = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any(b"Xyzzy" in data for data in held)


def test_an_edition_that_is_not_there_is_none_to_pin_to(tmp_path):
    assert not publish_pinned(tmp_path, [notice("Snow")])
    assert pinned_in(tmp_path, Edition.PUBLIC) == ()


def test_while_another_publishes_it_is_said(var, monkeypatch):
    monkeypatch.setattr(pinning, "PATIENCE_S", 0.05)
    with FileLock(var / "publish.lock"), pytest.raises(NotPinned):
        publish_pinned(var, [notice("Snow")])
    assert publish_pinned(var, [notice("Snow")])


def test_a_failure_half_way_leaves_what_was(var, monkeypatch):
    before = names(var)

    def full(source, target):
        raise OSError("no space left")

    monkeypatch.setattr(pinning, "link", full)
    with pytest.raises(NotPinned):
        publish_pinned(var, [notice("Snow")])
    assert names(var) == before
    assert not list(edition_folder(var, Edition.PUBLIC).glob(".building*"))


def test_notices_stand_between_their_days_what_is_pinned_first(var):
    today = date.today()
    publish_pinned(
        var,
        [
            notice("Now", until=today + timedelta(days=1)),
            notice("Past", until=today - timedelta(days=2)),
        ],
    )
    generation = open_current(var, Edition.PUBLIC)
    assert [one.text for one in standing(generation.setting)] == ["Now"]
    assert [one.text for one in notices_for(generation.setting, "x")] == ["Now"]
    generation.close()
