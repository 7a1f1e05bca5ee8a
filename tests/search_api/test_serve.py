"""Serving: where the staff edition may be bound, and real requests over real sockets."""

import socket
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import pytest

from indexer.publish import Publisher
from indexer.watch import Watcher
from kb import clock
from kb.accounts.accounts import Accounts
from kb.accounts.demo import add_demo
from kb.accounts.roles import Role
from kb.article import Edition
from kb.contacts.audit import audit
from kb.contacts.stores import chain_of
from kb.records.entries import Search
from kb.records.journal import read
from kb.records.replies import Wanted, replies
from kb.records.stores import store_of
from kb.settings import Settings
from search_api import create_app
from search_api.feedback.taking import EACH
from search_api.recording import recorder_of
from search_api.serve import CannotServe, Site, cautions, check_address, serve
from search_api.widget.demo import create_demo
from tests.kb.contacts.made import report
from tests.search_api.signing import signed_in_header
from tests.waiting import until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(var, watcher=None, demo=False, **settings):
    served = [*Edition, None] if demo else [*Edition]
    sites = [Site(edition, "127.0.0.1", free_port()) for edition in served]
    ready, stop = threading.Event(), threading.Event()
    thread = threading.Thread(
        target=serve, args=(var, sites, Settings(threads=4, **settings), watcher, ready.set, stop)
    )
    thread.start()
    try:
        assert ready.wait(20)
        yield sites
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def get(url: str, headers: dict[str, str] | None = None) -> str:
    request = urllib.request.Request(url, headers=headers or {})
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read().decode()


@pytest.fixture
def accounts(var):
    database = store_of(Edition.STAFF, Settings(), var)
    yield Accounts(database)
    database.close()


OTHERS = ["0.0.0.0", "", "::", "192.0.2.1"]


@pytest.mark.parametrize("host", OTHERS)
def test_the_staff_site_is_not_bound_to_other_machines_while_it_has_no_account(host, var):
    with pytest.raises(CannotServe, match="kb user add"):
        check_address(Site(Edition.STAFF, host, 8001), Settings(), var)


@pytest.mark.parametrize("host", OTHERS)
def test_the_staff_site_is_not_bound_to_other_machines_with_a_demonstration_account(
    host, var, accounts
):
    add_demo(accounts)
    accounts.add("jo", Role.ADMIN)
    with pytest.raises(CannotServe, match="kb user remove-demo"):
        check_address(Site(Edition.STAFF, host, 8001), Settings(), var)


@pytest.mark.parametrize("host", OTHERS)
def test_the_staff_site_is_not_bound_to_other_machines_if_its_accounts_cannot_be_read(host, var):
    settings = Settings(database_url=f"sqlite:///{var.parent}")  # a folder is no database
    with pytest.raises(CannotServe, match="cannot be read"):
        check_address(Site(Edition.STAFF, host, 8001), settings, var)


@pytest.mark.parametrize("host", OTHERS)
def test_with_accounts_of_people_alone_the_staff_site_is_bound_anywhere(host, var, accounts):
    accounts.add("jo", Role.ADMIN)
    check_address(Site(Edition.STAFF, host, 8001), Settings(), var)


@pytest.mark.parametrize(
    ("host", "settings", "said"),
    [
        ("0.0.0.0", {}, ["staff_tls", "staff_hosts"]),
        ("192.0.2.1", {}, ["staff_tls"]),
        ("0.0.0.0", {"staff_tls": True, "staff_hosts": "desk.council.example"}, []),
        ("127.0.0.1", {}, []),
    ],
)
def test_the_operator_is_told_what_a_staff_site_on_the_network_lacks(host, settings, said):
    sites = [Site(edition, host, 8001) for edition in Edition]
    found = cautions(sites, Settings(**settings))
    assert [setting in caution for caution, setting in zip(found, said, strict=True)] == [
        True for _ in said
    ]


def test_the_staff_site_answers_to_the_address_that_it_is_bound_to(council, var):
    site = Site(Edition.STAFF, "127.0.0.2", free_port())
    ready, stop = threading.Event(), threading.Event()
    arguments = (var, [site], Settings(threads=2), None, ready.set, stop)
    thread = threading.Thread(target=serve, args=arguments)
    thread.start()
    try:
        assert ready.wait(20)
        assert "Sign in" in get(f"{site.url}sign-in")
    finally:
        stop.set()
        thread.join(20)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_the_staff_site_is_served_on_this_machine_whatever_accounts_there_are(host, var):
    check_address(Site(Edition.STAFF, host, 8001), Settings(), var)


def test_the_public_edition_may_be_served_anywhere(var):
    check_address(Site(Edition.PUBLIC, "0.0.0.0", 8000), Settings(), var)


def test_both_sites_answer_each_from_its_own_edition(council, var):
    with serving(var) as (public, staff):
        assert "round sheet" not in get(f"{public.url}articles/missed-bin")
        signed_in = signed_in_header(var)
        assert "round sheet" in get(f"{staff.url}articles/missed-bin", signed_in)


