"""Vectors of a generation: written once, added to, found again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import vectors
from indexer.vectors import VectorStore, texts_of, write_vectors
from kb.article import Article, Audience, Kind, Section
from tests.indexer.concepts import Concepts


def article(key: str, title: str, *sections: str, questions: tuple[str, ...] = ()) -> Article:
    made = tuple(
        Section(anchor="", heading="", level=2, audience=Audience.PUBLIC, html="", text=text)
        for text in sections
    )
    return Article(
        id=key,
        language="en",
        title=title,
        kind=Kind.FAQ,
        audience=Audience.PUBLIC,
        questions=questions,
        sections=made,
    )


def written(folder, pack, articles, kept=(), previous=None, embedder=None, rewrite=False):
    write_vectors(
        folder,
        pack,
        articles,
        kept,
        previous,
        embedder or Concepts(),
        rewrite=rewrite,
        step=lambda done, total: None,
    )


def test_title_wordings_and_the_start_of_each_section_are_compared():
    long = " ".join(f"word{number}" for number in range(100))
    texts = texts_of(article("a", "Bins", "Put it out.", long, questions=("bin day", "rubbish")))
    assert texts[:4] == ["Bins", "bin day", "rubbish", "Bins. Put it out."]
    assert texts[4].startswith("Bins. word0 word1")
    assert "word60" not in texts[4]


def test_a_question_is_nearest_to_the_text_that_says_the_same(tmp_path):
    embedder = Concepts()
    articles = {"a": article("a", "Bins", "Out by seven"), "b": article("b", "Public toilet")}
    written(tmp_path, "1", articles, embedder=embedder)
    store = VectorStore(tmp_path, ["a", "b"])
    (asked,) = embedder.encode(["loo public"])
    rows = store.near(asked, np.ones(len(store.owners), bool))
    cosines = store.cosines(asked, rows)
    assert store.owners[rows[np.argmax(cosines)]] == 1
    assert cosines.max() == pytest.approx(1, abs=0.01)


def test_an_edit_adds_a_pack_and_reads_only_what_changed(tmp_path):
    embedder = Concepts()
    written(tmp_path, "1", {"a": article("a", "One"), "b": article("b", "Two")}, embedder=embedder)
    first = VectorStore(tmp_path, ["a", "b"])
    embedder.read.clear()
    written(tmp_path, "2", {"b": article("b", "Three")}, ["a"], first, embedder)
    assert embedder.read == ["Three"]
    second = VectorStore(tmp_path, ["a", "b"])
    assert second.packs == 2
    assert sorted(second.owners.tolist()) == [-1, 0, 1]
    assert second.cosines(embedder.encode(["Three"])[0], np.array([second.places["b"][1]])) > 0.99


def test_texts_that_stay_the_same_are_not_read_again(tmp_path):
    embedder = Concepts()
    written(tmp_path, "1", {"a": article("a", "One")}, embedder=embedder)
    embedder.read.clear()
    same = article("a", "One").model_copy(update={"tags": ("new",)})
    written(tmp_path, "2", {"a": same}, (), VectorStore(tmp_path, ["a"]), embedder)
    assert embedder.read == []
    assert VectorStore(tmp_path, ["a"]).packs == 1


def test_a_rewrite_leaves_nothing_of_what_is_gone(tmp_path):
    written(tmp_path, "1", {"a": article("a", "One"), "b": article("b", "Secret")})
    first = VectorStore(tmp_path, ["a", "b"])
    written(tmp_path, "2", {}, ["a"], first, rewrite=True)
    assert {path.name for path in tmp_path.iterdir()} == {
        "vectors-2.json",
        "vectors-2.rows.npy",
        "vectors-2.signs.npy",
    }
    second = VectorStore(tmp_path, ["a"])
    assert len(second.owners) == 1
    assert np.array_equal(second.raw("a"), first.raw("a"))


def test_many_packs_become_one(tmp_path):
    embedder = Concepts()
    store = None
    for number in range(vectors._MAX_PACKS + 1):
        fresh = {"a": article("a", f"Title {number}")}
        written(tmp_path, f"{number:02}", fresh, (), store, embedder)
        store = VectorStore(tmp_path, ["a"])
    assert store.packs == 1


def test_an_article_that_went_and_came_back_is_found(tmp_path):
    embedder = Concepts()
    both = {"a": article("a", "One"), "b": article("b", "Two")}
    written(tmp_path, "1", both, embedder=embedder)
    without = VectorStore(tmp_path, ["a"])
    assert set(without.places) == {"a"}
    written(tmp_path, "2", {"b": both["b"]}, ["a"], without, embedder)
    assert set(VectorStore(tmp_path, ["a", "b"]).places) == {"a", "b"}


@pytest.mark.parametrize("suffix", [".rows.npy", ".signs.npy", ".json"])
def test_a_damaged_pack_is_refused(tmp_path, suffix):
    written(tmp_path, "1", {"a": article("a", "One", "text")})
    path = tmp_path / f"vectors-1{suffix}"
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises((OSError, ValueError, KeyError, TypeError)):
        VectorStore(tmp_path, ["a"])


@given(st.integers(1, 60), st.integers(0, 10_000))
def test_signs_tell_near_from_far(dimensions, seed):
    made = np.random.default_rng(seed).normal(size=(1, dimensions)).astype(np.float32)
    same, opposite = vectors._signs_of(made), vectors._signs_of(-made)
    assert int(np.bitwise_count(same ^ same).sum()) == 0
    assert int(np.bitwise_count(same ^ opposite).sum()) == dimensions


def test_only_the_nearest_by_signs_are_compared_by_all_bits(tmp_path, monkeypatch):
    monkeypatch.setattr(vectors, "_NEAR", 4)
    embedder = Concepts()
    titles = [f"thing{number}" for number in range(30)]
    articles = {title: article(title, title) for title in titles}
    written(tmp_path, "1", articles, embedder=embedder)
    store = VectorStore(tmp_path, titles)
    (asked,) = embedder.encode(["thing17"])
    among = np.ones(30, bool)
    rows = store.near(asked, among)
    assert len(rows) == 4
    assert 17 in store.owners[rows]
    among[store.places["thing17"][1]] = False
    assert 17 not in store.owners[store.near(asked, among)]
