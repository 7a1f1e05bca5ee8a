"""A command, setting, route or field that is not documented fails here."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import main
from kb.frontmatter import FIELDS
from kb.settings import Settings
from search_api import create_app

DOCS = Path(__file__).parents[1] / "docs"


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def every_command(group: click.Group, name: str = "kb") -> Iterator[tuple[str, click.Command]]:
    """The commands, those of groups too, each with what is typed for it."""
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


COMMANDS = dict(every_command(main))


@pytest.mark.parametrize("typed", sorted(COMMANDS))
def test_every_command_and_option_is_documented(typed):
    said = page("operators")
    assert f"`{typed}" in said
    for parameter in COMMANDS[typed].params:
        for option in parameter.opts:
            if option.startswith("-"):
                assert f"`{option}" in said or f" {option}" in said, option


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_documented_with_its_default(setting):
    row = next(
        (line for line in page("operators").splitlines() if f"`KB_{setting.upper()}`" in line), ""
    )
    default = Settings.model_fields[setting].default
    written = (
        str(default).lower()
        if isinstance(default, bool)
        else str("" if default in (None, ()) else default)
    )
    assert f"`{setting}`" in row
    assert (f"`{written}`" if written else "| none |") in row


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_every_route_is_documented(edition, tmp_path):
    said = page("residents")
    for rule in create_app(edition, tmp_path).url_map.iter_rules():
        if rule.endpoint != "static":
            assert rule.rule in said, rule.rule


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_an_article_is_documented(field):
    assert f"`{field}`" in page("editors")


def test_the_architecture_page_names_every_module_it_leads_to():
    root = DOCS.parent
    for word in page("architecture").split("`"):
        if word.endswith(".py") and "/" in word:
            assert (root / word).is_file(), word


def test_links_between_pages_lead_somewhere():
    import re

    for file in [*DOCS.glob("*.md"), DOCS.parent / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8")):
            if "/" in target or target.endswith(".md"):
                candidates = (file.parent / target, DOCS.parent / "content" / target)
                known = any(path.exists() for path in candidates)
                assert known or target.startswith("files/"), f"{file.name}: {target}"
