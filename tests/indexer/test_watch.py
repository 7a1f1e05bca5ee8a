"""Publishing as files change."""

import queue
import threading
from datetime import date
from typing import Any

import pytest

from indexer.publish import Publisher, Report, VarUnusable
from indexer.watch import QUIET_S, Watcher, _Touched
from kb.content import ContentMissing

LONG_S = 30.0
"""Long enough for anything that will happen."""
QUIET_LONG_S = QUIET_S * 8
"""Long enough for a publish to have begun if one was going to."""


class Counting(Publisher):
    """Notes each publish that is begun, and each that has been done."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.begun: queue.Queue[bool] = queue.Queue()
        self.done: queue.Queue[bool] = queue.Queue()

    def publish(self, **options: Any) -> Report:
        self.begun.put(True)
        report = super().publish(**options)
        self.done.put(True)
        return report


class Watching:
    """A watcher at work in a thread, and what it tells."""

    def __init__(self, publish: Any) -> None:
        self.publisher = Counting(publish.content, publish.var, lambda: publish.today)
        self.told: queue.Queue[Report | Exception] = queue.Queue()
        self.threads: list[tuple[Watcher, threading.Thread]] = []

    def start(self, **options):
        """Begin to watch in a thread of its own."""
        watcher = Watcher(self.publisher, published=self.told.put, failed=self.told.put, **options)
        thread = threading.Thread(target=watcher.run)
        thread.start()
        self.threads.append((watcher, thread))
        return thread

    def report(self):
        """The next publish told of."""
        told = self.told.get(timeout=LONG_S)
        assert isinstance(told, Report), told
        return told

    def failure(self):
        """The next failure told of."""
        told = self.told.get(timeout=LONG_S)
        assert isinstance(told, Exception), told
        return told

    def forget(self):
        """Wait until nothing is published any more, and forget what was."""
        while not _stays_empty(self.publisher.begun):
            pass
        while not self.told.empty():
            self.told.get()

    def stop(self):
        for watcher, thread in self.threads:
            watcher.stop()
            thread.join(LONG_S)
            assert not thread.is_alive()


def _stays_empty(events):
    try:
        events.get(timeout=QUIET_LONG_S)
    except queue.Empty:
        return True
    return False


@pytest.fixture
def watching(content, publish):
    content.article("faqs/bins.md", title="Bins", body="Out.")
    made = Watching(publish)
    yield made
    made.stop()


@pytest.fixture
def quick_look(monkeypatch):
    """Look without an event after a moment instead of a minute."""
    monkeypatch.setattr("indexer.watch.LOOK_S", 0.05)


def test_what_changed_before_is_published_at_the_start(watching, publish):
    watching.start()
    assert [change.added for change in watching.report().changes] == [1, 1]
    assert publish.found("bins") == ["bins"]


def test_a_start_that_finds_nothing_to_do_is_not_told(watching, publish, content):
    publish()
    watching.start()
    assert watching.publisher.done.get(timeout=LONG_S)
    content.article("faqs/trees.md", title="Trees", body="Tall.")
    assert [change.added for change in watching.report().changes] == [1, 1]


@pytest.mark.parametrize("poll", [False, True])
def test_a_saved_new_or_removed_file_is_published(watching, publish, content, poll):
    watching.start(poll=poll)
    watching.report()
    content.article("faqs/bins.md", title="Containers", body="Out.")
    assert [change.changed for change in watching.report().changes] == [1, 1]
    assert publish.found("containers") == ["bins"]
    content.article("guides/new/trees.md", title="Trees", body="Tall.")
    assert watching.report().published
    assert publish.found("trees") == ["trees"]
    (content.path / "faqs/bins.md").unlink()
    assert [change.removed for change in watching.report().changes] == [1, 1]
    assert publish.found("containers") == []


def test_a_file_saved_aside_and_renamed_into_place_is_published(watching, publish, content):
    watching.start()
    watching.report()
    aside = content.article("faqs/.bins.md.tmp", title="Containers", body="Out.")
    aside.replace(content.path / "faqs/bins.md")
    assert [change.changed for change in watching.report().changes] == [1, 1]
    assert publish.found("containers") == ["bins"]


def test_many_files_saved_together_are_published_together(watching, publish, content):
    watching.start()
    watching.report()
    watching.forget()
    for number in range(40):
        content.article(f"faqs/tree-{number}.md", title="Tree", body="Tall.")
    added = 0
    while added < 40:
        added += watching.report().changes[0].added
    assert publish.search("tree").total == 40
    watching.forget()
    assert watching.publisher.begun.empty()


@pytest.mark.parametrize(
    "name",
    [
        *(
            "faqs/.bins.md.swp",
            "faqs/bins.md~",
            "faqs/#bins.md#",
            "faqs/~bins.md",
            ".~lock.bins.md#",
        ),
        *("faqs/4913.tmp", "faqs/bins.md.bak", ".git/index", ".obsidian/workspace.json"),
    ],
)
def test_an_editors_temporary_file_causes_no_publish(watching, content, name):
    (content.path / name).parent.mkdir(exist_ok=True)
    watching.start()
    watching.report()
    watching.forget()
    content.write(name, "half a thought")
    (content.path / name).unlink()
    assert _stays_empty(watching.publisher.begun)


def test_reading_the_content_causes_no_publish(watching, content):
    watching.start()
    watching.report()
    watching.forget()
    for path in content.path.rglob("*.md"):
        path.read_text()
    assert _stays_empty(watching.publisher.begun)


def test_a_content_folder_below_a_hidden_one_is_watched(tmp_path, publish, content):
    content.path.rename(tmp_path / "moved")
    (tmp_path / ".hidden").mkdir()
    publish.content = (tmp_path / "moved").rename(tmp_path / ".hidden" / "content")
    watching = Watching(publish)
    watching.start()
    watching.report()
    (publish.content / "bins.md").write_text("---\ntitle: Bins\naudience: public\n---\nOut.\n")
    assert [change.added for change in watching.report().changes] == [1, 1]
    watching.stop()


# When something goes wrong


def test_an_article_with_an_error_is_told_and_the_watch_goes_on(watching, publish, content):
    watching.start()
    watching.report()
    content.write("faqs/trees.md", "---\ntitle: Trees\n---\nTall.\n")
    (problem,) = [one for one in watching.report().problems if one.path == "faqs/trees.md"]
    assert "audience is missing" in problem.message
    content.article("faqs/trees.md", title="Trees", body="Tall.")
    report = watching.report()
    assert [one for one in report.problems if one.path == "faqs/trees.md"] == []
    assert publish.found("trees") == ["trees"]


@pytest.mark.usefixtures("quick_look")
def test_a_content_folder_that_goes_is_told_once_and_the_watch_goes_on(watching, publish, content):
    watching.start()
    watching.report()
    away = content.path.rename(content.path.with_name("away"))
    assert isinstance(watching.failure(), ContentMissing)
    watching.publisher.begun.get(timeout=LONG_S)
    (away / "faqs/trees.md").write_text("---\ntitle: Trees\naudience: public\n---\nTall.\n")
    away.rename(content.path)
    assert [change.added for change in watching.report().changes] == [1, 1]
    assert publish.found("trees") == ["trees"]


def test_a_var_folder_that_cannot_be_written_to_is_told_and_the_watch_goes_on(
    watching, publish, content
):
    watching.start()
    watching.report()
    watching.forget()
    away = publish.var.rename(publish.var.with_name("away"))
    publish.var.write_text("in the way")
    content.article("faqs/trees.md", title="Trees", body="Tall.")
    assert isinstance(watching.failure(), VarUnusable)
    watching.forget()
    publish.var.unlink()
    away.rename(publish.var)
    content.article("faqs/roads.md", title="Roads", body="Long.")
    assert [change.added for change in watching.report().changes] == [2, 2]
    assert set(publish.found("trees roads bins")) == {"bins", "roads", "trees"}


# Without an event


@pytest.mark.usefixtures("quick_look")
def test_a_new_day_is_published_without_an_event(watching, publish, content):
    content.article("faqs/fair.md", title="Fair", body="Fun.", **{"from": "2026-11-03"})
    watching.start()
    assert [change.articles for change in watching.report().changes] == [1, 1]
    publish.today = date(2026, 11, 3)
    assert [change.added for change in watching.report().changes] == [1, 1]
    assert publish.found("fair") == ["fair"]


@pytest.mark.usefixtures("quick_look")
def test_a_change_of_which_nothing_was_heard_is_found(watching, publish, content, monkeypatch):
    monkeypatch.setattr("indexer.watch._Touched.on_any_event", lambda *_: None)
    watching.start()
    watching.report()
    content.article("faqs/trees.md", title="Trees", body="Tall.")
    assert [change.added for change in watching.report().changes] == [1, 1]


def test_a_busy_folder_is_looked_at_everywhere_all_the_same(
    watching, publish, content, monkeypatch
):
    heard = _Touched.on_any_event
    deaf = content.path / "guides"
    monkeypatch.setattr(
        "indexer.watch._Touched.on_any_event",
        lambda self, event: None if str(deaf) in str(event.src_path) else heard(self, event),
    )
    monkeypatch.setattr("indexer.watch.LOOK_S", LONG_S / 300)
    content.article("guides/roads.md", title="Roads", body="Long.")
    watching.start()
    watching.report()
    content.article("guides/roads.md", title="Roads", body="Long and winding.")
    for number in range(300):
        content.article("faqs/bins.md", title="Bins", body=f"Out {number}.")
        watching.report()
        if publish.found("winding"):
            return
    pytest.fail("it was never looked at everywhere")


# The end


def test_the_first_publish_alone_is_told_when_it_is_done(watching, content):
    begun = queue.Queue()
    watching.start(begun=lambda: begun.put(watching.publisher.done.qsize()))
    assert begun.get(timeout=LONG_S) == 1
    watching.report()
    content.article("faqs/trees.md", title="Trees", body="Tall.")
    watching.report()
    assert begun.empty()


def test_stopping_ends_the_watch(watching):
    thread = watching.start()
    watching.report()
    watching.stop()
    assert not thread.is_alive()


def test_a_watch_stopped_before_it_begins_publishes_nothing(watching):
    watcher = Watcher(watching.publisher, published=watching.told.put, failed=watching.told.put)
    watcher.stop()
    watcher.run()
    assert watching.publisher.begun.empty()
