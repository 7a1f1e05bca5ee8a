"""Serving the applications with waitress, and publishing meanwhile as files change."""

import gc
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from waitress.server import create_server

from indexer.owners import owners_in
from indexer.watch import Watcher
from kb.accounts.account import Standing
from kb.accounts.accounts import Accounts
from kb.article import Edition
from kb.contacts.stores import contacts_upkeep
from kb.handover.targets import deliverer_for
from kb.network import is_loopback
from kb.records.database import RecordsProblem, WrongAddress
from kb.records.recorder import Recorder
from kb.records.stores import store_of, upkeep_for
from kb.settings import Settings
from search_api.app import create_app
from search_api.channel import Channel
from search_api.load import Load
from search_api.load import watch as watch_load
from search_api.pins.keeping import run as keep_pinned
from search_api.reading import edition_of
from search_api.recording import recorders_of
from search_api.widget.demo import create_demo

CONNECTIONS = 2000
IDLE_S = 15
"""waitress's own 100 connections and 120 s stop answering under half-open connections."""
MAX_BODY = 1024 * 1024
"""Bytes; an application takes less, and answers what is over that itself."""


class CannotServe(Exception):
    """A site cannot be bound to its address; the message names the fix."""


@dataclass(frozen=True)
class Site:
    """An edition, or the demo of the widget (None), and the address it is served on."""

    edition: Edition | None
    host: str
    port: int

    @property
    def url(self) -> str:
        """The address for a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    @property
    def name(self) -> str:
        """What it is called on the terminal."""
        return f"{self.edition.value.capitalize()} site" if self.edition else "Widget demo"


def check_address(site: Site, settings: Settings, var: Path) -> None:
    """Refuse to show the staff site to other machines, unless all its accounts are people's own.

    Args:
        site: what is to be served where.
        settings: what the operator has set.
        var: the folder with the published editions.

    Raises:
        CannotServe: if it would be.
    """
    if site.edition is not Edition.STAFF or _is_of_this_machine(site):
        return
    where = f"the staff site is not served on {site.host or 'every address'}: "
    else_ = (
        "Until then serve it with --host 127.0.0.1, or serve the public site alone with "
        "--edition public"
    )
    try:
        database = store_of(Edition.STAFF, settings, var)
        try:
            standing = Accounts(database).standing()
        finally:
            database.close()
    except RecordsProblem as problem:
        raise CannotServe(f"{where}its accounts cannot be read ({problem}). {else_}") from problem
    if standing is Standing.DEMO:
        raise CannotServe(
            f"{where}anybody may know the password of the demonstration account. Remove it with: "
            f"kb user remove-demo. {else_}"
        )
    if standing is Standing.NONE:
        raise CannotServe(
            f"{where}it has no account. Add one with: kb user add NAME --role admin. {else_}"
        )


def cautions(sites: Sequence[Site], settings: Settings) -> list[str]:
    """What the operator has to know of a staff site that other machines reach."""
    found: list[str] = []
    for site in sites:
        if site.edition is not Edition.STAFF or _is_of_this_machine(site):
            continue
        if not settings.staff_tls:
            found.append(
                "Passwords go over the network as they are typed. Put a web server with TLS "
                "before the staff site, and set staff_tls"
            )
        if not settings.staff_hosts and _own_name(site) is None:
            found.append(
                "The staff site answers to names of this machine alone. Set staff_hosts to the "
                "names by which it is called"
            )
    return found


_ANY = ("", "0.0.0.0", "::")  # noqa: S104


def _own_name(site: Site) -> str | None:
    """The name or address that a site is bound to; None where it is any."""
    return None if site.host in _ANY else site.host


def _is_of_this_machine(site: Site) -> bool:
    """Whether only this machine reaches a site.

    Raises:
        CannotServe: if its address is none.
    """
    try:
        found = socket.getaddrinfo(site.host or None, site.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CannotServe(f"the address {site.host!r} is not known ({error})") from error
    return bool(site.host) and all(is_loopback(str(entry[4][0])) for entry in found)


def serve(
    var: Path,
    sites: Sequence[Site],
    settings: Settings,
    watcher: Watcher | None,
    ready: Callable[[], None],
    stop: threading.Event,
) -> None:
    """Serve until `stop` is set.

    Args:
        var: the folder with the published editions.
        sites: what to serve where.
        settings: what the operator has set.
        watcher: what publishes meanwhile; None for nobody.
        ready: called when all sites listen.
        stop: ends it.

    Raises:
        CannotServe: if an address cannot be had, or must not be.
    """
    for site in sites:
        check_address(site, settings, var)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    running: list[threading.Thread] = []
    settings = _with_demo(settings, sites)
    servers: list[Any] = []  # one socket each, which waitress's type stubs do not foresee
    recorders: list[Recorder[Any]] = []
    for site in sites:
        app = _application(site, sites, var, settings)
        if site.edition is not None:
            recorders += recorders_of(app)
            edition_of(app).warm()
        server: Any = create_server(
            app,
            map={},
            sockets=[_listen(site)],
            threads=settings.threads,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_S,
            ident="",
            max_request_body_size=MAX_BODY,
            **_behind(site, settings),
        )
        server.channel_class = Channel
        servers.append(server)
        watch_load(app, Load(partial(len, server.task_dispatcher.queue), settings.threads))
        running.append(threading.Thread(target=server.run, daemon=True, name=site.name))
        if site.edition is Edition.STAFF:
            upkeep = upkeep_for(settings, var, owners_in(edition_of(app)))
            contacts = contacts_upkeep(upkeep.staff, settings, var)
            rounds = partial(upkeep.run, stop, contacts.daily)
            running.append(threading.Thread(target=rounds, daemon=True, name="upkeep"))
            pinning = partial(keep_pinned, upkeep.staff, var, stop)
            running.append(threading.Thread(target=pinning, daemon=True, name="pins"))
            deliver = deliverer_for(upkeep.staff, settings).run
            running.append(
                threading.Thread(target=deliver, args=(stop,), daemon=True, name="deliverer")
            )
    if watcher is not None:
        running.append(threading.Thread(target=watcher.run, daemon=True, name="watcher"))
    # What is loaded by now stays: nobody should wait while the collector looks through all of it.
    gc.collect()
    gc.freeze()
    for thread in running:
        thread.start()
    for recorder in recorders:
        recorder.start()
    ready()
    stop.wait()
    if watcher is not None:
        watcher.stop()
        running[-1].join(timeout=10)
    for server in servers:
        server.task_dispatcher.shutdown(timeout=5)
        server.trigger.pull_trigger(partial(_close, server))
    for thread in running:
        thread.join(timeout=5)
    for recorder in recorders:
        recorder.close()


def _behind(site: Site, settings: Settings) -> dict[str, Any]:
    """What lets requests have the address that a web server before this one has seen.

    The staff site reads it itself, see access/forwarded.py: it has to know the web server too.
    """
    if site.edition is Edition.STAFF:
        return {"clear_untrusted_proxy_headers": False}
    if not settings.trusted_proxy:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "clear_untrusted_proxy_headers": True,
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for"},
    }


def _application(site: Site, sites: Sequence[Site], var: Path, settings: Settings) -> Flask:
    if site.edition is not None:
        try:
            return create_app(site.edition, var, _with_own_name(settings, site))
        except WrongAddress as error:
            raise CannotServe(str(error)) from error
    return create_demo(next(one.port for one in sites if one.edition is Edition.PUBLIC))


def _with_own_name(settings: Settings, site: Site) -> Settings:
    """The settings, with what a site is bound to among the names that it answers to."""
    name = _own_name(site)
    return settings.model_copy(
        update={"staff_hosts": (*settings.staff_hosts, *([name] if name else []))}
    )


def _with_demo(settings: Settings, sites: Sequence[Site]) -> Settings:
    """The settings, with the demo among those whose pages may carry the widget."""
    origins = [
        replace(site, host=host).url.rstrip("/")
        for site in sites
        if site.edition is None
        for host in (site.host, "localhost", "127.0.0.1")
    ]
    return settings.model_copy(update={"widget_origins": (*settings.widget_origins, *origins)})


def _close(server: Any) -> None:
    """Close a server and its connections; called in its own thread, which then ends.

    Closed from another thread, a socket would go while its own thread waits for it.
    """
    server.close()
    for channel in list(server.active_channels.values()):
        channel.close()


def _listen(site: Site) -> socket.socket:
    """A socket bound to a site's address."""
    family = socket.AF_INET6 if ":" in site.host else socket.AF_INET
    try:
        return socket.create_server((site.host, site.port), family=family)
    except OSError as error:
        raise CannotServe(
            f"{site.url} cannot be used ({error.strerror}); stop what is using it, or choose "
            "another port with --port and --staff-port"
        ) from error
