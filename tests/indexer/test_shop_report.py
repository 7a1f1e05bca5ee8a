"""The mystery shopper's report."""

import io
import json

import pytest
from rich.console import Console

from indexer.shop import BankQuestion, Shopping, Visit
from indexer.shop_report import as_json, figures, tables


def visit(number, relevant, found, ms):
    question = BankQuestion(id=f"q{number}", query=f"question [{number}]", relevant=relevant)
    return Visit(question, found, ms)


THREE = Shopping(
    (
        visit(1, ("a",), ("a", "b"), 1.0),
        visit(2, ("x", "y"), ("a", "b", "c", "x"), 2.346),
        visit(3, ("z",), (), 3.0),
    )
)
ONE = Shopping(THREE.visits[:1])


def printed(found, width=120):
    console = Console(file=io.StringIO(), width=width, color_system=None)
    for table in tables(found):
        console.print(table)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_every_figure_has_its_name_and_is_rounded():
    assert figures(THREE) == {
        "questions": 3,
        "success@1": 0.3333,
        "success@3": 0.3333,
        "success@5": 0.6667,
        "mrr@10": 0.4167,
        "ndcg@10": pytest.approx((1 + 0.4307 / 1.6309) / 3, abs=1e-4),
        "ms_p50": 2.35,
        "ms_p95": 3.0,
    }


def test_the_json_is_the_figures_and_the_misses():
    said = json.loads(json.dumps(as_json(THREE)))
    assert list(said) == [
        *("questions", "success@1", "success@3", "success@5", "mrr@10", "ndcg@10"),
        *("ms_p50", "ms_p95", "misses"),
    ]
    assert said["misses"] == [
        {
            "id": "q2",
            "query": "question [2]",
            "relevant": ["x", "y"],
            "rank": 4,
            "found": ["a", "b", "c"],
        },
        {"id": "q3", "query": "question [3]", "relevant": ["z"], "rank": None, "found": []},
    ]


def test_without_a_miss_the_list_is_empty_and_there_is_one_table():
    assert as_json(ONE)["misses"] == []
    assert len(tables(ONE)) == 1


def test_a_miss_is_a_row_with_what_was_asked_wanted_and_found():
    lines = printed(THREE).splitlines()
    assert lines[0].strip() == "Not among the first three"
    (second,) = [line for line in lines if "question [2]" in line]
    assert [cell.strip() for cell in second.strip("│┃").split("│")] == [
        *("question [2]", "x, y", "4", "a"),
    ]
    (third,) = [line for line in lines if "question [3]" in line]
    assert [cell.strip() for cell in third.strip("│┃").split("│")] == [
        *("question [3]", "z", "–", "nothing"),
    ]


def test_an_answered_question_is_no_row():
    assert "question [1]" not in printed(THREE)


def test_what_was_asked_is_text_and_no_mark_up():
    odd = Visit(BankQuestion(id="1", query="[red]bins[/]", relevant=("[b]",)), (), 1.0)
    assert "[red]bins[/]" in printed(Shopping((odd,)))
    assert "[b]" in printed(Shopping((odd,)))


def test_the_figures_stand_below_rates_with_four_places():
    text = printed(ONE)
    assert [line.split() for line in text.splitlines() if "@" in line or "questions" in line] == [
        ["questions", "1"],
        *([name, "1.0000"] for name in ("success@1", "success@3", "success@5")),
        ["mrr@10", "1.0000"],
        ["ndcg@10", "1.0000"],
    ]


def test_a_long_question_is_folded_and_not_cut():
    question = BankQuestion(id="1", query="qaz" * 60, relevant=("a",))
    text = printed(Shopping((Visit(question, (), 1.0),)), width=80)
    assert text.count("qaz") + text.count("zqa") > 0
    assert sum(text.count(letter) for letter in "q") == 61  # sixty, and "questions"
