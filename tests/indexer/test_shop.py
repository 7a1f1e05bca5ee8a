"""The mystery shopper, against figures worked out by hand."""

import math

import pytest

from indexer.shop import BankProblem, BankQuestion, Shopping, Visit, read_bank, shop


def visit(relevant, found, ms=1.0, question="q"):
    asked = BankQuestion(id=question, query="words", relevant=tuple(relevant.split()))
    return Visit(asked, tuple(found.split()), ms)


# Four questions: answered first, third, fifth (of two relevant ones), and not at all.
FOUR = Shopping(
    (
        visit("a", "a b c", 4.0, "first"),
        visit("c", "a b c", 1.0, "third"),
        visit("e x", "a b c d e", 3.0, "fifth"),
        visit("z", "a b c", 2.0, "never"),
    )
)


def test_success_is_the_share_answered_among_the_first_k():
    assert [FOUR.success(cut) for cut in (1, 2, 3, 4, 5)] == [0.25, 0.25, 0.5, 0.5, 0.75]


def test_mrr_is_the_mean_of_one_over_the_first_relevant_rank():
    assert FOUR.mrr == pytest.approx((1 + 1 / 3 + 1 / 5 + 0) / 4)


def test_ndcg_is_the_gain_over_the_best_there_could_be():
    third = 1 / math.log2(4)
    fifth = (1 / math.log2(6)) / (1 + 1 / math.log2(3))
    assert FOUR.ndcg == pytest.approx((1 + third + fifth + 0) / 4)


def test_ndcg_is_one_where_all_that_is_relevant_comes_first():
    assert visit("a b c", "c a b d").ndcg == pytest.approx(1.0)
    assert visit(" ".join("abcdefghijkl"), " ".join("abcdefghij")).ndcg == pytest.approx(1.0)


def test_a_question_that_names_an_article_twice_gains_it_once():
    assert visit("a a", "a b").ndcg == pytest.approx(1.0)


def test_a_question_with_nothing_relevant_or_nothing_found_gains_nothing():
    assert (visit("", "a b").ndcg, visit("", "a b").rank) == (0.0, None)
    assert (visit("a", "").ndcg, visit("a", "").rank) == (0.0, None)


def test_the_rank_is_that_of_the_first_relevant_result():
    assert visit("c b", "a b c").rank == 2


def test_percentiles_are_times_that_were_taken():
    assert [FOUR.ms(percentile) for percentile in (0, 50, 95, 100)] == [1.0, 3.0, 4.0, 4.0]
    hundred = Shopping(tuple(visit("a", "a", float(number)) for number in range(100)))
    assert (hundred.ms(50), hundred.ms(95)) == (50.0, 95.0)
    assert Shopping((visit("a", "a", 7.0),)).ms(50) == 7.0


def test_misses_are_the_questions_not_answered_among_the_first_three():
    assert [missed.question.id for missed in FOUR.misses] == ["fifth", "never"]


def test_every_question_is_asked_of_the_searcher_to_a_depth_of_ten(content, publish):
    for number in range(12):
        content.article(f"faqs/permit-{number:02}.md", title="Permits", body="Permits.")
    content.article("faqs/bins.md", title="Bins", body="Out.")
    publish()
    bank = [
        BankQuestion(id="1", query="my bins", relevant=("bins",)),
        BankQuestion(id="2", query="a permit", relevant=("permit-03",)),
        BankQuestion(id="3", query="unicorns", relevant=("bins",)),
        BankQuestion(id="4", query="permits", relevant=("permit-11",)),
    ]
    asked = []
    found = shop(publish.searcher(), bank, asked.append)
    assert asked == [1, 2, 3, 4]
    assert [one.question for one in found.visits] == bank
    assert [one.rank for one in found.visits] == [1, 4, None, None]
    assert [len(one.found) for one in found.visits] == [1, 10, 0, 10]
    assert (found.success(1), found.success(5), found.mrr) == (0.25, 0.5, (1 + 1 / 4) / 4)
    assert all(one.ms > 0 for one in found.visits)


# Banks


def test_a_bank_is_one_question_a_line_and_may_say_more(tmp_path):
    bank = tmp_path / "bank.jsonl"
    bank.write_text(
        '{"id": "1", "query": "bin day\\u2028?", "relevant": ["bins"], "note": "more"}\r\n'
        "\n   \n"
        '{"id": "2", "query": "tŷ", "relevant": ["a", "b"]}\n',
        encoding="utf-8",
    )
    assert read_bank(bank) == [
        BankQuestion(id="1", query="bin day\u2028?", relevant=("bins",)),
        BankQuestion(id="2", query="tŷ", relevant=("a", "b")),
    ]


GOOD = '{"id": "1", "query": "bins", "relevant": ["bins"]}\n'


@pytest.mark.parametrize(
    "line",
    [
        "bins",
        '{"id": "2", "query": "bins"',
        "[]",
        "1",
        "null",
        '{"id": "2", "query": "bins"}',
        '{"id": "2", "query": "bins", "relevant": "bins"}',
        '{"id": 2, "query": "bins", "relevant": ["bins"]}',
        '{"id": "2", "relevant": ["bins"]}',
    ],
)
def test_a_line_that_is_no_question_is_named_with_the_fix(tmp_path, line):
    bank = tmp_path / "bank.jsonl"
    bank.write_text(f"{GOOD}\n{line}\n{GOOD}")
    with pytest.raises(BankProblem, match=r'bank\.jsonl:3: this is not a question; write \{"id"'):
        read_bank(bank)


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_bank_without_a_question_is_a_problem(tmp_path, text):
    (tmp_path / "bank.jsonl").write_text(text)
    with pytest.raises(BankProblem, match=r"bank\.jsonl: there is no question in it"):
        read_bank(tmp_path / "bank.jsonl")


def test_a_bank_that_cannot_be_read_is_a_problem(tmp_path):
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "caf\xe9"}')
    for name in ("latin.jsonl", "nowhere.jsonl", "."):
        with pytest.raises(BankProblem, match="cannot be read"):
            read_bank(tmp_path / name)
