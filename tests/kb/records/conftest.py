"""The public store; the staff store is every test's."""

import pytest

from kb.records.database import Database
from kb.records.tables import Line


@pytest.fixture
def public(new_url, open_store) -> Database:
    return open_store(new_url(), (Line.JOURNAL,))
