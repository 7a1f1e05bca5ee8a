"""A chain in a store on both databases, with its seals beside it."""

from pathlib import Path

import pytest

from kb.contacts.audit import audit
from kb.contacts.chain import Chain
from kb.contacts.seals import Seals
from kb.records.database import Database
from kb.records.tables import Line


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    return Seals(tmp_path / "records" / "contacts.seals")


@pytest.fixture
def chain(staff: Database, seals: Seals) -> Chain:
    return Chain(staff, seals)


@pytest.fixture
def chain_in_file(open_store, tmp_path: Path) -> Chain:
    """A chain in SQLite, whatever else the tests run on."""
    store = open_store(f"sqlite:///{tmp_path}/file/records.db", tuple(Line))
    return Chain(store, Seals(tmp_path / "file.seals"))


@pytest.fixture
def verified_of():
    """Verifies a chain as it is now."""

    return lambda chain: audit(chain.database, [chain.seals])


@pytest.fixture
def verified(chain, verified_of):
    """Verifies the chain of the test as it is now."""
    return lambda: verified_of(chain)
