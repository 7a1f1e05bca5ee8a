"""Whatever stands where the address of a request should, the server answers, and answers tidily."""

import socket
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.search_api.test_serve import get, serving

TARGETS = [
    *[b"//", b"///", b"//../../etc/passwd", b"//evil.example/search", b"//[", b"//[::1"],
    *[b"http://localhost/", b"http://evil.example/search", b"http://localhost:99999/", b"http:///"],
    *[b"http://[", b"http://[::1/", b"http://[]/", b"http://a[b]/", b"http://]/", b"http://[v.x]/"],
    *[b"*", b"?", b"#", b"x:", b"://", b"../search", b"localhost:80", b"/?q=%ff", b"/%zz", b"/%"],
    *[b"/%2f..%2fetc%2fpasswd", b"/%5c..%5c", b"/\\..\\", b"\\", b"/%00", b"/\0", b"/\xff"],
    *[b"http://\xe2\x84\x80/", b"http://\xff/", b"/%0d%0aX-Injected:%20yes", b"/articles//x"],
    *[b"/" + b"a" * 9000, b"/" * 9000, b"/" + b"%2f" * 9000, b"/search?q=" + b"a" * 9000],
]


@pytest.fixture(scope="module")
def sites(lasting_var):
    with serving(lasting_var) as found:
        yield found


def asked(site, target: bytes, more: bytes = b"") -> bytes:
    """The answer to a request that is sent as it is."""
    with socket.create_connection((site.host, site.port), timeout=10) as connection:
        answer = b""
        with suppress(ConnectionResetError, BrokenPipeError):  # closed before all was sent
            connection.sendall(
                b"GET %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%b\r\n"
                % (target, more)
            )
            while part := connection.recv(65536):
                answer += part
    return answer


def is_tidy(answer: bytes) -> None:
    """Fail where it is none, or no answer to give to anybody."""
    head = answer.partition(b"\r\n\r\n")[0]
    assert head.startswith(b"HTTP/1.1 ")
    assert head[9:10] in b"234", head
    assert b"Traceback" not in answer
    assert b"\nX-Injected" not in head
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b": ")
        if name.lower() == b"location":
            here = value.removeprefix(b"http://localhost")
            assert here.startswith(b"/"), value
            assert not here.startswith((b"//", b"/\\")), value


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: repr(target[:30]))
def test_any_address_is_answered(sites, target):
    for site in sites:
        is_tidy(asked(site, target))


@settings(max_examples=60)
@given(st.binary(max_size=40).filter(lambda sent: not set(sent) & set(b" \r\n")))
@example(b"http://[")
def test_any_bytes_for_an_address_are_answered(sites, target):
    public, _ = sites
    is_tidy(asked(public, b"/" + target))
    is_tidy(asked(public, b"http://" + target))


def test_a_length_of_thousands_of_digits_is_refused(sites):
    for site in sites:
        is_tidy(asked(site, b"/", b"Content-Length: " + b"9" * 5000 + b"\r\n"))


def test_the_log_has_no_word_of_a_fault_of_the_server(sites, caplog):
    for target in TARGETS:
        is_tidy(asked(sites[0], target))
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


def test_the_site_goes_on(sites):
    for target in TARGETS:
        asked(sites[0], target)
    assert "Potholes" in get(sites[0].url)
