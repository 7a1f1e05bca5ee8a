"""Words and meaning together: what is found, in what order, and what happens when it fails."""

import pytest

from indexer.embedding import OFF, Semantics
from indexer.meaning import SHARE
from indexer.results import SearchRequest
from indexer.search import Searcher
from indexer.signals import FULL
from kb.article import Edition
from tests.indexer.concepts import Concepts


@pytest.fixture
def embedder(publish):
    made = Concepts()
    publish.semantics = Semantics(made)
    publish.publisher = publish.another()
    return made


@pytest.fixture
def council(content, publish, embedder):
    content.write("synonyms.yml", "[]\n")
    content.article("faqs/toilets.md", title="Public toilet", body="Open from 8 to 6.")
    content.article("faqs/parks.md", title="Park benches", body="Sit and rest.")
    content.article("services/rest.md", title="Rest homes", body="Homes for older people.")
    publish()
    return publish


def test_an_article_without_a_word_of_the_question_is_found_by_its_meaning(council):
    assert council.found("zzz") == []
    assert council.found("zog") == ["toilets"]
    page = council.search("zog")
    assert page.total == 1
    assert page.results[0].answer.text == "Open from 8 to 6."


def test_a_question_that_is_asked_again_is_not_encoded_again(council, embedder):
    searcher = council.searcher()
    embedder.read.clear()
    pages = [searcher.search(SearchRequest("zog", page=page)) for page in (1, 1, 2)]
    assert [[hit.id for hit in page.results] for page in pages] == [["toilets"], ["toilets"], []]
    assert embedder.read == ["zog"]


def test_words_count_beside_meaning(council):
    assert council.found("rest homes")[0] == "rest"
    scores = [hit.score for hit in council.search("rest").results]
    assert scores == sorted(scores, reverse=True)


def test_a_question_that_is_still_being_typed_is_answered_by_words_alone(council):
    assert council.search("zog", quick=True).total == 0
    assert council.found("rest homes", quick=True)[0] == "rest"


def test_kind_and_service_restrict_both(council):
    assert council.found("zog", kind="service") == []
    assert council.found("zog", kind="faq") == ["toilets"]
    assert council.found("zog", service="rest") == []


def test_every_page_holds_what_it_should(content, publish, embedder):
    for number in range(130):
        content.article(f"faqs/q{number:03}.md", title=f"Common item{number % 50}", body="Common.")
    content.article("faqs/loo.md", title="Toilet", body="Open.")
    publish()
    seen: list[str] = []
    for page in range(1, 5):
        answer = publish.search("common loo", page=page, size=50)
        assert answer.total == 131
        seen += [hit.id for hit in answer.results]
    assert len(seen) == len(set(seen)) == 131
    scores = [hit.score for hit in publish.search("common loo", size=50).results]
    assert scores == sorted(scores, reverse=True)


def test_the_explanation_adds_up_and_names_the_nearest_text(council):
    (hit,) = council.search("zog", explain=True).results
    assert hit.fusion.text == "Public toilet"
    assert hit.fusion.words == 0
    assert hit.fusion.share == SHARE
    assert hit.fusion.score == pytest.approx(hit.score, abs=1e-4)
    assert council.search("zog").results[0].fusion is None


def test_words_count_less_where_they_found_little_of_the_question(council):
    whole, little = (
        council.search(words, explain=True).results[0].fusion.words
        for words in ("rest homes", "rest among unheard strange things")
    )
    assert whole == 1
    assert 0 < little < 0.7


def test_a_title_counts_a_little_more_than_another_text(content, publish, embedder):
    content.article("faqs/a.md", title="Alpha", questions=["zog"], body="One.")
    content.article("faqs/b.md", title="Zog", body="Two.")
    publish()
    likeness = {hit.id: hit.fusion.likeness for hit in publish.search("loo", explain=True).results}
    assert likeness["b"] > likeness["a"]


