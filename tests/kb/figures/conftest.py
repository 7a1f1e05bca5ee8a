"""A chain in a store on both databases, and contacts in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.contacts.chain import Chain
from kb.contacts.seals import Seals
from kb.figures.contacts import ContactFigures, contact_figures
from kb.figures.period import Period
from kb.records.database import Database
from tests.kb.contacts.made import report


@pytest.fixture
def chain(staff: Database, tmp_path: Path) -> Chain:
    return Chain(staff, Seals(tmp_path / "contacts.seals"))


@pytest.fixture
def took(chain) -> Callable[..., None]:
    """Takes in some contacts that are alike."""

    def take(number: int = 1, **fields) -> None:
        chain.take_in([report(**fields) for _ in range(number)])

    return take


@pytest.fixture
def counted(chain) -> Callable[[Period], ContactFigures]:
    def count(period: Period) -> ContactFigures:
        with chain.database.reading() as connection:
            return contact_figures(connection, period)

    return count
