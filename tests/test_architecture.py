"""The house: imports go only downwards, and the wheel holds what it should."""

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FORBIDDEN = {
    "kb": {
        "flask",
        "flask_openapi3",
        "whoosh",
        "waitress",
        "indexer",
        "search_api",
        "commands",
        "cli",
    },
    "indexer": {"flask", "flask_openapi3", "waitress", "search_api", "commands", "cli"},
    "search_api": {"whoosh", "numpy", "commands", "cli"},
    "commands": {"flask", "whoosh", "waitress", "numpy", "cli"},
}


def imports(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_imports_go_only_downwards(package):
    files = list((ROOT / package).rglob("*.py"))
    assert files
    wrong = {
        str(file.relative_to(ROOT)): sorted(names)
        for file in files
        if (names := {name for name in imports(file) if name.split(".")[0] in FORBIDDEN[package]})
    }
    assert wrong == {}


def test_only_the_engine_knows_whoosh():
    knowing = {
        file.name
        for file in (ROOT / "indexer").rglob("*.py")
        if any(name.split(".")[0] == "whoosh" for name in imports(file))
    }
    assert knowing == {"whoosh_index.py"}


def test_the_wheel_holds_the_packages_and_no_tests_or_content(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "cli.py",
        "kb/py.typed",
        "kb/records/migrations/env.py",
        "kb/records/migrations/journal/journal_1.py",
        "indexer/search.py",
        "search_api/templates/base.html",
        "search_api/static/site.css",
        "search_api/translations/cy.po",
    } <= names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "cli.py",
        "commands",
        "kb",
        "indexer",
        "search_api",
    }
