"""What commands show: on a terminal, and where output is piped."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from kb import terminal
from kb.problems import Level, Problem


def problem(level, line=1, message="It is wrong; put it right."):
    """A problem of one file."""
    return Problem(level=level, path="faqs/a.md", line=line, message=message)


@pytest.fixture
def screen(monkeypatch):
    """A terminal in the place of standard error."""
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=100, soft_wrap=True)
    monkeypatch.setattr(terminal, "err", console)
    return shown


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (12_345, "12,345 articles")],
)
def test_things_are_counted_in_words(count, said):
    assert terminal.counted(count, "article") == said


@pytest.mark.parametrize(
    ("folder", "said"),
    [("content", "content/"), ("/srv/kb/", "/srv/kb/"), (".", "./"), ("/", "/")],
)
def test_a_problem_is_shown_with_a_path_that_can_be_opened(folder, said):
    assert terminal.located(Path(folder), problem(Level.ERROR, 7)) == (
        f"{said}faqs/a.md:7: error: It is wrong; put it right."
    )


def test_a_summary_counts_each_level():
    assert terminal.summary(()) == "no problems"
    levels = (Level.WARNING, Level.ERROR, Level.WARNING, Level.FAULT)
    assert terminal.summary(tuple(map(problem, levels))) == "1 error, 1 fault, 2 warnings"


def test_errors_and_faults_are_printed_in_full_before_the_warnings(capsys):
    many = [problem(Level.WARNING, line) for line in range(1, 31)]
    serious = [problem(Level.FAULT, line) for line in range(1, 41)]
    terminal.print_problems(Path("content"), (*many, *serious))
    out, shown = capsys.readouterr()
    lines = shown.splitlines()
    assert out == ""
    assert sum(": fault: " in line for line in lines[:40]) == 40
    assert sum(": warning: " in line for line in lines) == terminal.SHOWN_WARNINGS
    assert lines[-1] == "… and 10 more warnings; see: kb check"


def test_no_more_is_promised_where_all_warnings_fit(capsys):
    warnings = tuple(problem(Level.WARNING, n) for n in range(terminal.SHOWN_WARNINGS))
    terminal.print_problems(Path("content"), warnings)
    assert "kb check" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "message",
    ["as [first, second]", "[red]x[/red] [/]", "ends with \\", ":bin: :warning:", "x" * 300],
)
def test_a_message_is_printed_as_it_is(capsys, message):
    terminal.print_problems(Path("content"), (problem(Level.ERROR, message=message),))
    assert capsys.readouterr().err == f"content/faqs/a.md:1: error: {message}\n"


def test_progress_is_silent_where_output_is_piped(capsys):
    with terminal.Steps() as steps:
        steps("Reading", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_progress_is_shown_on_a_terminal(screen):
    with terminal.Steps() as steps:
        steps("Reading", 1, 7)
        steps("Reading", 7, 7)
        steps("Indexing", 1, 3)
    shown = screen.getvalue()
    assert "Reading" in shown
    assert "7/7" in shown
    assert "1/3" in shown
