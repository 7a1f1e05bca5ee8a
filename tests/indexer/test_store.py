"""The articles of a generation."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import orjson
import pytest

from indexer.catalogue import CATALOGUE
from indexer.store import ArticleStore, write_articles
from kb.article import Action, Audience, Kind, Step, StepAnswer
from kb.hours import OpeningHours
from tests.indexer.files import contents, holding, open_files
from tests.indexer.made import article, section

EVERYTHING = article(
    title='Tŷ "bins" 🚮',
    kind=Kind.PLACE,
    summary="Report it.",
    questions=("the bin men missed me",),
    tags=("refuse",),
    a_z=("Rubbish",),
    service="waste",
    lgsl=524,
    provider="fenbridge",
    promoted_for=("bin day",),
    actions=(Action(label="Report", url="https://x.example", kind="online"),),
    standard="Two days.",
    number="4-217",
    service_code="BIN",
    owner="waste-desk",
    verified=date(2026, 10, 1),
    review_by=date(2027, 4, 1),
    related=("bags",),
    address="1 High Street",
    hours=OpeningHours.read(
        {"mon": "09:00-12:30, 13:30-17:00", "exceptions": {"2026-12-25": "closed"}}
    ),
    services=("waste",),
    ask=("Which bin?",),
    steps=(Step(id="first", ask="Out?", answers=(StepAnswer(label="Yes", go="bags"),)),),
    sections=(section("Text.", "Heading"), section("Hidden.", "", Audience.STAFF)),
)


class Written:
    """Generations written one after the other, each from the one before."""

    def __init__(self, path):
        self.path = path
        self.number = 0
        self.store = None

    def write(self, *new, gone=(), rewrite=False, at=0):
        self.number += 1
        folder = self.path / str(self.number)
        folder.mkdir()
        if self.store is not None:
            for file in (self.path / str(self.number - 1)).glob("articles-*"):
                os.link(file, folder / file.name)
        marked = [(f"mark-{self.number}", one) for one in new]
        name = f"articles-{self.number}"
        write_articles(folder, name, marked, gone, {}, self.store, rewrite=rewrite, at=at)
        self.close()
        self.store = ArticleStore(folder)
        return self.store

    @property
    def folder(self):
        return self.path / str(self.number)

    def packs(self):
        return {path.name for path in self.folder.glob("articles-*.pack")}

    def close(self):
        if self.store is not None:
            self.store.close()


@pytest.fixture
def written(tmp_path):
    made = Written(tmp_path)
    yield made
    made.close()


def test_an_article_comes_back_as_it_was_with_every_field(written):
    assert written.write(article("bags"), EVERYTHING).get("missed-bin") == EVERYTHING


def test_an_article_that_is_not_there_is_none(written):
    assert written.write(article("bags")).get("missed-bin") is None


def test_a_row_says_what_lists_need_without_opening_the_article(written):
    row = written.write(EVERYTHING).rows["missed-bin"]
    assert (row.title, row.kind, row.service) == ('Tŷ "bins" 🚮', "place", "waste")
    assert (row.questions, row.a_z, row.tags) == (
        ("the bin men missed me",),
        ("Rubbish",),
        ("refuse",),
    )
    assert (row.promoted_for, row.fingerprint) == (("bin day",), "mark-1")


def test_an_article_keeps_its_time_as_long_as_it_says_the_same(written):
    written.write(article("bins"), article("bags"), at=1_800_000_000)
    written.write(article("bins"), article("bags", title="Sacks"), at=1_800_000_100)
    store = written.write(article("new"), rewrite=True, at=1_800_000_200)
    assert {key: row.changed - 1_800_000_000 for key, row in store.rows.items()} == {
        "bins": 0,
        "bags": 100,
        "new": 200,
    }


def test_translations_are_the_other_languages_of_an_article(written):
    store = written.write(
        article("bins"),
        article("bins", language="pl"),
        article("bins", language="cy"),
        article("a"),
    )
    assert store.translations("bins") == ["cy", "pl"]
    assert store.translations("a") == []
    assert store.get("bins.cy").language == "cy"


def test_a_translation_takes_from_its_article_what_no_language_changes(written):
    original = article("bins", provider="fen", related=("bags",), summary="In English.")
    store = written.write(original, article("bins", language="cy", title="Biniau"))
    read = store.read("bins", "cy")
    assert (read.language, read.title, read.summary) == ("cy", "Biniau", "")
    assert (read.provider, read.related) == ("fen", ("bags",))
    assert store.read("bins", "pl") == original
    assert store.read("bins.cy", "en") is None
    assert store.read("nothing", "cy") is None


def test_a_new_generation_adds_a_pack_and_links_the_others_unchanged(written):
    written.write(article("one"), article("two"))
    before = contents(written.folder)
    inode = (written.folder / "articles-1.pack").stat().st_ino
    store = written.write(article("three", title="New"))
    assert written.packs() == {"articles-1.pack", "articles-2.pack"}
    assert (written.folder / "articles-1.pack").stat().st_ino == inode
    assert contents(written.folder.parent / "1") == before
    assert {key: store.get(key).title for key in store.rows} == {
        "one": "A title",
        "two": "A title",
        "three": "New",
    }


def test_a_kept_article_keeps_its_fingerprint_and_place(written):
    before = written.write(article("one")).rows["one"]
    assert written.write(article("two")).rows["one"] == before


def test_a_generation_without_news_adds_no_pack(written):
    written.write(article("one"), article("two"))
    store = written.write()
    assert written.packs() == {"articles-1.pack"}
    assert set(store.rows) == {"one", "two"}


def test_an_article_that_goes_is_not_there_and_may_come_back(written):
    written.write(article("one"), article("two"))
    assert set(written.write(gone=("one",)).rows) == {"two"}
    assert written.store.get("one") is None
    assert written.write(article("one", title="Back")).get("one").title == "Back"


def test_rows_stand_in_the_order_of_their_keys_however_they_came(written):
    written.write(article("bins"), article("trees"))
    written.write(article("trees"), article("alleys"))
    assert list(written.write(article("carts"), gone=("bins",)).rows) == [
        "alleys",
        "carts",
        "trees",
    ]


def test_a_rewrite_leaves_one_pack_and_nothing_of_what_went(written):
    written.write(article("one", title="Qazold"), article("two", title="Kept"))
    written.write(article("three", title="Qazgone"))
    store = written.write(article("one", title="New"), gone=("three",), rewrite=True)
    assert written.packs() == {"articles-3.pack"}
    assert holding(written.folder, "qaz") == []
    assert {key: store.get(key).title for key in store.rows} == {"one": "New", "two": "Kept"}


def test_the_packs_do_not_grow_without_bound(written):
    written.write(*[article(f"key-{number}") for number in range(40)])
    for number in range(40):
        written.write(article(f"key-{number}", title=f"New {number}"))
        assert len(written.packs()) <= 13
    assert {written.store.get(key).title for key in written.store.rows} == {
        f"New {number}" for number in range(40)
    }


def test_a_generation_without_articles_has_no_pack(written):
    assert written.write().rows == {}
    assert written.packs() == set()


def test_threads_read_what_one_reads(written):
    store = written.write(*[article(f"key-{number}", title=str(number)) for number in range(200)])

    def read(_):
        return [store.get(f"key-{number}").title for number in range(200)]

    with ThreadPoolExecutor(8) as pool:
        assert all(found == [str(n) for n in range(200)] for found in pool.map(read, range(16)))


def test_an_open_store_reads_on_when_its_folder_is_cleaned_away(written):
    store = written.write(article("one", title="Here"))
    for path in written.folder.iterdir():
        path.unlink()
    assert store.get("one").title == "Here"


def _changed(name, change):
    def break_(folder):
        held = orjson.loads((folder / name).read_bytes())
        change(held)
        (folder / name).write_bytes(orjson.dumps(held))

    return break_


LAYER = "articles-2.json"
BROKEN = {
    "no catalogue": lambda folder: (folder / CATALOGUE).unlink(),
    "half a catalogue": lambda folder: (folder / CATALOGUE).write_bytes(b'{"layers": [1'),
    "another catalogue": lambda folder: (folder / CATALOGUE).write_bytes(b"[1]"),
    "a catalogue of other articles": _changed(CATALOGUE, lambda held: held.update(articles=3)),
    "a catalogue of fewer layers": _changed(CATALOGUE, lambda held: held["layers"].pop()),
    "no layer": lambda folder: (folder / LAYER).unlink(),
    "half a layer": lambda folder: os.truncate(folder / LAYER, 10),
    "another layer": lambda folder: (folder / LAYER).write_bytes(b"[1]"),
    "a layer without words": _changed(LAYER, lambda held: held.pop("words")),
    "a row without a field": _changed(LAYER, lambda held: held["rows"][0].pop()),
    "a row too many fields": _changed(LAYER, lambda held: held["rows"][0].append([])),
    "no pack": lambda folder: (folder / "articles-2.pack").unlink(),
    "half a pack": lambda folder: os.truncate(folder / "articles-2.pack", 10),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_files_are_refused_and_none_is_left_open(written, what):
    written.write(article("one"))
    written.write(article("two"))
    BROKEN[what](written.folder)
    before = open_files()
    for _ in range(5):
        with pytest.raises((OSError, ValueError, KeyError, TypeError)):
            ArticleStore(written.folder)
    assert open_files() <= before


def test_a_closed_store_holds_no_file(written):
    written.write(article("one"))
    before = open_files()
    ArticleStore(written.folder).close()
    assert open_files() <= before