def test_what_was_searched_is_in_the_store_when_the_server_has_stopped(council, var):
    with serving(var) as (public, staff):
        get(f"{public.url}search?q=missed+bin")
        get(f"{staff.url}search?q=bomb", signed_in_header(var))
    for edition, query in ((Edition.PUBLIC, "missed bin"), (Edition.STAFF, "bomb")):
        with store_of(edition, Settings(), var).reading() as connection:
            (found,) = read(connection, Search, 0, 9).entries
        assert found.entry.query == query


def test_what_the_public_says_comes_to_the_staff_and_to_the_owner(council, var):
    council.write("directory.csv", "id,name\nwaste-desk,Waste desk\n")
    council.article("services/missed-bin.md", owner="waste-desk", body="Ask us.")
    Publisher(council.path, var).publish()
    said = {"kind": "complaint", "comment": "Late", "article": "missed-bin"}
    client = create_app("public", var).test_client()
    assert client.post("/api/v1/feedback", json=said).status_code == 202
    recorder_of(client.application).close()
    store = store_of(Edition.STAFF, Settings(), var)
    with serving(var):
        until(lambda: any(reply.routed for reply in replies(store, Wanted(), 9)))
    (reply,) = replies(store, Wanted(), 9)
    assert (reply.owner, reply.feedback.comment) == ("waste-desk", "Late")


def post(url: str, client: str) -> int:
    headers = {"Content-Type": "application/json", "X-Forwarded-For": client}
    asked = urllib.request.Request(url, b'{"answered": true}', headers)
    try:
        with urllib.request.urlopen(asked, timeout=10) as response:
            return response.status
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


@pytest.mark.parametrize(("proxy", "refused"), [("", 2), ("127.0.0.1", 0), ("192.0.2.1", 2)])
def test_clients_are_told_apart_behind_the_listed_web_server_alone(council, var, proxy, refused):
    with serving(var, trusted_proxy=proxy) as (public, _):
        url = f"{public.url}api/v1/feedback"
        statuses = [post(url, f"192.0.2.{number}") for number in range(EACH[0] + 2)]
    assert statuses.count(429) == refused
    assert statuses.count(202) == len(statuses) - refused


def test_an_address_of_records_that_is_none_is_named_with_its_setting(council, var):
    site = Site(Edition.PUBLIC, "127.0.0.1", free_port())
    settings = Settings(public_database_url="mysql://localhost")
    with pytest.raises(CannotServe, match=r"KB_PUBLIC_DATABASE_URL .*not supported"):
        serve(var, [site], settings, None, lambda: None, threading.Event())


def test_a_port_in_use_is_named_with_the_fix(council, var):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        site = Site(Edition.PUBLIC, "127.0.0.1", taken.getsockname()[1])
        with pytest.raises(CannotServe, match="--port"):
            serve(var, [site], Settings(), None, lambda: None, threading.Event())


def test_a_saved_file_is_served_without_a_restart(council, var):
    published = threading.Event()
    watcher = Watcher(
        Publisher(council.path, var),
        published=lambda report: published.set() if report.published else None,
        failed=lambda error: None,
    )
    with serving(var, watcher) as (public, _):
        published.wait(5)
        published.clear()
        council.article("faqs/new.md", title="Zebra crossings", body="Ask for a zebra crossing.")
        assert published.wait(20)
        assert "Zebra crossings" in get(f"{public.url}search?q=zebra")


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 300_000 + b"\r\n\r\n",
        b"GET /" + b"x" * 300_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_not_http_is_refused_or_answered_and_the_site_goes_on(council, var, sent):
    with serving(var) as (public, _):
        with socket.create_connection((public.host, public.port), timeout=10) as connection:
            answer = b""
            with suppress(ConnectionResetError, BrokenPipeError):  # closed before all was sent
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                while more := connection.recv(65536):
                    answer += more
        status = answer.split(b" ", 2)[1] if answer else b""
        assert status in (b"", b"200", b"400", b"404", b"405", b"431", b"501", b"505")
        assert b"Traceback" not in answer
        assert "Potholes" in get(public.url)


def test_whoever_serves_the_staff_site_purges_contacts(council, var, monkeypatch):
    database = store_of(Edition.STAFF, Settings(), var)
    chain = chain_of(database, var)
    with monkeypatch.context() as long_ago:
        long_ago.setattr(clock, "now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
        chain.take_in([report("long ago")])
    chain.take_in([report("now")])
    with serving(var):
        until(lambda: audit(database, [chain.seals]).purged == 1, seconds=60)
    assert audit(database, [chain.seals]).rows == 2
    database.close()


def test_the_demo_of_the_widget_is_of_another_origin_which_is_let_in(council, var):
    with serving(var, demo=True) as (public, _, demo):
        page = get(demo.url)
        assert f'<script src="{public.url}widget.js"' in page
        for origin in (demo.url[:-1], demo.url[:-1].replace("127.0.0.1", "localhost")):
            request = urllib.request.Request(f"{public.url}api/v1/services")
            request.add_header("Origin", origin)
            with urllib.request.urlopen(request, timeout=10) as response:
                assert response.headers["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize("host", ["evil.example/x", "a b", "<script>", "[::1"])
def test_a_host_that_is_none_gets_no_demo(host):
    assert create_demo(8000).test_client().get("/", headers={"Host": host}).status_code == 400
