"""Whoosh behind the seam."""

from indexer.whoosh_engine import WHOOSH
from tests.indexer.engine_contract import EngineContract
from tests.indexer.made import document


class TestWhooshEngine(EngineContract):
    engine = WHOOSH

    def test_an_update_leaves_no_lock_behind(self, held):
        held.put(document("bins", title="Bins"))
        held.put(document("trees", title="Trees"), gone=("bins",))
        assert [path.name for path in held.folder.iterdir() if "LOCK" in path.name] == []