def test_a_slip_is_corrected_unless_the_model_knows_the_word(content, publish):
    content.article("faqs/recycling.md", title="Recycling", body="In the blue bin.")
    for known in (frozenset(), frozenset({"recicling"})):
        embedder = Concepts(known=known)
        publish.semantics = Semantics(embedder)
        publish.another().publish(full=True)
        searcher = publish.searcher()
        embedder.read.clear()
        assert searcher.search(SearchRequest("my recicling")).did_you_mean == "my recycling"
        assert embedder.read == ["my recicling" if known else "my recycling"]


def test_it_can_be_left_out(council):
    searcher = council.searcher()
    assert searcher.having(FULL.without("meaning")).search(SearchRequest("zog")).total == 0


def test_a_model_that_breaks_leaves_the_words(council, embedder):
    searcher = council.searcher()
    assert not searcher.semantic
    embedder.broken = True
    assert [hit.id for hit in searcher.search(SearchRequest("toilet")).results] == ["toilets"]
    assert searcher.semantic == "the model broke"


def test_a_model_that_breaks_at_publish_publishes_without(content, publish, embedder):
    content.article("faqs/bins.md", title="Bins")
    embedder.broken = True
    publish()
    assert publish.publisher.semantics.wanted
    assert publish.publisher.semantics.reason == "the model broke"
    assert publish.generation().manifest.model is None
    assert publish.found("bins") == ["bins"]


def test_vectors_come_and_go_with_the_model(content, publish):
    content.article("faqs/bins.md", title="Bins")
    publish()
    assert publish.generation().manifest.model is None
    assert publish.searcher().semantic == "switched off"
    model = Semantics(Concepts())
    assert "kb index" in Searcher(publish.generation(), semantics=model).semantic
    publish.semantics = model
    assert publish.another().publish().published
    assert publish.generation().manifest.model == "concepts"
    assert not publish.another().publish().published
    assert publish.found("trash") == ["bins"]
    other = Semantics(Concepts("another"))
    assert "another model" in Searcher(publish.generation(), semantics=other).semantic
    publish.semantics = OFF
    assert publish.another().publish().published
    assert publish.generation().vectors is None
    assert not list(publish.generation().folder.glob("vectors-*"))


def test_an_edit_reads_one_article_and_both_editions_share_it(content, publish, embedder):
    content.article("faqs/bins.md", title="Bins", body="Seven.")
    content.article("faqs/toilets.md", title="Toilet", body="Eight.")
    publish()
    assert sorted(embedder.read) == ["Bins", "Bins. Seven.", "Toilet", "Toilet. Eight."]
    embedder.read.clear()
    content.article("faqs/bins.md", title="Bins", body="Half past six.")
    publish()
    assert embedder.read == ["Bins", "Bins. Half past six."]
    for edition in Edition:
        assert publish.found("trash", edition) == ["bins"]


def test_damaged_vectors_leave_the_words(council):
    folder = council.generation().folder
    for path in folder.glob("vectors-*.json"):
        path.write_bytes(b"{")
    assert "kb index --full" in council.searcher().semantic
    assert council.found("toilet") == ["toilets"]


def test_the_public_vectors_hold_nothing_of_the_staff(content, publish, embedder):
    body = "Open words.\n\n::: staff\nHush about zog\n:::"
    content.article("faqs/parks.md", title="Parks", body=body)
    content.article("faqs/secret.md", title="Loo secret", audience="staff")
    publish()
    assert publish.found("toilet") == []
    assert set(publish.found("toilet", Edition.STAFF)) == {"parks", "secret"}


def test_an_empty_edition_and_an_empty_question(content, publish, embedder):
    content.write("synonyms.yml", "[]\n")
    publish()
    assert publish.found("bins") == []
    content.article("faqs/bins.md", title="Bins")
    publish()
    assert publish.found("") == []
    assert publish.found("?!") == []
