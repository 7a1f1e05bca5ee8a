"""How much is let in, by a clock that the test turns."""

import threading

import pytest

from search_api import rate
from search_api.rate import RateLimit, client_key


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_some_are_let_in_at_once_and_then_one_at_a_time(clock):
    limit = RateLimit(3, 10.0, clock)
    assert [limit.wait("a") for _ in range(4)] == [0, 0, 0, 10]
    clock.now += 4
    assert limit.wait("a") == 6
    clock.now += 6
    assert [limit.wait("a"), limit.wait("a")] == [0, 10]
    clock.now += 1000
    assert [limit.wait("a") for _ in range(4)] == [0, 0, 0, 10]


def test_each_key_has_its_own_share(clock):
    limit = RateLimit(1, 10.0, clock)
    assert [limit.wait("a"), limit.wait("b"), limit.wait("a")] == [0, 0, 10]


def test_those_that_are_refused_wait_no_longer_for_it(clock):
    limit = RateLimit(1, 10.0, clock)
    assert [limit.wait("a") for _ in range(100)][-1] == 10
    clock.now += 10
    assert limit.wait("a") == 0


def test_what_is_kept_is_bounded_and_the_longest_silent_is_forgotten(clock, monkeypatch):
    monkeypatch.setattr(rate, "KEYS", 3)
    limit = RateLimit(1, 10.0, clock)
    for key in ("a", "b", "c", "a", "d"):
        limit.wait(key)
    assert set(limit._due) == {"a", "c", "d"}


def test_threads_together_are_let_in_no_oftener(clock):
    limit = RateLimit(50, 10.0, clock)
    let_in: list[float] = []
    threads = [
        threading.Thread(target=lambda: let_in.extend(limit.wait("a") for _ in range(40)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert let_in.count(0) == 50


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", True),
        ("2001:db8:1:1::1", "2001:db8:1:2::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        (None, "not an address", True),
    ],
)
def test_a_client_is_told_by_its_address_and_in_ipv6_by_its_network(one, other, same):
    assert (client_key(one) == client_key(other)) is same
