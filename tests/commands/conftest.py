"""Commands on an empty folder."""

import pytest
from click.testing import CliRunner

from cli import main
from kb.accounts.accounts import Accounts
from kb.accounts.tokens import Tokens
from kb.article import Edition
from kb.records.stores import store_of
from kb.settings import Settings


@pytest.fixture
def kb(content, tmp_path, monkeypatch):
    """Runs a command; its result has exit_code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    place = ["--content", str(content.path), "--var", str(tmp_path / "var")]

    def run(*words: str, typed: str | None = None):
        return CliRunner().invoke(main, [*place, *words], input=typed)

    return run


@pytest.fixture
def database(tmp_path):
    opened = store_of(Edition.STAFF, Settings(), tmp_path / "var")
    yield opened
    opened.close()


@pytest.fixture
def accounts(database) -> Accounts:
    return Accounts(database)


@pytest.fixture
def tokens(database) -> Tokens:
    return Tokens(database)
