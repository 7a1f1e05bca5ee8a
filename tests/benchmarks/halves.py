"""What callers' earlier wordings bring: half of a bank is written into the articles, half is asked.

    python -m tests.benchmarks.halves [--content DIR] [--questions FILE] [--edition public]
                                      [--seed N] [--show N]

By default the project's own content and questions. The bank is cut in two by question, with a seed.
Each wording of the first half goes into the `questions` of the articles that answer it, as `kb shop
--learn` would write it; the second half is asked before and after, with words alone and, where a
model is installed, with meaning too. All of it happens on a copy.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from indexer.current import open_searcher
from indexer.embedding import semantics as of_settings
from indexer.learn import drafts_of
from indexer.publish import Publisher
from indexer.shop import BankQuestion, Shopping, read_bank, shop
from indexer.signals import SETTINGS
from kb.amend import CannotAmend, amend
from kb.article import Edition
from kb.folder import FoundFile, read_bytes
from kb.settings import load_settings
from kb.source import MAX_ARTICLE
from tests.benchmarks.corpus import OWN, SEED

CUTS = (1, 3)
WORDS, MEANING = "words", "words and meaning"
Half = Sequence[BankQuestion]

err = Console(stderr=True)


def cut(bank: Sequence[BankQuestion], seed: int) -> tuple[Half, Half]:
    """A bank in two, the same way each time: what is written into articles, and what is asked."""
    shuffled = sorted(bank, key=lambda question: question.id)
    random.Random(seed).shuffle(shuffled)
    middle = len(shuffled) // 2
    return shuffled[:middle], shuffled[middle:]


def copied(content: Path, target: Path) -> Path:
    """A copy that may be written to, whatever the original allows."""
    shutil.copytree(content, target)
    for path in (target, *target.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)
    return target


def write_into(content: Path, wordings: Half, edition: Edition) -> Iterator[str]:
    """Put each wording into the articles that answer it.

    Yields:
        Why, for each that could not be.
    """
    drafts = drafts_of(edition, content, lambda *_: None)
    for question in wordings:
        wording = " ".join(question.query.split())
        for wanted in question.relevant:
            if wanted not in drafts:
                yield f"{question.id}: there is no article {wanted}"
                continue
            path = drafts[wanted].path
            data = read_bytes(content, path, MAX_ARTICLE)
            try:
                changed = amend(FoundFile(path, len(data), 0), data, wording)
            except CannotAmend as problem:
                yield f"{question.id}: {path}: {problem}"
            else:
                (content / path).write_bytes(changed)


def asked(content: Path, var: Path, half: Half, edition: Edition) -> dict[str, Shopping]:
    """Publish, and ask; by how questions were compared, what was found."""
    semantics = of_settings(load_settings())
    Publisher(content, var, semantics=semantics).publish()
    searcher = open_searcher(var, edition, semantics)
    try:
        found = {WORDS: shop(searcher.having(SETTINGS["no-meaning"]), half, lambda _: None)}
        if not searcher.semantic:
            found[MEANING] = shop(searcher, half, lambda _: None)
        return found
    finally:
        searcher.close()


def rows(before: Mapping[str, Shopping], after: Mapping[str, Shopping]) -> Iterator[str]:
    """The lines of the table: success@1 / @3 in each cell."""
    yield f"| success@1 / @3 | {' | '.join(before)} |"
    yield "|---" * (1 + len(before)) + "|"
    for name, found in (("before", before), ("with the other half's wordings", after)):
        cells = (" / ".join(f"{one.success(at):.3f}" for at in CUTS) for one in found.values())
        yield f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--content", type=Path, default=OWN)
    parser.add_argument("--questions", type=Path, help="default: questions.jsonl of the content")
    parser.add_argument("--edition", type=Edition, choices=list(Edition), default=Edition.PUBLIC)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", type=int, default=5, help="wordings left out to print")
    options = parser.parse_args()
    bank = read_bank(options.questions or options.content / "questions.jsonl")
    written, wanted = cut(bank, options.seed)
    if not written:
        sys.exit("a bank of two questions or more, please")
    with tempfile.TemporaryDirectory(prefix="kb-halves-") as scratch:
        content, var = copied(options.content, Path(scratch) / "content"), Path(scratch) / "var"
        before = asked(content, var, wanted, options.edition)
        left_out = list(write_into(content, written, options.edition))
        after = asked(content, var, wanted, options.edition)
    for problem in left_out[: options.show]:
        err.print(f"left out: {problem}", style="dim", markup=False)
    print(f"{len(written)} questions written into articles, {len(left_out)} wordings left out")
    print(f"{len(wanted)} others asked")
    print("\n".join(rows(before, after)))


if __name__ == "__main__":
    main()
