"""`kb shop`: the mystery shopper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from commands.place import Place, fail
from commands.publishing import EDITIONS, open_edition
from indexer.signals import PARTS
from kb.article import Edition
from kb.terminal import Steps, err, out

if TYPE_CHECKING:
    from indexer.shop import Shopping


@click.command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--edition", type=EDITIONS, default="public", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the figures and misses as JSON.")
@click.option(
    "--fail-under",
    metavar="K=RATE",
    help="Exit 1 if success@K is under RATE, as in 3=0.80.",
)
@click.option(
    "--learn",
    "learn_to",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="List the wordings that would find the misses, and write them as a diff to FILE.",
)
@click.option(
    "--compare",
    "settings",
    metavar="SETTING",
    type=click.Choice([f"no-{part}" for part in PARTS]),
    multiple=True,
    help=f"Ask with a part off as well: {', '.join(f'no-{part}' for part in PARTS)}. Repeatable.",
)
@click.pass_obj
def shop(
    place: Place,
    questions: Path,
    edition: str,
    as_json: bool,
    fail_under: str | None,
    learn_to: Path | None,
    settings: tuple[str, ...],
) -> None:
    """The mystery shopper: ask every question of a bank.

    What came up is reported. A bank has one question a line:
    {"id": "…", "query": "…", "relevant": ["article-id"]}.
    success@k: one of the relevant articles is among the first k results.
    """
    from indexer.compare import WHOLE, compare
    from indexer.compare import as_json as comparison
    from indexer.compare import tables as comparison_tables
    from indexer.shop import BankProblem, read_bank
    from indexer.shop import shop as go_shopping
    from indexer.shop_report import as_json as figures
    from indexer.shop_report import tables

    if learn_to and settings:
        fail("--learn and --compare do not go together; run one after the other")
    bound = _bound(fail_under) if fail_under else None
    try:
        bank = read_bank(questions)
    except BankProblem as error:
        fail(str(error))
    searcher = open_edition(place, Edition(edition))
    total = len(bank) * (1 + len(set(settings)))
    with Steps() as steps:
        if settings:
            columns = compare(searcher, bank, settings, lambda done: steps("asking", done, total))
            found = columns[WHOLE]
        else:
            columns = {}
            found = go_shopping(searcher, bank, lambda done: steps("asking", done, total))
    searcher.close()
    if learn_to:
        _learn(place, Edition(edition), found, learn_to, as_json)
    elif as_json:
        answer = comparison(columns) if columns else figures(found)
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for table in comparison_tables(columns) if columns else tables(found):
            out.print(table)
    if bound is not None and found.success(bound[0]) < bound[1]:
        fail(f"success@{bound[0]} is {found.success(bound[0]):.4f}, under {bound[1]:.4f}", 1)


def _learn(place: Place, edition: Edition, found: Shopping, file: Path, as_json: bool) -> None:
    """Write a diff of the wordings that misses teach, and list them."""
    from indexer.learn import drafts_of, learn, where_to_apply
    from indexer.learn_report import as_json as lesson_json
    from indexer.learn_report import as_lines, next_step
    from kb.content import ContentMissing

    try:
        with Steps() as steps:
            drafts = drafts_of(
                edition, place.content, lambda done, total: steps("reading", done, total)
            )
    except ContentMissing as error:
        fail(str(error))
    here = Path.cwd()
    seen_from = where_to_apply(place.content, here)
    lesson = learn(found, drafts, place.content, seen_from)
    try:
        file.write_bytes(lesson.diff)
    except OSError as error:
        fail(f"{file} cannot be written ({error.strerror}); name another file with --learn")
    if as_json:
        click.echo(json.dumps(lesson_json(lesson), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_lines(lesson, place.content)))
    err.print(escape(next_step(lesson, file, None if seen_from == here else seen_from)))


def _bound(written: str) -> tuple[int, float]:
    cut, _, rate = written.partition("=")
    try:
        bound = (int(cut), float(rate))
    except ValueError:
        bound = (0, -1.0)
    if not (1 <= bound[0] <= 10 and 0 <= bound[1] <= 1):
        fail(f"--fail-under {written}: write it as 3=0.80, K from 1 to 10 and the rate from 0 to 1")
    return bound
