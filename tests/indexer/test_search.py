"""The one search path."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.current import open_searcher
from indexer.publish import Publisher
from indexer.results import MAX_SIZE, SearchRequest
from kb.article import Audience, Edition
from tests.indexer.files import open_files

PUBLIC, STAFF = Edition.PUBLIC, Edition.STAFF


@pytest.fixture
def council(content, publish):
    """A small council, published."""
    content.article(
        "services/waste.md",
        title="Bin collections",
        body="We empty bins each week.\n\n## Large things\n\nA sofa costs thirty pounds.",
        tags=["refuse"],
    )
    content.article(
        "faqs/missed-bin.md",
        title="My bin was not emptied",
        service="waste",
        questions=["the bin men missed me"],
        body="Report it and we come back.\n\n::: staff\nLook at the round sheet.\n:::",
    )
    content.article("faqs/widgets.md", title="Widgets", body="")
    content.article("guides/bombs.md", title="Bomb threats", audience="staff", body="Stay calm.")
    content.article("places/hall.md", title="Town hall", body="Come in and ask about bins.")
    content.write("synonyms.yml", "- {say: settee, mean: sofa, audience: public}\n")
    publish()
    return publish


# What a page says


def test_an_article_is_found_in_the_callers_own_words(council):
    assert council.found("the bin men missed me again!")[0] == "missed-bin"


def test_a_page_says_what_was_asked_of_which_generation_and_how_many_there_are(council):
    page = council.search("  my Bins? ")
    assert (page.query, page.total, page.page, page.size) == ("  my Bins? ", 3, 1, 10)
    assert page.generation == council.generation().name
    assert page.took_ms >= 0
    assert len(page.results) == 3


def test_a_hit_says_what_it_is_and_where(council):
    hit = council.search("refuse").results[0]
    assert (hit.id, hit.title, hit.kind, hit.url) == (
        *("waste", "Bin collections", "service"),
        "/articles/waste",
    )
    assert hit.score > 0


def test_the_answer_is_the_section_that_answers_with_its_hits_marked(council):
    answer = council.search("how much is a sofa").results[0].answer
    assert (answer.anchor, answer.heading) == ("large-things", "Large things")
    assert [span.text for span in answer.spans if span.hit] == ["sofa"]
    assert answer.text == "A sofa costs thirty pounds."


def test_an_article_without_a_body_is_found_and_has_no_answer(council):
    (hit,) = council.search("widgets").results
    assert (hit.id, hit.answer) == ("widgets", None)


def test_a_synonym_finds_and_marks_the_articles_word(council):
    page = council.search("settee")
    assert (page.results[0].id, page.did_you_mean) == ("waste", None)
    assert [span.text for span in page.results[0].answer.spans if span.hit] == ["sofa"]


def test_a_slip_is_corrected_searched_for_and_said(council):
    page = council.search("wigdets")
    assert (page.did_you_mean, [hit.id for hit in page.results]) == ("widgets", ["widgets"])
    assert council.search("widgets").did_you_mean is None


# Editions


def test_each_edition_answers_from_what_it_holds(council):
    assert council.found("bomb threat", PUBLIC) == []
    assert council.found("bomb threat", STAFF) == ["bombs"]


def test_no_correction_comes_from_a_word_of_the_staff_edition(council):
    assert council.search("threets", PUBLIC).did_you_mean is None
    assert council.search("threets", STAFF).did_you_mean == "threats"


def test_a_staff_block_answers_staff_alone_and_says_what_it_is(council):
    assert council.found("round sheet", PUBLIC) == []
    (hit,) = council.search("round sheet", STAFF).results
    assert hit.answer.audience is Audience.STAFF
    assert hit.answer.text == "Look at the round sheet."


def test_suggestions_come_from_the_edition(council):
    assert [found.id for found in council.searcher(STAFF).suggest("bomb")] == ["bombs"]
    assert council.searcher(PUBLIC).suggest("bomb") == ()


# Filters


def test_kind_and_service_narrow_results_and_total(council):
    assert council.found("bins", kind="place") == ["hall"]
    assert set(council.found("bins", service="waste")) == {"waste", "missed-bin"}
    page = council.search("bins", kind="faq", service="waste")
    assert ([hit.id for hit in page.results], page.total) == (["missed-bin"], 1)


@pytest.mark.parametrize("must", [{"kind": "unicorn"}, {"service": "hall"}, {"kind": "guide"}])
def test_a_filter_that_nothing_passes_finds_nothing(council, must):
    page = council.search("bins", **must)
    assert (page.results, page.total, page.pages) == ((), 0, 0)


# Odd questions


@pytest.mark.parametrize(
    "words", ["", "   ", "🚮🎉", "*", "?", '"', '""', ":", "\0", "'", "-", "()"]
)
def test_nothing_asked_finds_nothing(council, words):
    page = council.search(words)
    assert (page.total, page.results, page.did_you_mean, page.query) == (0, (), None, words)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "sofa 🚮",
            '"sofa"',
            "'sofa'",
            '"sofa',
            "title:sofa",
            "sofa*",
            "*sofa",
            "sofa~3",
            "sofa^9",
        ),
        *("AND sofa", "+sofa", "-sofa", "(sofa", "sofa)", "[sofa TO sofa]", "sofa && ||", "sofa\\"),
        *("sofa\0", "ＳＯＦＡ", "SOFA’S", "sofa's", "/sofa/", "<b>sofa</b>", "sofa;DROP TABLE"),
    ],
)
def test_a_word_is_found_whatever_stands_around_it(council, words):
    assert council.found(words)[:1] == ["waste"]


def test_a_question_of_stop_words_alone_finds_the_articles_that_say_them(council):
    assert council.found("it and we")[0] == "missed-bin"


@pytest.mark.parametrize(
    "words",
    ["sofa " * 2_048, "x" * 10_240, "🚮" * 2_560, "XOR " * 2_560, "(" * 10_240, "a:b " * 2_560],
)
def test_ten_kilobytes_are_answered(council, words):
    page = council.search(words)
    assert page.query == words
    assert [hit.id for hit in page.results][:1] == (["waste"] if "sofa" in words else [])


# Paging


@pytest.fixture
def many(content, publish):
    for number in range(23):
        body = "Permits. " * (number % 5 + 1)
        content.article(f"faqs/permit-{number:02}.md", title="Permits", body=body)
    publish()
    return publish


@pytest.mark.parametrize("size", [1, 4, 10, 23, 50])
def test_the_pages_together_are_every_result_once_in_one_order(many, size):
    every = many.found("permit", size=50)
    assert len(every) == len(set(every)) == 23
    pages = -(-23 // size)
    assert many.search("permit", size=size).pages == pages
    found = [many.found("permit", size=size, page=page) for page in range(1, pages + 1)]
    assert [len(page) for page in found[:-1]] == [size] * (pages - 1)
    assert [id_ for page in found for id_ in page] == every


@pytest.mark.parametrize("page", [4, 5, 1_000_000])
def test_a_page_past_the_end_is_empty_and_says_how_many_there_are(many, page):
    found = many.search("permit", page=page)
    assert (found.results, found.total, found.page, found.pages) == ((), 23, page, 3)


@pytest.mark.parametrize("page", [0, -1])
def test_a_page_before_the_first_is_the_first(many, page):
    assert many.search("permit", page=page).page == 1
    assert many.found("permit", page=page) == many.found("permit")


@pytest.mark.parametrize(("size", "given"), [(0, 1), (-5, 1), (1_000, MAX_SIZE)])
def test_the_size_of_a_page_is_bounded(many, size, given):
    page = many.search("permit", size=size)
    assert page.size == given
    assert len(page.results) == min(given, 23)


# Promotion


@pytest.fixture
def promoting(content, publish):
    content.article(
        "services/tax.md", title="Council tax", body="Pay.", promoted_for=["pay my bill", "moving"]
    )
    content.article("faqs/bill.md", title="Pay a bill, my bill", body="Bill, pay, bill.")
    content.article("faqs/fine.md", title="Pay a fine", body="Pay.", promoted_for=["🚮", "?"])
    publish()
    return publish


def test_a_promoted_article_comes_first_and_once(promoting):
    assert promoting.found("bill pay fine")[0] != "tax"
    assert promoting.found("pay my bill")[0] == "tax"
    assert sorted(promoting.found("pay my bill")) == ["bill", "fine", "tax"]
    assert promoting.search("pay my bill").total == 3


@pytest.mark.parametrize(
    "words", ["Paying my bills", "PAY MY BILL!", "bill pay", "how do I pay my bill"]
)
def test_the_form_and_order_of_the_words_promoted_for_do_not_matter(promoting, words):
    assert promoting.found(words)[0] == "tax"


def test_a_promoted_article_comes_though_it_has_none_of_the_words(promoting):
    page = promoting.search("moving")
    assert ([hit.id for hit in page.results], page.total) == (["tax"], 1)
    assert page.results[0].answer.text == "Pay."


def test_a_promoted_article_must_pass_the_filters(promoting):
    assert promoting.found("pay my bill", kind="faq")[0] == "bill"
    assert "tax" not in promoting.found("pay my bill", kind="faq")
    assert promoting.found("pay my bill", service="tax") == ["tax"]
    assert promoting.found("pay my bill", kind="service") == ["tax"]


def test_no_page_has_a_promoted_article_twice(promoting):
    found = [promoting.found("pay my bill", size=1, page=page) for page in (1, 2, 3, 4)]
    assert found[0] == ["tax"]
    assert sorted(sum(found, [])) == ["bill", "fine", "tax"]


@pytest.mark.parametrize("words", ["", "🎉", "?", "🚮"])
def test_promotion_for_no_word_promotes_for_nothing(promoting, words):
    assert promoting.search(words).total == 0


def test_scores_of_a_page_with_a_promoted_article_still_fall(promoting):
    scores = [hit.score for hit in promoting.search("pay my bill").results]
    assert scores == sorted(scores, reverse=True)


# Together


def test_eight_threads_find_what_one_finds(council):
    searcher = council.searcher(STAFF)
    asked = ["bins", "sofa", "settee", "wigdets", "bomb", "round sheet", "hall", "it and we"] * 5

    def ask(words):
        page = searcher.search(SearchRequest(words))
        return page.total, page.did_you_mean, page.results

    expected = [ask(words) for words in asked]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert list(pool.map(ask, asked)) == expected


def test_a_closed_searcher_holds_no_file(council):
    before = open_files()
    searcher = open_searcher(council.var, PUBLIC)
    searcher.search(SearchRequest("bins"))
    searcher.close()
    assert open_files() <= before


@pytest.fixture(scope="module")
def asked_anything(tmp_path_factory):
    """A searcher opened once, for a property."""
    folder = tmp_path_factory.mktemp("anything")
    (folder / "content").mkdir()
    for name, text in {
        "bins": "Put bins out.",
        "empty": "",
        "tall": "Tŷ 217 垃圾 and trees",
    }.items():
        (folder / "content" / f"{name}.md").write_text(
            f"---\ntitle: About {name}\naudience: public\npromoted_for: [the {name}]\n---\n{text}\n"
        )
    Publisher(folder / "content", folder / "var").publish()
    searcher = open_searcher(folder / "var", PUBLIC)
    yield searcher
    searcher.close()


@settings(deadline=None, database=None)
@given(
    words=st.text(alphabet=st.characters(), max_size=200)
    | st.lists(st.sampled_from(["bins", "bnis", "the", "tŷ", "*", "NOT", "a:", "out"])).map(
        " ".join
    ),
    kind=st.none() | st.sampled_from(["faq", "guide", ""]) | st.text(max_size=5),
    service=st.none() | st.text(max_size=5),
    page=st.integers(),
    size=st.integers(),
)
def test_any_request_is_answered(asked_anything, words, kind, service, page, size):
    found = asked_anything.search(SearchRequest(words, kind, service, page, size))
    assert found.query == words
    assert len(found.results) <= min(found.total, found.size) <= MAX_SIZE
    assert len({hit.id for hit in found.results}) == len(found.results)
    asked_anything.suggest(words)
