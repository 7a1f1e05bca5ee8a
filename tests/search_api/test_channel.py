"""Connections of the server: what is sent arrives whole, and nobody keeps another from sending."""

import socket
import threading

import pytest

from search_api.channel import Channel
from tests.search_api.made import publish_council
from tests.search_api.test_serve import serving

SIZE = 3_000_000


@pytest.fixture
def channel():
    """A connection on which an answer is being made, and some of it is not sent yet."""
    made = Channel.__new__(Channel)
    made.outbuf_lock = threading.Condition()
    made.requests = ["GET /"]
    made.total_outbufs_len = 100
    made.will_close = made.close_when_flushed = False
    return made


def while_sending(channel: Channel) -> bool:
    """Whether it is writable while another thread sends."""
    sends, done = threading.Event(), threading.Event()

    def send():
        with channel.outbuf_lock:
            sends.set()
            done.wait(20)

    thread = threading.Thread(target=send)
    thread.start()
    sends.wait(20)
    try:
        return bool(channel.writable())
    finally:
        done.set()
        thread.join()


def test_what_the_answering_thread_sends_itself_is_not_for_another(channel):
    assert channel.writable()
    assert not while_sending(channel)
    assert channel.writable(), "and the lock was let go"


def test_a_connection_to_be_closed_is_closed_all_the_same(channel):
    channel.will_close = True
    assert while_sending(channel)


def test_where_nothing_is_left_nothing_is_to_be_sent(channel):
    channel.total_outbufs_len = 0
    assert not channel.writable()


@pytest.mark.parametrize("path", ["/files/public/big.txt", "/articles/long"])
def test_a_caller_who_reads_slowly_gets_it_all(content, var, path):
    content.write("files/public/big.txt", "a" * SIZE)
    content.article("faqs/long.md", title="Long", body="many words\n\n" * 30_000)
    publish_council(content, var)
    with serving(var) as (site, _), socket.socket() as caller:
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        caller.settimeout(20)
        caller.connect((site.host, site.port))
        caller.sendall(b"GET %b HTTP/1.0\r\nHost: localhost\r\n\r\n" % path.encode())
        answer = b""
        while part := caller.recv(16_384):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200"), head
    assert f"Content-Length: {len(body)}".encode() in head
    assert len(body) >= 300_000
