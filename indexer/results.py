"""What is asked of a search, and what comes back: data, which each surface draws for itself."""

from dataclasses import dataclass
from typing import NamedTuple

from indexer.engine import Account
from kb.article import Audience

MAX_SIZE = 50
MAX_PAGE = 1_000_000


@dataclass(frozen=True)
class SearchRequest:
    """A question. It carries no audience: the edition it is put to decides what there is."""

    words: str
    kind: str | None = None
    service: str | None = None
    page: int = 1
    size: int = 10
    explain: bool = False
    quick: bool = False
    """By words alone, which take a tenth of the time: for a question that is still being typed."""


class Span(NamedTuple):
    """A stretch of text, and whether it is a word that was asked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True)
class Answer:
    """The passage of an article that answers best."""

    anchor: str
    heading: str
    spans: tuple[Span, ...]
    audience: Audience = Audience.PUBLIC
    """`staff` where it comes from a staff block, and is not to be read out."""

    @property
    def text(self) -> str:
        """The passage without marks."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Fusion:
    """How words and meaning came together in a score: a weighted sum of the two."""

    words: float
    """From 0 to 1: the words' score, beside the highest and lowest of this search."""
    likeness: float
    """From -1 to 1: how near the article comes to the question in meaning."""
    share: float
    """From 0 to 1: what likeness counts for."""
    text: str
    """The text of the article that comes nearest."""

    @property
    def score(self) -> float:
        """The score of the article."""
        return (1 - self.share) * self.words + self.share * self.likeness


@dataclass(frozen=True)
class SearchHit:
    """An article that answers."""

    id: str
    title: str
    kind: str
    url: str
    score: float
    answer: Answer | None
    """None where the article has no body."""
    number: str = ""
    """As 4-217."""
    promoted: bool = False
    """Whether its editor put it first for these words."""
    account: Account | None = None
    """How it came by its score for the words, where that was asked for."""
    fusion: Fusion | None = None
    """How that and its meaning came together, where that was asked for and meaning counted."""


@dataclass(frozen=True)
class SearchPage:
    """One page of results, all from one generation."""

    query: str
    total: int
    page: int
    size: int
    generation: str
    took_ms: float
    did_you_mean: str | None
    results: tuple[SearchHit, ...]
    unsure: bool = False
    """Whether the first result is likely not to answer the question."""
    notices: tuple[str, ...] = ()
    """What is not as usual today, of all that was asked about or found first."""

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return -(-self.total // self.size)


@dataclass(frozen=True)
class Suggestion:
    """Something to complete a question with."""

    text: str
    kind: str
    id: str
    url: str
