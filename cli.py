"""The `kb` command: thin, a few lines each over the packages."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from commands.audit import audit
from commands.demo import demo
from commands.outbox import outbox
from commands.place import Place, fail
from commands.publishing import EDITIONS, ensure_published, open_edition, publish, publisher_of
from commands.records import records
from commands.shop import shop
from commands.token import token
from commands.user import user
from kb import __version__
from kb.article import Edition
from kb.memory import keep_small, settle
from kb.problems import Level, sort_key
from kb.settings import SettingsProblem, load_settings
from kb.terminal import Steps, counted, err, located, out, print_problems, summary

if TYPE_CHECKING:  # imported where used, so that `kb --help` answers at once
    from indexer.publish import Publisher, Report
    from indexer.watch import Watcher
    from search_api.serve import Site


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


main.add_command(shop)
main.add_command(records)
main.add_command(outbox)
main.add_command(user)
main.add_command(token)
main.add_command(audit)
main.add_command(demo)


@main.command()
@click.pass_obj
def check(place: Place) -> None:
    """Print every problem of the content.

    Exits with 1 if there is an error or a fault.
    """
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
    problems = (*checked.problems, *check_synonyms(checked))
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
    report = publish(publisher_of(place), full=full)
    print_problems(place.content, report.problems)
    out.print(str(report))


@main.command()
@click.option("--poll", is_flag=True, help="Compare the folder time and again: for network shares.")
@click.pass_obj
def watch(place: Place, poll: bool) -> None:
    """Publish as files change, until interrupted."""
    publisher = publisher_of(place)
    report = publish(publisher)
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

    The staff site asks everybody to sign in: see kb user. Where there is no account at all, one for
    demonstration is made and its password printed; as long as it exists, the staff site is served
    on this machine only.
    """
    from search_api.serve import CannotServe, Site, cautions, check_address
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
    publisher = publisher_of(place)
    stop = threading.Event()

    def ready() -> None:
        for site in sites:
            out.print(f"{site.name}: {site.url}")
        _say_who_may_sign_in(place, sites)
        for caution in cautions(sites, settings):
            err.print(escape(caution))
        watching = f" Watching {place.content}." if watch else ""
        err.print(f"Stop with Ctrl+C.{watching}")

    try:
        for site in sites:
            check_address(site, settings, place.var)
        ensure_published(place, editions)
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

    searcher = open_edition(place, Edition(edition))
    page = searcher.search(SearchRequest(" ".join(words), size=number, explain=explain))
    searcher.close()
    if as_json:
        from search_api.api import search_answer

        click.echo(json.dumps(search_answer(page, Edition(edition)), ensure_ascii=False, indent=2))
        return
    for line in drawn(page):
        out.print(line)


def _watcher(place: Place, publisher: Publisher, poll: bool) -> Watcher:
    from indexer.watch import Watcher

    def published(report: Report) -> None:
        print_problems(place.content, report.problems)
        err.print(str(report))

    def failed(error: Exception) -> None:
        err.print(f"Not published: {escape(str(error))}")

    return Watcher(publisher, published=published, failed=failed, begun=settle, poll=poll)


def _say_who_may_sign_in(place: Place, sites: list[Site]) -> None:
    """Make the demonstration account where there is no account; say that it exists."""
    from kb.accounts.account import Standing
    from kb.accounts.accounts import Accounts
    from kb.accounts.demo import NAME, add_demo
    from kb.records.database import RecordsProblem
    from kb.records.stores import store_of

    if all(site.edition is not Edition.STAFF for site in sites):
        return
    database = store_of(Edition.STAFF, place.settings, place.var)
    try:
        accounts = Accounts(database)
        password = add_demo(accounts)
        standing = accounts.standing()
    except RecordsProblem as problem:
        err.print(f"Nobody can sign in to the staff site: {escape(str(problem))}")
        return
    finally:
        database.close()
    if password is not None:
        out.print(f"Demonstration account: name {NAME}, password {password} (shown this once)")
    if standing is Standing.DEMO:
        err.print(
            f"The demonstration account {NAME} exists; the staff site is served on this machine "
            "only. Make your own with: kb user add NAME --role admin; then: kb user remove-demo"
        )


def _on_signals(stop: Callable[[], None]) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop())


if __name__ == "__main__":
    main()
