"""Catalogues in layers: read upon an earlier one or alone, they say the same."""

import os
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import NOTHING, read_catalogue
from indexer.store import ArticleStore, write_articles
from tests.indexer.files import holding
from tests.indexer.made import article


class Generations:
    """Generations of articles whose only word is their title, each from one before."""

    def __init__(self, path):
        self.path = path
        self.folders = []
        self.counts = Counter()

    def write(self, changed=(), gone=(), *, rewrite=False, upon=-1):
        """Write a generation, upon the last one unless another is meant; its folder."""
        folder = self.path / str(len(self.folders))
        folder.mkdir()
        store = None
        if self.folders:
            for file in self.folders[upon].glob("articles-*"):
                os.link(file, folder / file.name)
            store = ArticleStore(self.folders[upon])
        held = store.catalogue if store is not None else NOTHING
        titles = Counter(title for _, title in changed)
        lost = [*gone, *(key for key, _ in changed if key in held.rows)]
        titles.subtract(held.rows[key].title for key in lost)
        words = {word: held.lexicon.words[word] + n for word, n in titles.items() if n}
        marked = [(f"mark {title}", article(key, title=title)) for key, title in changed]
        name = f"articles-{len(self.folders)}"
        write_articles(folder, name, marked, gone, words, store, rewrite=rewrite, at=0)
        if store is not None:
            store.close()
        self.folders.append(folder)
        return folder


@pytest.fixture
def generations(tmp_path):
    return Generations(tmp_path)


def says(catalogue):
    """What a catalogue says of each article, in order, and the words it counts."""
    return [(*row[4:], row.layer) for row in catalogue.rows.values()], catalogue.lexicon


CHANGES = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["bins", "bin", "tree"])),
        st.sets(st.sampled_from("abcdef"), max_size=3),
        st.integers(0, 15).map(lambda number: number == 0),
    ),
    min_size=1,
    max_size=20,
)


@given(CHANGES, st.sampled_from([0, 30]), st.data())
def test_read_upon_any_earlier_one_a_catalogue_is_what_it_is_alone(changes, others, data):
    with TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.catalogue._MANY", 4)
        generations = Generations(Path(scratch))
        expected = {f"key-{number}": "Other" for number in range(others)} | {"a": "First"}
        known = [read_catalogue(generations.write([*expected.items()]))]
        for changed, removed, rewrite in changes:
            gone = [key for key in removed if key in expected and key not in changed]
            folder = generations.write([*changed.items()], gone, rewrite=rewrite)
            expected = {key: title for key, title in expected.items() if key not in gone} | changed
            alone = read_catalogue(folder)
            upon = read_catalogue(folder, data.draw(st.sampled_from(known)))
            assert says(upon) == says(alone)
            assert {key: row.title for key, row in alone.rows.items()} == expected
            assert list(alone.rows) == sorted(expected)
            assert alone.lexicon.words == Counter(expected.values())
            known.append(upon)


def test_a_generation_that_another_does_not_stem_from_is_no_help_and_no_harm(generations):
    generations.write([("one", "First")])
    left = read_catalogue(generations.write([("two", "Left")]))
    right = generations.write([("three", "Right")], upon=0)
    for folder in (right, generations.folders[0]):
        assert says(read_catalogue(folder, left)) == says(read_catalogue(folder))


def test_what_is_known_is_not_read_again(generations):
    known = read_catalogue(generations.write([("one", "First"), ("two", "Second")]))
    after = read_catalogue(generations.write([("two", "Third")]), known)
    assert after.rows["one"] is known.rows["one"]
    assert after.rows["two"].title == "Third"


def test_what_is_known_outlives_the_merging_of_layers(generations):
    generations.write([(f"key-{number}", "Tree") for number in range(40)])
    known = read_catalogue(generations.folders[0])
    for number in range(30):
        folder = generations.write([(f"key-{number % 3}", f"Title{number}")])
        known = read_catalogue(folder, known)
        assert len(known.layers) <= 13
        assert known.rows["key-39"].layer == "articles-0"
        assert says(known) == says(read_catalogue(folder))


def test_layers_of_which_much_was_replaced_are_put_into_one(generations):
    generations.write([(f"key-{number}", "Tree") for number in range(10)])
    for number in range(12):
        folder = generations.write([(f"key-{number % 5}", "Road")])
    (layer,) = read_catalogue(folder).layers
    assert layer.name == "articles-12"
    assert [path.name for path in sorted(folder.iterdir())] == [
        "articles-12.json",
        "articles-12.pack",
        "catalogue.json",
    ]


def test_a_layer_that_is_another_than_the_one_known_is_read(generations):
    folder = generations.write([("one", "First")])
    known = read_catalogue(folder)
    (folder / "articles-0.json").write_text("not the same")
    with pytest.raises(ValueError, match="unexpected|expected"):
        read_catalogue(folder, known)


def test_a_rewrite_leaves_no_word_of_what_went(generations):
    generations.write([("one", "Qazgone"), ("two", "Kept")])
    generations.write([("three", "Qazold")])
    folder = generations.write([("three", "New")], ["one"], rewrite=True)
    assert holding(folder, "qaz") == []
    assert read_catalogue(folder).lexicon.words == {"Kept": 1, "New": 1}
