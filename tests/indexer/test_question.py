"""From the caller's words to a query."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import STOP_WORDS
from indexer.engine import Clause
from indexer.expansion import WEIGHT
from indexer.generation import open_current
from indexer.publish import Publisher
from indexer.question import MAX_TERMS, Interpreter
from indexer.results import SearchRequest
from kb.article import Edition


@pytest.fixture
def interpreter(content, publish):
    content.write(
        "synonyms.yml",
        "- {say: [dole money], mean: [benefit], audience: public}\n"
        "- {say: [wagon], mean: [bin lorry], audience: public}\n"
        "- {say: [qazsaid], mean: [benefit], audience: staff}\n",
    )
    content.article("faqs/bins.md", title="Bin collections", body="A lorry empties recycling.")
    content.article("faqs/lorry.md", title="Lorry noise", body="Write to the council, please.")
    content.article("faqs/money.md", title="Benefit", body="Money from a dome or a waggon.")
    publish()
    return Interpreter(publish.generation())


def clauses(interpreter, words, **request):
    question = interpreter.interpret(SearchRequest(words, **request))
    return {clause.term: clause.weight for clause in question.query.clauses}


def meant(interpreter, words):
    return interpreter.interpret(SearchRequest(words)).did_you_mean


def test_each_word_is_a_clause_in_its_stemmed_form(interpreter):
    assert clauses(interpreter, "Collecting BINS") == {"collect": 1.0, "bin": 1.0}


def test_a_word_said_twice_is_one_clause(interpreter):
    assert clauses(interpreter, "bin bins bin's") == {"bin": 1.0}


def test_stop_words_are_left_out_as_long_as_another_word_is_left(interpreter):
    assert clauses(interpreter, "how do I write to the bins") == {"write": 1.0, "bin": 1.0}


def test_stop_words_alone_are_what_is_asked(interpreter):
    assert clauses(interpreter, "please to the") == {"pleas": 1.0, "to": 1.0, "the": 1.0}


def test_a_word_of_no_article_is_no_clause(interpreter):
    assert clauses(interpreter, "qazunknown bins") == {"bin": 1.0}
    assert clauses(interpreter, "qazunknown") == {}


@pytest.mark.parametrize("words", ["", " ", "\n\t", "?!*", "🚮", '""', "()", "\0", "\u202e"])
def test_nothing_asked_is_a_query_of_nothing(interpreter, words):
    question = interpreter.interpret(SearchRequest(words))
    assert (question.query.clauses, question.did_you_mean) == ((), None)


def test_marks_of_a_query_language_are_only_marks(interpreter):
    written = 'title:bin AND "lorry" NOT [a TO z] coun* bin~3 +money -dome (x OR y)^9'
    assert {"bin", "lorri", "money", "dome"} <= set(clauses(interpreter, written))


def test_kind_and_service_are_passed_on(interpreter):
    query = interpreter.interpret(SearchRequest("bins", kind="faq", service="waste")).query
    assert (query.kind, query.service) == ("faq", "waste")


def test_a_slip_is_corrected_and_counts_a_little_less(interpreter):
    found = clauses(interpreter, "recicling bins")
    assert set(found) == {"recycl", "bin"}
    assert WEIGHT < found["recycl"] < found["bin"] == 1.0


def test_a_slip_in_a_stop_word_leaves_it_out_like_the_word(content, publish):
    content.article("faqs/one.md", title="Bins", body="Because we say so.")
    publish()
    interpreter = Interpreter(publish.generation())
    assert clauses(interpreter, "becuase bins") == {"bin": 1.0}
    assert meant(interpreter, "becuase bins") == "because bins"
    assert set(clauses(interpreter, "becuase")) == {"becaus"}


def test_did_you_mean_says_what_was_typed_with_the_slips_corrected(interpreter):
    assert meant(interpreter, "  Where is my  recicling lory?! ") == (
        "Where is my recycling lorry?!"
    )


def test_did_you_mean_is_none_where_nothing_is_to_be_corrected(interpreter):
    assert meant(interpreter, "recycling lorries") is None
    assert meant(interpreter, "qazunknown") is None
    assert meant(interpreter, "where is the") is None


def test_a_word_known_in_another_form_is_no_slip(interpreter):
    assert meant(interpreter, "recycled collection") is None


def test_a_synonym_is_added_and_counts_less(interpreter):
    assert clauses(interpreter, "wagon") == {"bin": WEIGHT, "lorri": WEIGHT}
    assert clauses(interpreter, "wagon bins") == {"bin": 1.0, "lorri": WEIGHT}


def test_a_synonym_is_no_slip_though_a_word_is_near(interpreter):
    assert meant(interpreter, "wagon") is None
    assert "waggon" not in clauses(interpreter, "wagon")


def test_a_synonym_of_several_words_is_no_slip_though_a_word_is_near(interpreter):
    assert meant(interpreter, "dole money") is None
    assert clauses(interpreter, "dole money") == {"money": 1.0, "benefit": WEIGHT}


def test_a_corrected_word_has_its_synonyms(content, publish):
    content.write("synonyms.yml", "- {say: trolley, mean: lorry, audience: public}\n")
    content.article("faqs/one.md", title="Trolley", body="A lorry.")
    publish()
    assert clauses(Interpreter(publish.generation()), "troley") == {
        "trolley": pytest.approx(0.9),
        "lorri": WEIGHT,
    }


def test_a_staff_synonym_serves_the_staff_edition_alone(interpreter, publish):
    assert clauses(interpreter, "qazsaid") == {}
    staff = Interpreter(publish.generation(Edition.STAFF))
    assert clauses(staff, "qazsaid") == {"benefit": WEIGHT}


def test_a_rarer_word_is_worth_more_and_none_is_worth_nothing(interpreter):
    assert interpreter.rarity("bin") > interpreter.rarity("lorri") > 0
    assert interpreter.rarity("qazunknown") >= interpreter.rarity("bin")


def test_a_long_question_is_bounded_to_its_rarest_words(content, publish):
    common = " ".join(f"common{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60))
    content.article("faqs/one.md", title="One", body=common)
    content.article("faqs/two.md", title="Two", body=f"{common} unicorn")
    publish()
    found = clauses(Interpreter(publish.generation()), f"{common} unicorn")
    assert len(found) == MAX_TERMS
    assert "unicorn" in found


def test_what_comes_after_two_thousand_characters_is_not_read(interpreter):
    assert clauses(interpreter, "bins " + "?" * 2_000 + " lorry") == {"bin": 1.0}


def test_a_question_of_ten_thousand_slips_is_answered(interpreter):
    assert clauses(interpreter, "recicling " * 10_000) == {"recycl": pytest.approx(0.9)}


@pytest.fixture(scope="module")
def asked_anything(tmp_path_factory):
    """An interpreter of some articles, for a property that opens it once."""
    folder = tmp_path_factory.mktemp("anything")
    (folder / "content").mkdir()
    words = " ".join(f"{first}{second}ing" for first in "abcdefgh" for second in "aeiou")
    (folder / "content" / "one.md").write_text(
        f"---\ntitle: Bins and lorries\naudience: public\n---\n{words}\nTŷ 217 垃圾\n"
    )
    (folder / "content" / "synonyms.yml").write_text(
        "- {say: [aaing], mean: [abing acing beeing], audience: public, both_ways: true}\n"
    )
    Publisher(folder / "content", folder / "var").publish()
    generation = open_current(folder / "var", Edition.PUBLIC)
    yield Interpreter(generation)
    generation.close()


_likely = st.sampled_from(
    [
        "bins",
        "lories",
        "aaing",
        "beingg",
        *sorted(STOP_WORDS)[:20],
        "title:",
        "*",
        '"',
        "TŶ",
        "垃圾",
    ]
)
anything = st.one_of(
    st.text(alphabet=st.characters(), max_size=300),
    st.lists(_likely | st.text(alphabet=st.characters(), max_size=8), max_size=120).map(" ".join),
    st.text(alphabet="abcdefghing '’", max_size=3_000),
)


@settings(deadline=None, database=None)
@given(words=anything)
def test_any_text_becomes_a_bounded_query_of_known_terms(asked_anything, words):
    question = asked_anything.interpret(SearchRequest(words))
    assert len(question.query.clauses) <= MAX_TERMS
    for clause in question.query.clauses:
        assert isinstance(clause, Clause)
        assert 0 < clause.weight <= 1
    terms = [clause.term for clause in question.query.clauses]
    assert len(set(terms)) == len(terms)
    assert question.did_you_mean != words
