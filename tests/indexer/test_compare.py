"""One bank asked with several settings."""

import io
import json

import pytest
from rich.console import Console

from indexer.compare import SHOWN_CHANGES, WHOLE, as_json, changes, compare, tables
from indexer.shop import BankQuestion, Shopping, Visit
from indexer.shop_report import figures


def shopping(*ranks):
    """What a setting found, one question a rank; None for never."""
    return Shopping(
        tuple(
            Visit(
                BankQuestion(id=f"q{number}", query=f"question [{number}]", relevant=("a",)),
                tuple("a" if place == rank else f"x{place}" for place in range(1, 11)),
                1.0,
            )
            for number, rank in enumerate(ranks)
        )
    )


def printed(found):
    console = Console(file=io.StringIO(), width=120, color_system=None)
    for table in tables(found):
        console.print(table)
    return console.file.getvalue()


TWO = {WHOLE: shopping(1, 3, None, 5), "no-synonyms": shopping(2, 4, 1, None)}


def test_only_questions_that_go_from_found_to_missed_or_back_have_changed():
    assert [(one.question.id, one.ranks) for one in changes(TWO)] == [
        ("q1", (3, 4)),
        ("q2", (None, 1)),
    ]


def test_the_json_is_the_figures_of_each_setting():
    said = json.loads(json.dumps(as_json(TWO)))
    assert list(said) == ["full", "no-synonyms"]
    assert said["full"] == figures(TWO[WHOLE])


def test_the_table_has_a_row_a_figure_and_a_column_a_setting():
    lines = [line.split() for line in printed(TWO).splitlines()]
    assert lines[0] == ["full", "no-synonyms"]
    assert ["success@1", "0.2500", "0.2500"] in lines
    assert ["success@3", "0.5000", "0.5000"] in lines


def test_the_questions_that_changed_stand_below_with_their_ranks():
    text = printed(TWO)
    (second,) = [line for line in text.splitlines() if "question [2]" in line]
    assert [cell.strip() for cell in second.strip("│┃").split("│")] == [
        *("question [2]", "a", "–", "1"),
    ]
    assert "question [0]" not in text


def test_the_first_twenty_are_shown_and_the_others_counted():
    found = {WHOLE: shopping(*[1] * 25), "no-coverage": shopping(*[None] * 25)}
    text = printed(found)
    assert f"the first {SHOWN_CHANGES} of 25" in text
    assert "question [19]" in text
    assert "question [20]" not in text


def test_where_nothing_changed_there_is_one_table():
    assert len(tables({WHOLE: shopping(1), "no-coverage": shopping(2)})) == 1


@pytest.fixture
def searcher(content, publish):
    content.write("synonyms.yml", "- {say: [wagon], mean: [lorry], audience: public}\n")
    content.article("faqs/lorry.md", title="Lorry noise", body="Write to us.")
    publish()
    return publish.searcher()


BANK = [
    BankQuestion(id="1", query="wagon", relevant=("lorry",)),
    BankQuestion(id="2", query="noise", relevant=("lorry",)),
]


def test_each_setting_is_asked_beside_the_whole_recipe(searcher):
    asked = []
    found = compare(searcher, BANK, ["no-synonyms", "no-coverage", "no-synonyms"], asked.append)
    assert {name: one.success(1) for name, one in found.items()} == {
        "full": 1.0,
        "no-synonyms": 0.5,
        "no-coverage": 1.0,
    }
    assert asked == [1, 2, 3, 4, 5, 6]


def test_a_setting_that_there_is_not_is_refused(searcher):
    with pytest.raises(KeyError):
        compare(searcher, BANK, ["no-luck"], lambda _: None)
