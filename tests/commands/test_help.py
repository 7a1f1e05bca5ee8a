"""What `kb --help` says, on a terminal of eighty columns."""

import click
import pytest

from cli import main


def groups(command: click.Command, *path: str):
    """A command and those below it that have commands of their own."""
    if isinstance(command, click.Group):
        yield path
        for name, one in command.commands.items():
            yield from groups(one, *path, name)


@pytest.mark.parametrize("path", [*groups(main)], ids=lambda path: " ".join(("kb", *path)))
def test_every_command_is_described_in_a_whole_line(kb, monkeypatch, path):
    monkeypatch.setenv("COLUMNS", "80")
    said = kb(*path, "--help").stdout.partition("Commands:\n")[2]
    assert said
    for line in said.splitlines():
        assert line.endswith("."), line
        assert not line.endswith("..."), line
        assert len(line) <= 80
