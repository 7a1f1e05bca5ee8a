"""The `kb` command: thin, a few lines each over the packages."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.markup import escape

from indexer.signals import PARTS
from kb import __version__
from kb.article import Edition
from kb.memory import keep_small
from kb.problems import Level, sort_key
from kb.settings import Settings, SettingsProblem, load_settings
from kb.terminal import Steps, counted, err, located, out, print_problems, summary

if TYPE_CHECKING:  # imported where used, so that `kb --help` answers at once
    from indexer.publish import Publisher, Report
    from indexer.search import Searcher
    from indexer.shop import Shopping
    from indexer.watch import Watcher

EDITIONS = click.Choice([edition.value for edition in Edition])


@dataclass(frozen=True)
class Place:
    """Where the content is and where it is published; what every command works on."""

    content: Path
    var: Path
    settings: Settings


def fail(message: str, code: int = 2) -> NoReturn:
    """End with a plain message; by default for wrong use."""
    err.print(f"kb: {escape(message)}", style="red" if err.is_terminal else None)
    sys.exit(code)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--content",
    type=click.Path(path_type=Path),
    help="The content folder.  [KB_CONTENT; default: content]",
)
@click.option(
    "--var",
    type=click.Path(path_type=Path),
    help="Where editions are published.  [KB_VAR; default: var]",
)
@click.version_option(__version__, prog_name="kb", message="Firstline %(version)s")
@click.pass_context
def main(context: click.Context, content: Path | None, var: Path | None) -> None:
    """Firstline: a knowledge base and search engine for councils.

    Markdown files in a content folder are published as a public and a staff edition, searched in
    the caller's own words. Settings come from the command line, the environment (KB_…) or
    kb.toml, in this order.
    """
    try:
        settings = load_settings()
    except SettingsProblem as problem:
        fail(str(problem))
    context.obj = Place(content or settings.content, var or settings.var, settings)


@main.command()
@click.pass_obj
def check(place: Place) -> None:
    """Print every problem of the content; exit 1 if there is an error or a fault."""
    from indexer.synonym_check import check_synonyms
    from kb import clock
    from kb.content import ContentMissing, read_content
    from kb.crosscheck import crosscheck

    try:
        with Steps() as steps:
            content = read_content(
                place.content, progress=lambda done, total: steps("reading", done, total)
            )
    except ContentMissing as error:
        fail(str(error))
    checked = crosscheck(content, clock.today())
    problems = (*checked.problems, *check_synonyms(checked, clock.today()))
    for problem in sorted(problems, key=sort_key):
        click.echo(located(place.content, problem))
    articles = sum(source.draft is not None for source in content.sources.values())
    err.print(f"{counted(articles, 'article')}, {summary(problems)}")
    sys.exit(1 if any(problem.level is not Level.WARNING for problem in problems) else 0)


@main.command()
@click.option("--full", is_flag=True, help="Build everything anew, not only what changed.")
@click.pass_obj
def index(place: Place, full: bool) -> None:
    """Publish both editions; by default only what changed."""
    report = _publish(_publisher(place), full=full)
    print_problems(place.content, report.problems)
    out.print(str(report))


@main.command()
@click.option("--poll", is_flag=True, help="Compare the folder time and again: for network shares.")
@click.pass_obj
def watch(place: Place, poll: bool) -> None:
    """Publish as files change, until interrupted."""
    publisher = _publisher(place)
    report = _publish(publisher)
    print_problems(place.content, report.problems)
    out.print(str(report))
    watcher = _watcher(place, publisher, poll or place.settings.poll)
    _on_signals(watcher.stop)
    err.print(f"Watching {place.content}. Stop with Ctrl+C.")
    watcher.run()


@main.command()
@click.option(
    "--edition",
    type=click.Choice([*EDITIONS.choices, "both"]),
    default="both",
    show_default=True,
    help="Which site to serve.",
)
@click.option("--host", help="The address to listen on.  [KB_HOST; default: 127.0.0.1]")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="The public site's port.  [KB_PORT; default: 8000]",
)
@click.option(
    "--staff-port",
    type=click.IntRange(1, 65535),
    help="The staff site's port.  [KB_STAFF_PORT; default: 8001]",
)
@click.option(
    "--watch/--no-watch",
    default=False,
    show_default=True,
    help="Publish as files change.",
)
@click.pass_obj
def serve(
    place: Place,
    edition: str,
    host: str | None,
    port: int | None,
    staff_port: int | None,
    watch: bool,
) -> None:
    """Serve the sites; publishes first where nothing is published.

    The staff site is served on this machine only: it has no sign-in yet.
    """
    from search_api.serve import CannotServe, Site, check_address
    from search_api.serve import serve as serve_sites

    keep_small()
    settings = place.settings
    address = settings.host if host is None else host
    sites = [
        Site(one, address, number or default)
        for one, number, default in (
            (Edition.PUBLIC, port, settings.port),
            (Edition.STAFF, staff_port, settings.staff_port),
        )
        if edition in (one.value, "both")
    ]
    editions = [site.edition for site in sites if site.edition is not None]
    if settings.widget_demo_port and Edition.PUBLIC in editions:
        sites.append(Site(None, address, settings.widget_demo_port))
    publisher = _publisher(place)
    stop = threading.Event()

    def ready() -> None:
        for site in sites:
            out.print(f"{site.name}: {site.url}")
        watching = f" Watching {place.content}." if watch else ""
        err.print(f"Stop with Ctrl+C.{watching}")

    try:
        for site in sites:
            check_address(site)
        _ensure_published(place, editions)
        watcher = _watcher(place, publisher, settings.poll) if watch else None
        _on_signals(stop.set)
        serve_sites(place.var, sites, settings, watcher, ready, stop)
    except CannotServe as error:
        fail(str(error))


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--edition", type=EDITIONS, default="public", show_default=True)
@click.option(
    "-n", "number", type=click.IntRange(1, 50), default=5, show_default=True, help="How many."
)
@click.option("--explain", is_flag=True, help="Say how each result came by its score.")
@click.option("--json", "as_json", is_flag=True, help="Print the API's own answer.")
@click.pass_obj
def search(
    place: Place, words: tuple[str, ...], edition: str, number: int, as_json: bool, explain: bool
) -> None:
    """Answer a question; publishes first if nothing is published."""
    from indexer.results import SearchRequest
    from indexer.search_report import drawn

    searcher = _searcher(place, Edition(edition))
    page = searcher.search(SearchRequest(" ".join(words), size=number, explain=explain))
    searcher.close()
    if as_json:
        from search_api.api import search_answer

        click.echo(json.dumps(search_answer(page), ensure_ascii=False, indent=2))
        return
    for line in drawn(page):
        out.print(line)


@main.command()
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
    """The mystery shopper: ask every question of a bank, and report what came up.

    A bank has one question a line: {"id": "…", "query": "…", "relevant": ["article-id"]}.
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
    searcher = _searcher(place, Edition(edition))
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


