"""The passage that answers best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import stem, terms, tokens
from indexer.passages import LENGTH, PassageIndex, best_passage
from kb.article import Audience
from tests.indexer.made import article, section

STAFF = Audience.STAFF


def weights(words):
    return {stem(word): 1.0 for word in words.split()}


def hits(answer):
    return [span.text for span in answer.spans if span.hit]


def test_the_section_with_the_words_asked_for_answers():
    made = article(
        sections=(
            section("We empty bins each week."),
            section("A sofa costs thirty pounds.", "Large things"),
            section("Garden waste goes to compost.", "Garden"),
        )
    )
    answer = best_passage(made, weights("sofa pounds"))
    assert (answer.anchor, answer.heading) == ("large-things", "Large things")
    assert answer.text == "A sofa costs thirty pounds."


def test_words_in_a_heading_count_for_its_section():
    made = article(
        sections=(section("We are open."), section("Ring us.", "Sofas"), section("Write."))
    )
    assert best_passage(made, weights("sofa")).anchor == "sofas"


def test_a_rare_word_counts_for_more_than_a_common_one():
    made = article(
        sections=(section("Open."), section("Council.", "One"), section("Asbestos.", "Two"))
    )
    assert best_passage(made, {"council": 0.1, "asbesto": 4.0}).anchor == "two"


def test_each_word_counts_for_more_than_repeats_of_one():
    made = article(
        sections=(
            section("Open."),
            section("Bins bins bins bins bins.", "One"),
            section("Bins cost money.", "Two"),
        )
    )
    assert best_passage(made, weights("bins money")).anchor == "two"


def test_of_two_that_answer_alike_the_first_does():
    made = article(sections=(section("Bins.", "One"), section("Bins.", "Two")))
    assert best_passage(made, weights("bins")).anchor == "one"


def test_without_any_of_the_words_the_first_section_answers():
    made = article(sections=(section("We are open.", "One"), section("Ring us.", "Two")))
    answer = best_passage(made, weights("unicorn"))
    assert (answer.text, hits(answer)) == ("We are open.", [])
    assert best_passage(made, {}).text == "We are open."


def test_every_form_of_a_word_asked_for_is_marked_as_it_is_written():
    made = article(sections=(section("Bins: the bin's lid, BIN bags; binge."),))
    answer = best_passage(made, weights("bin"))
    assert hits(answer) == ["Bins", "bin's", "BIN"]
    assert answer.text == "Bins: the bin's lid, BIN bags; binge."


def test_marks_are_data_and_the_text_is_not_changed():
    made = article(sections=(section("<b>Bins</b> & “bags”, 🚮 tŷ."),))
    answer = best_passage(made, weights("bins ty"))
    assert answer.text == "<b>Bins</b> & “bags”, 🚮 tŷ."
    assert hits(answer) == ["Bins", "tŷ"]


def test_a_summary_that_answers_as_well_as_the_first_section_is_preferred():
    made = article(summary="Bins go out on Monday.", sections=(section("Put bins out early."),))
    answer = best_passage(made, weights("bins"))
    assert (answer.text, answer.anchor) == ("Bins go out on Monday.", "")


def test_a_section_that_answers_better_is_preferred_to_the_summary():
    made = article(
        summary="All about bins.", sections=(section("Open."), section("Lids cost £5.", "Lids"))
    )
    assert best_passage(made, weights("lids cost")).anchor == "lids"


def test_an_article_without_a_body_has_no_answer():
    assert best_passage(article(title="Bins"), weights("bins")) is None
    assert best_passage(article(summary="All about bins."), weights("bins")) is None


def test_a_heading_without_text_answers_with_itself():
    answer = best_passage(article(sections=(section("", "Sofas"),)), weights("sofa"))
    assert (answer.text, hits(answer)) == ("Sofas", ["Sofas"])


def test_a_staff_block_does_not_answer_where_an_open_passage_does():
    made = article(
        sections=(
            section("We come back for a missed bin."),
            section("Missed bin: look at the round sheet, missed bin.", "Missed bin", STAFF),
        )
    )
    answer = best_passage(made, weights("missed bin round sheet"))
    assert answer.audience is Audience.PUBLIC
    assert answer.text == "We come back for a missed bin."


def test_a_staff_block_answers_what_no_open_passage_does_and_says_so():
    made = article(
        title="Bins",
        sections=(section("We come back."), section("Look at the round sheet.", "", STAFF)),
    )
    answer = best_passage(made, weights("round sheet"))
    assert answer.audience is Audience.STAFF
    assert hits(answer) == ["round", "sheet"]


def test_an_open_passage_answers_where_neither_has_the_words():
    made = article(sections=(section("Look at the sheet.", "", STAFF), section("We come back.")))
    assert best_passage(made, weights("unicorn")).text == "We come back."


def test_an_article_of_staff_blocks_alone_answers_with_one_and_says_so():
    made = article(sections=(section("Look at the sheet.", "", STAFF),))
    assert best_passage(made, weights("unicorn")).audience is Audience.STAFF


LONG = " ".join(f"Sentence number {number} is about nothing much at all." for number in range(60))


@pytest.mark.parametrize("place", ["front", "middle", "back"])
def test_a_long_passage_is_cut_to_whole_sentences_around_the_words(place):
    said = "The sofa is collected on Thursday."
    half = len(LONG) // 2
    cut = LONG.index(". ", half) + 2
    text = {
        "front": f"{said} {LONG}",
        "middle": f"{LONG[:cut]}{said} {LONG[cut:]}",
        "back": f"{LONG} {said}",
    }[place]
    answer = best_passage(article(sections=(section(text),)), weights("sofa Thursday"))
    assert said in answer.text
    assert len(answer.text) <= LENGTH + len(said)
    assert answer.text in text
    assert answer.text[0] in "ST"
    assert answer.text.endswith(".")


@pytest.mark.parametrize("text", ["bin " * 5_000, "x" * 20_000, "bin\n" * 5_000, "." * 20_000])
def test_an_answer_is_bounded_whatever_the_text(text):
    answer = best_passage(article(sections=(section(text),)), weights("bin"))
    assert 0 < len(answer.text) <= LENGTH * 2 + 2


def test_paragraphs_are_run_together():
    made = article(sections=(section("Bins go out.\nBags do not."),))
    assert best_passage(made, weights("bins bags")).text == "Bins go out. Bags do not."


def test_a_summary_without_end_is_cut_like_any_passage():
    made = article(summary="bin " * 1_000, sections=(section("Open."),))
    assert len(best_passage(made, weights("bin")).text) <= LENGTH * 2 + 2


SAID = ["bin", "Bins", "tŷ", "🚮", "don't", "SW1A 1AA", "tax.", "Taxes!", "road", "e\u0301t\u0301"]
words = st.lists(st.sampled_from([*SAID, "\n"]), max_size=200)
texts = words.map(lambda said: " ".join(said).strip())
sections = st.lists(st.builds(section, texts, texts.map(lambda text: text[:30])), max_size=4)


@given(sections=sections, asked=st.sets(st.sampled_from(SAID)))
def test_the_words_marked_are_those_asked_for_wherever_they_stand(sections, asked):
    wanted = {term: 1.0 for word in asked for term in terms(word)}
    index = PassageIndex.of(article(title="A title", sections=tuple(sections)))
    answer = PassageIndex.load(index.data).best(wanted)
    assert (answer is None) == (not any(one.text.strip() or one.heading for one in sections))
    if answer is not None:
        at = 0
        marks = []
        for span in answer.spans:
            assert span.text
            marks += [(at, at + len(span.text))] if span.hit else []
            at += len(span.text)
        found = [(one.start, one.end) for one in tokens(answer.text) if one.term in wanted]
        assert marks == found
