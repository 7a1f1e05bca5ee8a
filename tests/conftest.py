"""What the tests of every package share: a content folder, declared where it is used."""

import json
import os
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from kb.accounts import passwords
from kb.article import Article, Edition
from kb.content import read_content
from kb.crosscheck import Checked, crosscheck
from kb.editions import plan_edition

settings.register_profile(
    "firstline", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("firstline")


# As it is in production, hashing a password takes a tenth of a second and 64 MiB.
passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

# The model would make every publish slow; the tests of what it does put it on for themselves.
os.environ["KB_SEMANTIC"] = "off"


class ContentFolder:
    """A content folder that a test fills, and what the knowledge base makes of it."""

    today = date(2026, 11, 2)

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file: text without its common indentation, bytes as they are."""
        data = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def article(self, name: str, body: str = "Some text.", **fields: Any) -> Path:
        """Write a good article; `from_` stands for from, and None leaves a field out."""
        title = Path(name).name.split(".")[0].replace("-", " ").capitalize()
        front = {"title": title, "audience": "public", **fields}
        lines = [f"{k.rstrip('_')}: {_yaml(v)}" for k, v in front.items() if v is not None]
        text = "\n".join(["---", *lines, "---", dedent(body).strip("\n"), ""])
        return self.write(name, text.encode())

    def check(self, today: date = today) -> Checked:
        """Read the folder and check it."""
        return crosscheck(read_content(self.path), today)

    def problems(self, today: date = today) -> list[str]:
        """Every problem as `kb check` prints it."""
        return [str(problem) for problem in self.check(today).problems]

    def edition(self, name: str, today: date = today) -> dict[str, Article]:
        """The articles of an edition by key, as they would be published."""
        plan = plan_edition(self.check(today), Edition(name))
        return {key: plan.build(key) for key in plan.drafts}


def _yaml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    """A content folder with nothing in it but the authority's name."""
    folder = ContentFolder(tmp_path / "content")
    folder.write("authority.yml", "name: Fenbridge County Council\n")
    return folder
