"""Ask what no honest caller would, and report the slowest: 10,000 questions of 10,000 articles.

    python -m tests.benchmarks.hostile [--articles 10000] [--questions 10000] [--slowest 20]
                                       [--bound 100] [--var DIR]

The articles are those that `peers` measures on; `--var` names an installation to ask instead. Every
question is searched for and completed as well. Times are CPU milliseconds of one call each, after
one to warm up; exits 1 where one is over the bound. The same seed asks the same questions.
"""

import argparse
import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from indexer.analysis import STOP_WORDS
from indexer.current import open_searcher
from indexer.publish import Publisher
from indexer.results import MAX_PAGE, MAX_SIZE, SearchRequest
from indexer.search import Searcher
from kb.article import Edition, Kind
from tests.benchmarks.corpus import SEED, draw, make_corpus
from tests.benchmarks.measure import percentile

SIGNS = 2_000
"""Of a question, at most; the search itself cuts off what is longer."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OPERATORS = [
    *("AND", "OR", "NOT", "ANDNOT", "title:", "body:(x", "key:*", "*", "?", "~", "~3", "^9", "[a"),
    *("TO", "z]", "{a", "z}", '"a', 'b"~2', "(", ")", "((", '"', "'", "''", ";", "--", "/*", "*/"),
    *("\\", "//", "..", "../", "%", "%00", "<b>", "<!--", "&&", "||", "!", "!=", "==", "{{7*7}}"),
    *("${x}", "`id`", "|", ">", "<", ":", "=", "+", "-", "_"),
]
_RANGES = (
    *((0x00A0, 0x024F), (0x0300, 0x036F), (0x0370, 0x03FF), (0x0400, 0x04FF), (0x0590, 0x05FF)),
    *((0x0600, 0x06FF), (0x0E00, 0x0E7F), (0x1100, 0x11FF), (0x1E00, 0x1EFF), (0x2000, 0x206F)),
    *((0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xE000, 0xF8FF), (0xFF00, 0xFFEF)),
    *((0x1D400, 0x1D7FF), (0x1F300, 0x1FAFF), (0xE0000, 0xE007F), (0x00, 0x1F), (0x7F, 0x9F)),
)
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u202e\u202d\u2066\ufe0f"

out = Console(width=None if sys.stdout.isatty() else 160)

Asked = tuple[SearchRequest, str]
"""A question, and which sort of question it is."""


class Took(NamedTuple):
    """What one question cost."""

    ms: float
    sort: str
    call: str
    words: str


class Hostile:
    """Makes questions of every sort out of an edition's own words and of everything else."""

    def __init__(self, searcher: Searcher, luck: random.Random) -> None:
        generation = searcher.generation
        self._luck = luck
        counts = generation.lexicon.words
        self._words = sorted(counts)
        self._common = [word for word, _ in counts.most_common(400)]
        self._rare = [word for word in self._words if counts[word] == 1] or self._words
        rows = generation.store.rows.values()
        self._titles = [text for row in rows for text in (row.title, *row.questions)]
        self._services = sorted({row.service for row in rows if row.service}) or ["waste"]
        self._stops = sorted(STOP_WORDS)

    def questions(self, number: int) -> Iterator[Asked]:
        """So many questions, of each sort as many as of any other."""
        sorts: dict[str, Callable[[], str]] = {
            "a caller's own words": lambda: self._luck.choice(self._titles),
            "callers' words without end": lambda: self._many(self._titles),
            "the commonest words": lambda: self._many(self._common),
            "the rarest words": lambda: self._many(self._rare),
            "any words": lambda: self._many(self._words),
            "stop words alone": lambda: self._many(self._stops),
            "one word over and over": lambda: self._repeated(self._luck.choice(self._common)),
            "one sign over and over": lambda: self._repeated(chr(self._sign()), ""),
            "slips in every word": lambda: self._many([self._slipped() for _ in range(300)]),
            "long words with slips": lambda: self._many([self._slipped(9) for _ in range(300)]),
            "words that nobody made": lambda: self._many([self._garbage() for _ in range(400)]),
            "made-up rare words": lambda: self._many([draw(self._luck) for _ in range(400)]),
            "words of forty letters": lambda: self._many([self._garbage(38, 42) for _ in "x" * 60]),
            "operators": lambda: self._many(_OPERATORS),
            "operators and words": lambda: self._many(_OPERATORS + self._common),
            "letters of every script": lambda: self._of(self._sign),
            "one script": self._script,
            "signs that are not seen": self._unseen,
            "accents heaped on letters": lambda: self._of(lambda: self._heap(0x0300, 0x036F)),
            "apostrophes": lambda: self._of(lambda: ord(self._luck.choice(_LETTERS[:6] + "''’`´"))),
            "numbers, codes and postcodes": lambda: self._many([self._code() for _ in range(300)]),
            "bytes": lambda: self._luck.randbytes(self._length()).decode("latin-1"),
        }
        names = list(sorts)
        for place in range(number):
            name = names[place % len(names)]
            yield self._request(sorts[name]()[:SIGNS]), name

    def _request(self, words: str) -> SearchRequest:
        luck = self._luck
        return SearchRequest(
            words,
            kind=luck.choice(list(Kind)).value if luck.random() < 0.1 else None,
            service=luck.choice([*self._services, "unicorn"]) if luck.random() < 0.1 else None,
            page=luck.choice((1, 2, 7, 100, MAX_PAGE)) if luck.random() < 0.2 else 1,
            size=luck.choice((1, 10, MAX_SIZE)),
        )

    def _length(self) -> int:
        """Signs: as often few as the most that there may be."""
        return SIGNS if self._luck.random() < 0.5 else self._luck.randint(1, SIGNS)

    def _many(self, words: list[str]) -> str:
        size, said = self._length(), ""
        while len(said) < size:
            said += f"{self._luck.choice(words)} "
        return said[:size]

    def _repeated(self, word: str, apart: str = " ") -> str:
        return (word + apart) * (self._length() // len(word + apart) + 1)

    def _of(self, sign: Callable[[], int]) -> str:
        return "".join(chr(sign()) for _ in range(self._length()))

    def _sign(self) -> int:
        return self._luck.randint(*self._luck.choice(_RANGES))

    def _script(self) -> str:
        first, last = self._luck.choice(_RANGES)
        signs = [chr(self._luck.randint(first, last)) for _ in range(40)]
        return self._many(["".join(self._luck.choices(signs, k=6)) for _ in range(300)])

    def _unseen(self) -> str:
        said = self._many(self._common)
        return "".join(sign + self._luck.choice(_UNSEEN) for sign in said)[:SIGNS]

    def _heap(self, first: int, last: int) -> int:
        luck = self._luck
        return luck.randint(first, last) if luck.random() < 0.9 else ord(luck.choice(_LETTERS))

    def _slipped(self, shortest: int = 4) -> str:
        luck, word = self._luck, ""
        while len(word) < shortest:
            word = luck.choice(self._words)
        at = luck.randrange(1, len(word))
        return f"{word[:at]}{luck.choice(_LETTERS)}{word[at + luck.randint(0, 1) :]}"

    def _garbage(self, shortest: int = 1, longest: int = 40) -> str:
        first = self._luck.choice("cps" + _LETTERS)
        return first + "".join(
            self._luck.choices(_LETTERS, k=self._luck.randint(shortest, longest))
        )

    def _code(self) -> str:
        luck = self._luck
        if luck.random() < 0.3:
            return f"FB{luck.randint(1, 99)} {luck.randint(0, 9)}AB"
        return "".join(luck.choices(_LETTERS + "0123456789" * 3, k=luck.randint(1, 12)))


def timed(searcher: Searcher, asked: Iterator[Asked]) -> Iterator[Took]:
    """What it costs to search for each question, and to complete it."""
    for request, sort in asked:
        begun = time.thread_time()
        searcher.search(request)
        searched = time.thread_time()
        searcher.suggest(request.words)
        done = time.thread_time()
        yield Took((searched - begun) * 1000, sort, "search", request.words)
        yield Took((done - searched) * 1000, sort, "suggest", request.words)


@contextmanager
def edition(var: Path | None, articles: int) -> Iterator[Searcher]:
    """The edition to ask: one that is published, or one of so many made articles."""
    with tempfile.TemporaryDirectory(prefix="kb-hostile-") as scratch:
        if var is None:
            content, var = Path(scratch) / "content", Path(scratch) / "var"
            for _ in make_corpus(content, articles, Edition.STAFF):
                pass
            Publisher(content, var).publish()
        begun = time.thread_time()
        searcher = open_searcher(var, Edition.STAFF)
        opened = time.thread_time()
        searcher.suggest("a")  # the first makes what the others find made
        made = time.thread_time()
        out.print(
            f"CPU ms once after publishing: {(opened - begun) * 1000:.0f} to open, "
            f"{(made - opened) * 1000:.0f} for the first completion"
        )
        gc.collect()
        gc.freeze()  # as `kb serve` does
        try:
            yield searcher
        finally:
            searcher.close()


def table(took: list[Took]) -> Table:
    """A line for each sort of question."""
    drawn = Table(title="CPU ms")
    for heading in ("", "questions", "search p50", "p99", "worst", "suggest p50", "p99", "worst"):
        drawn.add_column(heading, justify="right" if heading else "left")
    for sort in [*dict.fromkeys(one.sort for one in took), "all"]:
        cells: list[str] = []
        for call in ("search", "suggest"):
            spent = [one.ms for one in took if one.call == call and sort in (one.sort, "all")]
            cells += [f"{percentile(spent, share):.2f}" for share in (0.5, 0.99, 1.0)]
        drawn.add_row(sort, f"{len(spent):,}", *cells)
    return drawn


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--slowest", type=int, default=20, help="how many to print")
    parser.add_argument("--bound", type=float, default=100, help="CPU ms that none may take")
    parser.add_argument("--var", type=Path, help="what is published there is asked instead")
    asked = parser.parse_args()
    with edition(asked.var, asked.articles) as searcher:
        hostile = Hostile(searcher, random.Random(SEED))
        took = list(timed(searcher, hostile.questions(asked.questions)))
    out.print(table(took))
    took.sort(reverse=True)
    for one in took[: asked.slowest]:
        said = ascii(one.words)
        shown = said if len(said) <= 90 else f"{said[:90]}… ({len(one.words):,} signs)"
        out.print(f"{one.ms:7.2f} ms  {one.call}: {one.sort}: {shown}", markup=False)
    over = sum(one.ms > asked.bound for one in took)
    out.print(f"{over} of {len(took):,} calls took over {asked.bound:g} ms")
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
