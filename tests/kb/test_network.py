"""Names of hosts and networks, as an operator writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.network import (
    is_loopback,
    read_address,
    read_hosts,
    read_networks,
    subscriber,
    within,
)


@pytest.mark.parametrize("written", [["Desk.council.example", "desk"], "desk.council.example,desk"])
def test_hosts_are_read_from_a_list_or_a_line(written):
    assert read_hosts(written) == ("desk.council.example", "desk")


@pytest.mark.parametrize("written", ["https://desk", "desk:8001", "*", ["a b"], "desk/", 7, [""]])
def test_what_is_no_host_is_refused_with_the_form(written):
    with pytest.raises(ValueError, match=r"desk\.council\.example"):
        read_hosts(written)


def test_networks_are_addresses_or_ranges_of_them():
    found = read_networks("192.0.2.7 198.51.100.0/24,2001:db8::/64")
    assert [str(one) for one in found] == ["192.0.2.7/32", "198.51.100.0/24", "2001:db8::/64"]
    assert read_networks(list(found)) == found


@pytest.mark.parametrize("written", ["192.0.2.7/24", "proxy", ["192.0.2.999"], 5, [5], "0/0x", "*"])
def test_what_is_no_network_is_refused_with_the_form(written):
    with pytest.raises(ValueError, match=r"write it as"):
        read_networks(written)


def test_an_address_is_within_its_network_in_either_way_of_writing_it():
    networks = read_networks(["192.0.2.0/24", "2001:db8::/64"])
    for inside in ("192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1", "2001:db8::1%eth0"):
        assert within(networks, inside)
    for outside in ("192.0.3.1", "2001:db8:0:1::1", "", "192.0.2.1x", "unix:"):
        assert not within(networks, outside)


@pytest.mark.parametrize(
    ("written", "here"),
    [
        *[(address, True) for address in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1")],
        *[(address, False) for address in ("0.0.0.0", "192.0.2.1", "", "localhost")],
    ],
)
def test_this_machine_is_known_by_its_addresses(written, here):
    assert is_loopback(written) is here


def test_a_subscriber_has_one_address_or_a_network_of_them():
    assert subscriber("192.0.2.7") == subscriber("::ffff:192.0.2.7") == "192.0.2.7"
    assert subscriber("2001:db8::1") == subscriber("2001:db8::ffff") == "2001:db8::/64"
    assert subscriber("unix:") == "unix:"


@given(st.text())
def test_anything_may_be_written_for_an_address(written):
    address = read_address(written)
    assert address is None or str(address)
    subscriber(written)
