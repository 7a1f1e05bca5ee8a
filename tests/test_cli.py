"""The `kb` command, as typed."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

ROOT = Path(__file__).parents[1]


@pytest.fixture
def kb(content, tmp_path, monkeypatch):
    """Runs a command on the content; its result has exit_code, stdout and stderr."""
    for name in ("KB_CONTENT", "KB_VAR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    place = ["--content", str(content.path), "--var", str(tmp_path / "var")]

    def run(*words: str):
        return CliRunner().invoke(main, [*place, *words])

    return run


@pytest.fixture
def bins(content):
    content.write("authority.yml", "name: Testshire\n")
    content.article("faqs/bins.md", title="Missed bins", body="Report a missed bin online.")
    content.article("faqs/tax.md", title="Council tax bands", body="Bands are set by the VOA.")
    content.article("guides/rude.md", title="Rude callers", audience="staff", body="Stay calm.")
    return content


def test_help_names_every_command_and_default(kb):
    said = kb("--help").stdout
    for command in ("check", "index", "watch", "serve", "search", "shop"):
        assert re.search(rf"^  {command} ", said, re.MULTILINE)
        assert kb(command, "--help").exit_code == 0
    assert "default: content" in said


def test_check_is_silent_about_good_content(kb, bins):
    result = kb("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no problems" in result.stderr


def test_check_prints_each_problem_with_file_and_line(kb, bins):
    bins.write("faqs/bad.md", "---\ntitle: Bad\naudience: pubic\n---\nText.\n")
    result = kb("check")
    assert result.exit_code == 1
    assert re.search(r'faqs/bad\.md:3: error: audience "pubic" is not known; write ', result.stdout)


def test_warnings_alone_do_not_fail_a_check(kb, bins):
    bins.article("faqs/empty.md", title="Empty", body="")
    result = kb("check")
    assert result.exit_code == 0
    assert "warning" in result.stdout


def test_index_ends_with_one_line_of_what_changed(kb, bins):
    first = kb("index").stdout
    assert re.fullmatch(
        r"public 2 articles \(2 added\); staff 3 articles \(3 added\); \d+\.\d\d s\n", first
    )
    assert kb("index").stdout.startswith("public unchanged; staff unchanged;")
    bins.article("faqs/bins.md", title="Missed bins", body="Report it by telephone.")
    assert "1 changed" in kb("index").stdout
    assert "3 added" in kb("index", "--full").stdout


def test_index_publishes_around_an_error_and_says_so(kb, bins):
    bins.write("faqs/bad.md", "no front matter")
    result = kb("index")
    assert result.exit_code == 0
    assert "faqs/bad.md:1: error" in result.stderr
    assert "public 2 articles" in result.stdout


def test_search_publishes_first_and_answers_from_the_public_edition(kb, bins):
    result = kb("search", "missed", "bin")
    assert result.exit_code == 0
    assert "Missed bins" in result.stdout
    assert "Rude callers" not in kb("search", "rude", "callers").stdout
    assert "Rude callers" in kb("search", "rude", "callers", "--edition", "staff").stdout


def test_search_json_is_the_apis_own_answer(kb, bins):
    answer = json.loads(kb("search", "report", "missed", "bins", "-n", "1", "--json").stdout)
    assert set(answer) - {"unsure"} == {
        *("query", "total", "page", "generation", "took_ms", "did_you_mean", "results"),
    }
    assert [hit["id"] for hit in answer["results"]] == ["bins"]


def test_search_words_that_look_like_markup_are_printed_as_typed(kb, bins):
    bins.article("faqs/markup.md", title="[bold]Tags[/x]", body="Type [red] or [/] here.")
    assert "[bold]Tags[/x]" in kb("search", "tags").stdout


def test_shop_reports_figures_and_misses(kb, bins, tmp_path):
    bank = tmp_path / "bank.jsonl"
    bank.write_text(
        '{"id": "1", "query": "my bin was missed", "relevant": ["bins"]}\n'
        '{"id": "2", "query": "wages", "relevant": ["tax"]}\n'
    )
    found = json.loads(kb("shop", str(bank), "--json").stdout)
    assert (found["questions"], found["success@1"], found["mrr@10"]) == (2, 0.5, 0.5)
    assert [miss["id"] for miss in found["misses"]] == ["2"]
    assert "wages" in kb("shop", str(bank)).stdout
    assert kb("shop", str(bank), "--fail-under", "1=0.5").exit_code == 0
    assert kb("shop", str(bank), "--fail-under", "1=0.6").exit_code == 1


@pytest.fixture
def bank(bins, tmp_path):
    """Two questions: one that is found, one that is missed."""
    path = tmp_path / "bank.jsonl"
    path.write_text(
        '{"id": "1", "query": "my bin was missed", "relevant": ["bins"]}\n'
        '{"id": "2", "query": "wages: how [much]", "relevant": ["tax"]}\n'
    )
    return str(path)


def test_shop_learn_lists_the_wordings_and_writes_a_change_that_patch_accepts(kb, bank, tmp_path):
    result = kb("shop", bank, "--learn", "change.diff")
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "content/faqs/tax.md\n  + wages: how [much]  (nothing was found)\n"
    )
    assert "1 wording for 1 article" in result.stderr
    assert "patch -p0 < change.diff" in result.stderr
    diff = (tmp_path / "change.diff").read_bytes()
    subprocess.run(["patch", "-s", "-p0"], input=diff, check=True, cwd=tmp_path)
    assert '"wages: how [much]"' in (tmp_path / "content/faqs/tax.md").read_text()
    assert kb("index").exit_code == 0
    again = kb("shop", bank, "--learn", "change.diff", "--fail-under", "3=1")
    assert (again.exit_code, (tmp_path / "change.diff").read_bytes()) == (0, b"")
    assert "nothing to add" in again.stdout


def test_shop_learn_json_names_additions_and_what_was_left_out(kb, bank):
    said = json.loads(kb("shop", bank, "--learn", "change.diff", "--json").stdout)
    assert [one["article"] for one in said["additions"]] == ["tax"]
    assert said["left_out"] == []


def test_shop_learn_from_elsewhere_says_where_the_change_is_applied(
    kb, bank, tmp_path, monkeypatch
):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    result = kb("shop", bank, "--learn", "change.diff")
    assert f"patch -p0 -d {tmp_path / 'content'} < change.diff" in result.stderr
    diff = (tmp_path / "elsewhere" / "change.diff").read_bytes()
    subprocess.run(["patch", "-s", "-p0", "-d", tmp_path / "content"], input=diff, check=True)
    assert "wages" in (tmp_path / "content/faqs/tax.md").read_text()


def test_shop_compare_puts_settings_side_by_side(kb, bank):
    result = kb("shop", bank, "--compare", "no-synonyms", "--compare", "no-coverage")
    assert result.exit_code == 0
    assert result.stdout.split("\n", 1)[0].split() == ["full", "no-synonyms", "no-coverage"]
    said = json.loads(kb("shop", bank, "--compare", "no-synonyms", "--json").stdout)
    assert list(said) == ["full", "no-synonyms"]
    assert said["full"]["success@1"] == 0.5


def test_shop_learn_and_compare_need_what_they_can_use(kb, bank, tmp_path):
    both = kb("shop", bank, "--compare", "no-synonyms", "--learn", "change.diff")
    assert both.exit_code == 2
    assert "one after the other" in both.stderr
    for wrong, said in (
        (["--compare", "no-luck"], "no-synonyms"),
        (["--learn", str(tmp_path)], "directory"),
        (["--learn", "nowhere/change.diff"], "cannot be written"),
    ):
        result = kb("shop", bank, *wrong)
        assert result.exit_code == 2
        assert said in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["shop", "nowhere.jsonl"], "nowhere.jsonl"),
        (["search"], "WORDS"),
        (["search", "x", "--edition", "secret"], "secret"),
        (["serve", "--port", "99999"], "99999"),
        (["serve", "--host", "0.0.0.0", "--edition", "staff"], "no account"),
        (["serve", "--host", "0.0.0.0"], "--edition public"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_use_ends_with_two_and_names_the_fix(kb, bins, words, said):
    result = kb(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_missing_content_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in ("check", "index"):
        result = CliRunner().invoke(main, ["--content", "nowhere", command])
        assert result.exit_code == 2
        assert "nowhere" in result.stderr
        assert "--content" in result.stderr


def test_a_bad_bound_and_a_bad_bank_are_named(kb, bins, tmp_path):
    bank = tmp_path / "bank.jsonl"
    bank.write_text('{"id": "1"}\n')
    assert f"{bank}:1" in kb("shop", str(bank)).stderr
    bank.write_text('{"id": "1", "query": "bins", "relevant": ["bins"]}\n')
    assert "3=0.80" in kb("shop", str(bank), "--fail-under", "lots").stderr


def test_settings_come_from_the_file_the_environment_and_the_command_line(
    content, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    content.article("faqs/one.md", title="One", body="One.")
    (tmp_path / "kb.toml").write_text(f'content = "{content.path}"\nvar = "from-file"\n')
    assert CliRunner().invoke(main, ["index"]).exit_code == 0
    assert (tmp_path / "from-file").is_dir()
    monkeypatch.setenv("KB_VAR", "from-environment")
    assert CliRunner().invoke(main, ["index"]).exit_code == 0
    assert (tmp_path / "from-environment").is_dir()
    assert CliRunner().invoke(main, ["--var", "from-option", "index"]).exit_code == 0
    assert (tmp_path / "from-option").is_dir()
    (tmp_path / "kb.toml").write_text("prot = 8000\n")
    result = CliRunner().invoke(main, ["index"])
    assert result.exit_code == 2
    assert "prot" in result.stderr


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


SEARCH = "/search?q=bins"


def address(line: str) -> str:
    """The address in a line that `kb serve` prints."""
    return line.split(": ", 1)[1].strip().rstrip("/")


def test_the_demonstration_account_is_announced_each_time_and_its_password_once(
    kb, bins, monkeypatch
):
    """The servers are left out: they run until they are stopped."""
    import search_api.serve

    monkeypatch.setattr(
        search_api.serve, "serve", lambda var, sites, settings, watcher, ready, stop: ready()
    )
    first, second = kb("serve"), kb("serve", "--edition", "staff")
    assert "Demonstration account: name demo, password " in first.stdout
    assert "password" not in second.stdout
    assert "kb user remove-demo" in first.stderr
    assert "kb user remove-demo" in second.stderr
    assert "remove-demo" not in kb("serve", "--edition", "public").output
    wide = kb("serve", "--host", "0.0.0.0")
    assert wide.exit_code == 2
    assert "kb user remove-demo" in wide.stderr
    assert kb("user", "add", "jo", "--no-password").exit_code == 0
    assert kb("serve", "--host", "0.0.0.0").exit_code == 2
    assert kb("user", "remove-demo").exit_code == 0
    assert kb("serve", "--host", "0.0.0.0").exit_code == 0
    assert "emonstration" not in kb("serve").output


def test_no_account_is_made_where_only_the_public_site_is_served(kb, bins, monkeypatch):
    import search_api.serve

    monkeypatch.setattr(
        search_api.serve, "serve", lambda var, sites, settings, watcher, ready, stop: ready()
    )
    kb("serve", "--edition", "public")
    assert "no account" in kb("user", "list").stderr


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_its_addresses_answers_and_stops_when_asked(content, tmp_path, end):
    content.article("faqs/bins.md", title="Missed bins", body="Report a missed bin online.")
    command = [sys.executable, str(ROOT / "cli.py"), "--content", str(content.path)]
    command += ["--var", str(tmp_path / "var"), "serve", "--watch"]
    command += ["--port", free_port(), "--staff-port", free_port()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout is not None
        public, staff, account = (process.stdout.readline() for _ in range(3))
        assert public.startswith("Public site: http://127.0.0.1:")
        assert staff.startswith("Staff site: http://127.0.0.1:")
        shown = re.fullmatch(
            r"Demonstration account: name demo, password (\S+) \(shown this once\)\n", account
        )
        assert shown is not None
        form = urllib.parse.urlencode({"name": "demo", "password": shown[1], "next": SEARCH})
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with urllib.request.urlopen(f"{address(public)}{SEARCH}", timeout=10) as response:
            assert b"Missed bins" in response.read()
        with browser.open(f"{address(staff)}/sign-in", form.encode(), timeout=10) as response:
            assert b"Missed bins" in response.read()
        process.send_signal(end)
        assert process.wait(20) == 0


def test_search_explains_itself(kb, bins):
    said = kb("search", "report", "binns", "--explain").stdout
    assert "corrected from binns" in said
    assert "letters in common" in said
