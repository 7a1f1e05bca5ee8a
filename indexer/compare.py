"""One bank asked with the whole recipe and with parts of it off, side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.markup import escape
from rich.table import Table

from indexer.search import Searcher
from indexer.shop import BankQuestion, Shopping, shop
from indexer.shop_report import figures
from indexer.signals import FULL, SETTINGS

WHOLE = "full"
SHOWN_CHANGES = 20


@dataclass(frozen=True)
class Change:
    """A question that one setting finds among the first three and another does not."""

    question: BankQuestion
    ranks: tuple[int | None, ...]
    """Of each setting in order, the whole recipe first; None for not among the first ten."""


def compare(
    searcher: Searcher,
    bank: Sequence[BankQuestion],
    settings: Iterable[str],
    asked: Callable[[int], None],
) -> dict[str, Shopping]:
    """Ask every question with the whole recipe, then with each setting.

    Args:
        searcher: asks with the whole recipe; stays open.
        bank: at least one question.
        settings: names of `SETTINGS`; one named twice is asked once.
        asked: told how many have been asked, over all settings.

    Raises:
        KeyError: if there is no such setting.
    """
    wanted = {WHOLE: FULL, **{name: SETTINGS[name] for name in settings}}
    found: dict[str, Shopping] = {}
    for name, signals in wanted.items():
        asking = searcher.having(signals)

        def told(done: int, before: int = len(found) * len(bank)) -> None:
            asked(before + done)

        # What is asked first would pay for reading the index, and look slower than the rest.
        if not found:
            shop(asking, bank, lambda _: None)
        found[name] = shop(asking, bank, told)
    return found


def changes(found: Mapping[str, Shopping]) -> list[Change]:
    """The questions that are not found, or not missed, by all settings alike."""
    changed: list[Change] = []
    for visits in zip(*(one.visits for one in found.values()), strict=True):
        ranks = tuple(visit.rank for visit in visits)
        if len({rank is not None and rank <= 3 for rank in ranks}) > 1:
            changed.append(Change(visits[0].question, ranks))
    return changed


def as_json(found: Mapping[str, Shopping]) -> dict[str, dict[str, float]]:
    """What `kb shop --compare … --json` prints: the figures of each setting."""
    return {name: figures(one) for name, one in found.items()}


def tables(found: Mapping[str, Shopping]) -> list[Table]:
    """A row a figure and a column a setting; and the questions that changed, if any."""
    columns = {name: figures(one) for name, one in found.items()}
    side_by_side = Table(box=None)
    side_by_side.add_column("")
    for name in columns:
        side_by_side.add_column(name, justify="right")
    for figure in columns[WHOLE]:
        values = (one[figure] for one in columns.values())
        side_by_side.add_row(
            figure, *(f"{value:.4f}" if "@" in figure else str(value) for value in values)
        )
    changed = changes(found)
    if not changed:
        return [side_by_side]
    more = f" (the first {SHOWN_CHANGES} of {len(changed)})" if len(changed) > SHOWN_CHANGES else ""
    ranks = Table(
        title=f"Found by one and missed by another{more}: ranks", title_justify="left", expand=True
    )
    ranks.add_column("Question", ratio=4, overflow="fold")
    ranks.add_column("Wanted", ratio=3, overflow="fold")
    for name in columns:
        ranks.add_column(name, justify="right")
    for one in changed[:SHOWN_CHANGES]:
        ranks.add_row(
            escape(one.question.query),
            escape(", ".join(one.question.relevant)),
            *(str(rank or "–") for rank in one.ranks),
        )
    return [side_by_side, ranks]
