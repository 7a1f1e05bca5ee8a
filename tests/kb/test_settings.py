"""Settings: given directly, in the environment, in kb.toml, or by default."""

import os
from pathlib import Path

import pytest

from kb.settings import Settings, SettingsProblem, load_settings


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to stand in, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith("KB_")]:
        monkeypatch.delenv(name)
    return tmp_path


def test_everything_has_a_default():
    settings = load_settings()
    assert (settings.content, settings.var) == (Path("content"), Path("var"))
    assert (settings.host, settings.port, settings.staff_port) == ("127.0.0.1", 8000, 8001)


def test_every_setting_says_what_it_is():
    assert all(field.description for field in Settings.model_fields.values())


def test_the_file_is_read(folder):
    (folder / "kb.toml").write_text('content = "pages"\nport = 9000\n')
    settings = load_settings()
    assert (settings.content, settings.port) == (Path("pages"), 9000)


def test_the_environment_goes_before_the_file(folder, monkeypatch):
    (folder / "kb.toml").write_text("port = 9000\nstaff_port = 9001\n")
    monkeypatch.setenv("KB_PORT", "9100")
    settings = load_settings()
    assert (settings.port, settings.staff_port) == (9100, 9001)


def test_what_is_given_directly_goes_before_all(folder, monkeypatch):
    (folder / "kb.toml").write_text("port = 9000\n")
    monkeypatch.setenv("KB_PORT", "9100")
    assert Settings(port=9200).port == 9200


def test_a_variable_without_our_prefix_means_nothing(monkeypatch):
    monkeypatch.setenv("PORT", "1")
    monkeypatch.setenv("HOST", "elsewhere")
    settings = load_settings()
    assert (settings.port, settings.host) == (8000, "127.0.0.1")


@pytest.mark.parametrize("port", ["0", "65536", "http", "", "80.5"])
def test_a_setting_that_cannot_be_used_is_named_with_where_it_may_stand(monkeypatch, port):
    monkeypatch.setenv("KB_PORT", port)
    with pytest.raises(SettingsProblem, match=r"^KB_PORT or port in kb\.toml: .*not '"):
        load_settings()


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("", ""),
        ("https://Help.Council.example/", "https://help.council.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_public_address_is_an_origin(written, origin):
    assert Settings(public_url=written).public_url == origin


@pytest.mark.parametrize(
    "written",
    [
        "help.council.example",
        "ftp://help.council.example",
        "https://help.council.example/kb",
        "https://help.council.example?x",
        "https://me@help.council.example",
        'https://"><script>',
        "https://",
    ],
)
def test_a_public_address_that_is_no_origin_is_refused_with_the_fix(monkeypatch, written):
    monkeypatch.setenv("KB_PUBLIC_URL", written)
    with pytest.raises(SettingsProblem, match="without a path"):
        load_settings()


def test_an_unknown_setting_in_the_file_is_named(folder):
    (folder / "kb.toml").write_text("prot = 9000\n")
    with pytest.raises(SettingsProblem, match=r'kb\.toml: there is no setting "prot"; remove it'):
        load_settings()


@pytest.mark.parametrize("data", [b"port = = 1", b"port", b"\xff"])
def test_a_file_that_is_not_toml_is_named(folder, data):
    (folder / "kb.toml").write_bytes(data)
    with pytest.raises(SettingsProblem, match=r"kb\.toml cannot be read"):
        load_settings()


@pytest.mark.parametrize(
    "written", ["https://a.example, https://b.example", "https://a.example https://b.example"]
)
def test_a_list_is_written_with_commas_or_blanks_in_the_environment(monkeypatch, written):
    monkeypatch.setenv("KB_WIDGET_ORIGINS", written)
    assert load_settings().widget_origins == ("https://a.example", "https://b.example")


def test_a_list_is_a_list_in_the_file(folder):
    (folder / "kb.toml").write_text('widget_origins = ["https://a.example/", "*"]\n')
    assert load_settings().widget_origins == ("https://a.example", "*")


def test_an_entry_that_cannot_be_used_is_shown_with_the_form_to_write(monkeypatch):
    monkeypatch.setenv("KB_WIDGET_ORIGINS", "www.council.example")
    with pytest.raises(SettingsProblem, match=r"KB_WIDGET_ORIGINS .* write it as https://"):
        load_settings()


def test_a_proxy_that_signs_people_in_has_a_secret_and_an_address(monkeypatch):
    monkeypatch.setenv("KB_PROXY_SECRET", "s" * 32)
    with pytest.raises(SettingsProblem, match=r"^kb\.toml: proxy_secret .* proxy_peers"):
        load_settings()
    monkeypatch.setenv("KB_PROXY_PEERS", "192.0.2.7")
    settings = load_settings()
    assert settings.proxy_secret is not None
    assert settings.proxy_secret.get_secret_value() == "s" * 32
    assert "sss" not in repr(settings)


def test_a_secret_is_never_repeated(monkeypatch):
    monkeypatch.setenv("KB_PROXY_SECRET", "too-short")
    with pytest.raises(SettingsProblem, match="KB_PROXY_SECRET") as problem:
        load_settings()
    assert "too-short" not in str(problem.value)


def test_hosts_and_networks_are_read_from_one_line(monkeypatch):
    monkeypatch.setenv("KB_STAFF_HOSTS", "desk.council.example, desk")
    monkeypatch.setenv("KB_PROXY_PEERS", "192.0.2.7 2001:db8::/64")
    settings = load_settings()
    assert settings.staff_hosts == ("desk.council.example", "desk")
    assert [str(one) for one in settings.proxy_peers] == ["192.0.2.7/32", "2001:db8::/64"]


@pytest.mark.parametrize("header", ["X Remote", "", "X-Remote-User:", "X_Remote_User"])
def test_a_header_that_can_be_none_is_refused(monkeypatch, header):
    monkeypatch.setenv("KB_PROXY_USER_HEADER", header)
    with pytest.raises(SettingsProblem, match="KB_PROXY_USER_HEADER"):
        load_settings()
