"""The mystery shopper's report: for programs as JSON, for people as tables."""

from rich.markup import escape
from rich.table import Table

from indexer.shop import CUTS, Shopping


def figures(found: Shopping) -> dict[str, float]:
    """Every figure by name, rates in 0 to 1 and times in milliseconds."""
    return {
        "questions": len(found.visits),
        **{f"success@{cut}": round(found.success(cut), 4) for cut in CUTS},
        "mrr@10": round(found.mrr, 4),
        "ndcg@10": round(found.ndcg, 4),
        "ms_p50": round(found.ms(50), 2),
        "ms_p95": round(found.ms(95), 2),
    }


def as_json(found: Shopping) -> dict[str, object]:
    """What `kb shop --json` prints."""
    misses = [
        {
            "id": visit.question.id,
            "query": visit.question.query,
            "relevant": list(visit.question.relevant),
            "rank": visit.rank,
            "found": list(visit.found[:3]),
        }
        for visit in found.misses
    ]
    return {**figures(found), "misses": misses}


def tables(found: Shopping) -> list[Table]:
    """The misses, where there are any, and the figures below them."""
    summary = Table(show_header=False, box=None)
    for name, value in figures(found).items():
        summary.add_row(name, f"{value:.4f}" if "@" in name else str(value))
    if not found.misses:
        return [summary]
    misses = Table(title="Not among the first three", title_justify="left", expand=True)
    misses.add_column("Question", ratio=4, overflow="fold")
    misses.add_column("Wanted", ratio=3, overflow="fold")
    misses.add_column("Rank", justify="right", width=4)
    misses.add_column("Found first", ratio=3, overflow="fold")
    for visit in found.misses:
        misses.add_row(
            escape(visit.question.query),
            escape(", ".join(visit.question.relevant)),
            str(visit.rank or "–"),
            escape(visit.found[0] if visit.found else "nothing"),
        )
    return [misses, summary]
