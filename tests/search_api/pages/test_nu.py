"""The Nu checker (https://validator.github.io/validator/) finds no error in any page."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.search_api.pages.county import PATHS

JAR = Path(__file__).parents[3] / "var/tools/node_modules/vnu-jar/build/dist/vnu.jar"
NEEDED = "the Nu checker is not here: npm install --prefix var/tools vnu-jar, and a Java to run it"


def test_every_kind_of_page_is_valid_html(site, desk, tmp_path):
    if not JAR.is_file() or shutil.which("java") is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NEEDED)
        pytest.skip(NEEDED)
    pages = {}
    for number, path in enumerate(
        [*PATHS, "/articles/bins?lang=cy", "/problems", "/dashboard/", "/contacts/"]
    ):
        for client in (site, desk):
            file = tmp_path / f"{number}-{'site' if client is site else 'desk'}.html"
            file.write_bytes(client.get(path).data)
            pages[file.name] = path
    run = subprocess.run(
        ["java", "-jar", JAR, "--errors-only", *sorted(tmp_path.glob("*.html"))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == "", pages
    assert run.returncode == 0
