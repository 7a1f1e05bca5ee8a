"""A page of results for a terminal, and how each result came by its score."""

from collections import defaultdict
from collections.abc import Iterator

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from indexer.engine import Account, Source
from indexer.results import Answer, Fusion, SearchPage
from kb.terminal import counted

_WHY = {
    Source.WORD: "said",
    Source.CORRECTION: "corrected from",
    Source.SYNONYM: "synonym",
    Source.TRIGRAM: "letters in common",
}


def drawn(page: SearchPage) -> Iterator[RenderableType]:
    """The page, line by line; whatever was typed or written is shown as it stands."""
    if page.did_you_mean:
        yield f"Showing results for: [italic]{escape(page.did_you_mean)}[/]\n"
    for number, hit in enumerate(page.results, 1):
        first = "  [dim]put first for these words[/]" if hit.promoted else ""
        yield f"[bold]{number}. {escape(hit.title)}[/]  [dim]{hit.id}[/]{first}"
        if hit.answer:
            yield f"   {_marked(hit.answer)}"
        if hit.account:
            yield explained(hit.account)
        if hit.fusion:
            yield fused(hit.fusion)
        yield ""
    if not page.results:
        yield "No answer found. Try fewer or other words."
        return
    if page.unsure:
        yield "[yellow]Not sure that one of these is the answer.[/]"
    yield f"[dim]{counted(page.total, 'answer')}, {page.took_ms:.0f} ms[/]"


def fused(fusion: Fusion) -> str:
    """How words and meaning came together, and the text that comes nearest."""
    return (
        f"   words {1 - fusion.share:.2f} × {fusion.words:.2f}, "
        f"meaning {fusion.share:.2f} × {fusion.likeness:.2f} = [bold]{fusion.score:.2f}[/]; "
        f"nearest: “{escape(fusion.text)}”"
    )


def _marked(answer: Answer) -> str:
    return "".join(
        f"[bold]{escape(span.text)}[/]" if span.hit else escape(span.text) for span in answer.spans
    )


def lines_of(account: Account) -> list[tuple[str, str, str, float]]:
    """Word, why, where and points of each gain, most first; all trigrams together as one."""
    letters = 0.0
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for gain in account.gains:
        if gain.clause.source is Source.TRIGRAM:
            letters += gain.points
            continue
        why = _WHY[gain.clause.source]
        if gain.clause.source is Source.CORRECTION:
            why = f"{why} {gain.clause.said}"
        found[gain.clause.term, why][gain.field] = gain.points
    lines = [
        (term, why, ", ".join(f"{field} {points:.1f}" for field, points in fields.items()), total)
        for (term, why), fields in found.items()
        if (total := sum(fields.values()))
    ]
    if letters:
        lines.append(("", _WHY[Source.TRIGRAM], "title, questions, tags, summary", letters))
    return sorted(lines, key=lambda line: -line[3])


def explained(account: Account) -> Table:
    """The table, with what was left of the sum below it."""
    table = Table(box=None, padding=(0, 2, 0, 3), show_footer=True)
    table.add_column("word", footer="score")
    table.add_column("why", footer=f"times {account.covered:.2f} for the share of the question")
    table.add_column("where")
    table.add_column("points", footer=f"{account.score:.1f}", justify="right")
    for word, why, where, points in lines_of(account):
        table.add_row(word, why, where, f"{points:.1f}")
    return table
