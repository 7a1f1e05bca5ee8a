"""Each part of the recipe can be left out, and only that part."""

import pytest

from indexer.question import Interpreter
from indexer.results import SearchRequest
from indexer.search import Searcher
from indexer.signals import FULL, PARTS, SETTINGS, Signals


@pytest.fixture
def generation(content, publish):
    content.write("synonyms.yml", "- {say: [wagon], mean: [bin lorry], audience: public}\n")
    content.article("faqs/bins.md", title="Bin collections", body="A lorry empties recycling.")
    content.article("faqs/tax.md", title="Council tax", body="Bands of tax.")
    publish()
    return publish.generation()


def asked(generation, signals, words="wagon recicling"):
    return Interpreter(generation, signals).interpret(SearchRequest(words))


def test_everything_is_on_unless_told_otherwise(generation):
    assert Signals() == FULL
    assert all(getattr(FULL, part) for part in PARTS)
    whole = asked(generation, FULL)
    assert whole == Interpreter(generation).interpret(SearchRequest("wagon recicling"))
    assert {clause.term for clause in whole.query.clauses} == {"recycl", "bin", "lorri"}
    assert whole.query.hints
    assert whole.query.coverage
    assert whole.did_you_mean == "wagon recycling"


def test_without_synonyms_only_what_was_said_is_looked_for(generation):
    question = asked(generation, FULL.without("synonyms"))
    assert [clause.term for clause in question.query.clauses] == ["recycl"]
    assert question.query.hints == asked(generation, FULL).query.hints


def test_without_the_general_vocabulary_either(content, publish):
    content.article("faqs/one.md", title="Refuse and recycling", body="Rubbish, bins, waste.")
    publish()
    generation = publish.generation()
    extra = {c.term for c in asked(generation, FULL, "trash").query.clauses}
    assert extra
    assert asked(generation, FULL.without("synonyms"), "trash").query.clauses == ()


def test_without_trigrams_there_are_no_hints_and_the_rest_is_the_same(generation):
    whole, question = asked(generation, FULL), asked(generation, FULL.without("trigrams"))
    assert question.query.hints == ()
    assert question.query.clauses == whole.query.clauses
    assert question.query.coverage == whole.query.coverage


def test_without_coverage_the_share_of_the_question_counts_for_nothing(generation):
    whole, question = asked(generation, FULL), asked(generation, FULL.without("coverage"))
    assert question.query.coverage == 0
    assert question.query.clauses == whole.query.clauses


def test_without_corrections_a_slip_stays_a_slip(generation):
    question = asked(generation, FULL.without("corrections"))
    assert question.did_you_mean is None
    assert "recycl" not in {clause.term for clause in question.query.clauses}


def test_a_searcher_passes_them_on(generation):
    request = SearchRequest("wagon")
    assert [hit.id for hit in Searcher(generation).search(request).results] == ["bins"]
    without = Searcher(generation, FULL.without("synonyms"))
    assert without.search(request).results == ()


def test_every_part_has_its_setting():
    assert list(SETTINGS) == [
        "no-synonyms",
        "no-trigrams",
        "no-coverage",
        "no-corrections",
        "no-meaning",
    ]
    assert SETTINGS["no-coverage"] == Signals(coverage=False)


def test_a_part_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match='no part "luck"; there are synonyms, '):
        FULL.without("luck")
