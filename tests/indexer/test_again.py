"""A publish of what has changed leads to what a publish of everything leads to."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.catalogue import NOTHING
from indexer.generation import open_current
from indexer.publish import Publisher
from indexer.results import SearchRequest
from indexer.search import Searcher
from kb.article import Edition
from tests.edits import BEGINNING, DAYS, EDITS, FIRST_DAY, NAMES, apply

QUESTIONS = ("bins", "the bin hidden", "qazone", "about", "refuse", "tres", "form trees waste")


def answers(searcher, question):
    """What a question finds: each article with its score and answer, and how many there are."""
    page = searcher.search(SearchRequest(question))
    found = {hit.id: (pytest.approx(hit.score, rel=1e-3), hit.answer) for hit in page.results}
    return found, page.total, page.did_you_mean


def knows(searcher):
    """What an edition holds, however it lies on disk."""
    store = searcher.generation.store
    rows = {key: (row.fingerprint, store.get(key)) for key, row in store.rows.items()}
    return list(rows.items()), searcher.generation.lexicon, searcher.generation.setting


@pytest.mark.slow
@settings(max_examples=30)
@given(st.lists(st.tuples(EDITS, DAYS, st.booleans()), min_size=1, max_size=5))
def test_any_publishes_lead_to_what_one_leads_to(steps):
    with TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.catalogue._MANY", 3)
        content, var = Path(scratch) / "content", Path(scratch) / "var"
        content.mkdir()
        today = [FIRST_DAY]

        def clock():
            return today[-1]

        publisher = Publisher(content, var, clock)
        known = dict.fromkeys(Edition, NOTHING)
        for edits, day, other in [(BEGINNING, FIRST_DAY, False), *steps]:
            apply(edits, content)
            today.append(day)
            if other:  # another process comes first this time
                Publisher(content, var, clock).publish()
            touched = {name for name, _ in edits} if day == FIRST_DAY else None
            report = publisher.publish(touched=touched)
            for edition in Edition:
                generation = open_current(var, edition, known[edition])
                known[edition] = generation.store.catalogue
                generation.close()
        anew = Publisher(content, Path(scratch) / "anew", clock)
        assert anew.publish().problems == report.problems
        for edition in Edition:
            some = Searcher(open_current(var, edition, known[edition]))
            every = Searcher(open_current(anew.var, edition))
            assert knows(some) == knows(every)
            for question in QUESTIONS:
                assert answers(some, question) == answers(every, question)
            for typed in ("ab", "about tr", *NAMES):
                assert some.suggest(typed) == every.suggest(typed)
            some.close()
            every.close()
