"""What each part of the recipe brings: every bank asked with each part off, as a Markdown table.

    python -m tests.benchmarks.ablation [--content DIR] [--questions FILE …] [--edition public]

By default the project's own content and questions. The content is published aside; nothing of it
or of `var` is written to.
"""

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from indexer.compare import WHOLE, compare
from indexer.current import open_searcher
from indexer.embedding import semantics as of_settings
from indexer.publish import Publisher
from indexer.shop import BankQuestion, Shopping, read_bank
from indexer.signals import SETTINGS
from kb.article import Edition
from kb.settings import load_settings

ROOT = Path(__file__).parents[2]
CUTS = (1, 3)


def rows(found: Mapping[str, Mapping[str, Shopping]]) -> Iterator[str]:
    """The lines of the table: a row a setting, a column a bank, success@1 / @3 in each cell.

    Args:
        found: by name of the bank, what `compare` found in it.
    """
    yield f"| success@1 / @3 | {' | '.join(found)} |"
    yield "|---" * (1 + len(found)) + "|"
    for setting in (WHOLE, *SETTINGS):
        cells = [
            " / ".join(f"{bank[setting].success(cut):.3f}" for cut in CUTS)
            for bank in found.values()
        ]
        name = "the whole recipe" if setting == WHOLE else setting.replace("no-", "without ")
        yield f"| {name} | {' | '.join(cells)} |"


def ablate(
    content: Path, banks: Mapping[str, Sequence[BankQuestion]], edition: Edition
) -> dict[str, dict[str, Shopping]]:
    """Publish a content folder aside and ask every bank with each part off."""
    with tempfile.TemporaryDirectory() as var:
        semantics = of_settings(load_settings())
        Publisher(content, Path(var), semantics=semantics).publish()
        searcher = open_searcher(Path(var), edition, semantics)
        try:
            return {
                name: compare(searcher, bank, SETTINGS, lambda _: None)
                for name, bank in banks.items()
            }
        finally:
            searcher.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--questions", type=Path, nargs="+", action="extend")
    parser.add_argument("--edition", type=Edition, choices=list(Edition), default=Edition.PUBLIC)
    asked = parser.parse_args()
    files: list[Path] = asked.questions or [asked.content / "questions.jsonl"]
    banks = {f"{file.parent.name}/{file.name}": read_bank(file) for file in files}
    print("\n".join(rows(ablate(asked.content, banks, asked.edition))))


if __name__ == "__main__":
    main()