def _searcher(place: Place, edition: Edition) -> Searcher:
    from indexer.current import open_searcher
    from indexer.embedding import semantics as of_settings

    _ensure_published(place, [edition])
    semantics = of_settings(place.settings)
    searcher = open_searcher(place.var, edition, semantics)
    if searcher.semantic and (semantics.embedder or semantics.wanted):
        err.print(f"Searching by words alone: {escape(searcher.semantic)}")
    return searcher


def _publisher(place: Place) -> Publisher:
    from indexer.embedding import semantics
    from indexer.publish import Publisher

    return Publisher(place.content, place.var, semantics=semantics(place.settings))


def _ensure_published(place: Place, editions: list[Edition]) -> None:
    """Publish where an edition has no generation that opens."""
    from indexer.generation import GenerationGone, NotPublished, open_current

    for edition in editions:
        try:
            open_current(place.var, edition).close()
        except (NotPublished, GenerationGone):
            report = _publish(_publisher(place))
            print_problems(place.content, report.problems)
            err.print(str(report))
            return


def _publish(publisher: Publisher, full: bool = False) -> Report:
    from indexer.publish import VarUnusable
    from kb.content import ContentChanged, ContentMissing

    try:
        with Steps() as steps:
            report = publisher.publish(
                full=full,
                step=steps,
                waiting=lambda: err.print("Another publish is running; waiting for it to end."),
            )
        if publisher.semantics.wanted:
            err.print(f"Published for words alone: {escape(publisher.semantics.reason)}")
        return report
    except (ContentMissing, VarUnusable) as error:
        fail(str(error))
    except ContentChanged as error:
        fail(f"{error} keeps changing while it is read; try again when it is saved", 1)


def _watcher(place: Place, publisher: Publisher, poll: bool) -> Watcher:
    from indexer.watch import Watcher

    def published(report: Report) -> None:
        print_problems(place.content, report.problems)
        err.print(str(report))

    def failed(error: Exception) -> None:
        err.print(f"Not published: {escape(str(error))}")

    return Watcher(publisher, published=published, failed=failed, poll=poll)


def _on_signals(stop: Callable[[], None]) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop())


if __name__ == "__main__":
    main()
