"""Where is sent to: the operator's own addresses, and what their names may lead to."""

import socket

import pytest
from pydantic import ValidationError

from kb.handover import posting
from kb.handover.endpoint import NotAllowed, read_endpoint
from kb.handover.settings import WebHook
from kb.handover.signing import PREFIX, new_secret, read_secret, signed
from kb.settings import SettingsProblem, load_settings


@pytest.mark.parametrize(
    ("written", "netloc", "path"),
    [
        ("https://crm.example", "crm.example", "/"),
        ("https://CRM.example:8443/hooks?a=b", "crm.example:8443", "/hooks?a=b"),
        ("http://localhost:9000/x", "localhost:9000", "/x"),
        ("http://[::1]:9000/", "[::1]:9000", "/"),
        ("https://bücher.example/", "xn--bcher-kva.example", "/"),
    ],
)
def test_an_address_is_read(written, netloc, path):
    found = read_endpoint(written)
    assert (found.netloc, found.path) == (netloc, path)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "crm.example",
        "ftp://crm.example/",
        "file:///etc/passwd",
        "https://user:pass@crm.example/",
        "https://crm.example/#part",
        "https://crm.example:99999/",
        "https://crm.example/a b",
        "https://crm.example/\r\nX: y",
        "http://crm.example/",
        "http://10.0.0.7/",
    ],
)
def test_what_is_no_address_to_send_to_is_refused(written):
    with pytest.raises(ValueError, match=r"https://"):
        read_endpoint(written)


def test_a_plain_connection_is_for_those_who_say_so():
    assert read_endpoint("http://10.0.0.7/", allow_http=True).scheme == "http"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "169.254.169.254",
        "fe80::1",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "fd00:ec2::254",
        "100.100.100.200",
    ],
)
def test_a_name_that_leads_to_this_machine_or_its_cloud_is_not_followed(monkeypatch, address):
    endpoint = read_endpoint("https://crm.example/")
    with pytest.raises(NotAllowed):
        endpoint.check(address)
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    reply = posting.post(endpoint, b"", {})
    assert not reply.taken
    assert "nothing is sent to" in reply.problem


def test_a_council_s_own_network_and_this_machine_by_its_name_are_fine():
    read_endpoint("https://crm.example/").check("10.1.2.3")
    read_endpoint("http://localhost/").check("127.0.0.1")


def test_a_name_that_is_not_known_is_a_failure_and_no_fault(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    reply = posting.post(read_endpoint("https://nowhere.example/"), b"", {})
    assert (reply.status, reply.problem) == (None, "no connection: Name or service not known")


def test_a_secret_is_made_and_read():
    assert len(read_secret(new_secret())) == 32
    assert new_secret() != new_secret()
    for bad in ("", "abc", PREFIX, PREFIX + "short", PREFIX + "ä" * 40, PREFIX + "!" * 44):
        with pytest.raises(ValueError, match="kb outbox secret") as caught:
            read_secret(bad)
        assert not bad or bad == PREFIX or bad not in str(caught.value)


def test_the_signature_is_that_of_the_standard_s_example():
    # From the specification's own libraries: their test secret, id, timestamp and body.
    headers = signed(
        read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


HOOK = {"name": "crm", "url": "https://crm.example/", "secret": new_secret()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "C R M"},
        {"url": "http://crm.example/"},
        {"secret": "hunter2"},
        {"events": []},
        {"events": ["contact.eaten"]},
        {"colour": "red"},
    ],
)
def test_a_web_hook_that_will_not_do_is_refused(wrong):
    with pytest.raises(ValidationError):
        WebHook.model_validate({**HOOK, **wrong})


def test_settings_say_what_is_wrong_and_never_the_secret(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "kb.toml"

    def write(*hooks: dict[str, str]) -> None:
        lines = [
            f"[[webhooks]]\n{''.join(f'{k} = {v!r}' + chr(10) for k, v in h.items())}"
            for h in hooks
        ]
        config.write_text("\n".join(lines))

    write(HOOK, {**HOOK, "name": "other"})
    assert [hook.name for hook in load_settings().webhooks] == ["crm", "other"]
    for hooks in ([HOOK, HOOK], [{**HOOK, "secret": "hunter2"}], [{"secret": "hunter2"}]):
        write(*hooks)
        with pytest.raises(SettingsProblem, match="webhooks") as caught:
            load_settings()
        assert "hunter2" not in str(caught.value)
        assert HOOK["secret"] not in str(caught.value)
