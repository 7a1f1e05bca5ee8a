"""The demonstration is shown on request alone, and said on every page and in every file."""

import csv
import io

import pytest

from search_api.dashboard.figures import TABLES

BANNER = "These contacts are made up. Nobody called."
PAGES = ("/dashboard/", "/dashboard/report?quarter=2026-Q1", "/contacts/")


@pytest.mark.parametrize("address", PAGES)
def test_what_is_real_knows_nothing_of_it(manager, demo, address):
    said = manager.get(address).text
    assert BANNER not in said
    assert "DEMO-" not in said


@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_that_it_is_made_up(manager, demo, address):
    joint = "&" if "?" in address else "?"
    for language in ("", "&lang=cy"):
        said = manager.get(f"{address}{joint}data=demo{language}").text
        assert '<aside class="demo"' in said


def test_every_link_that_stays_among_the_figures_stays_among_what_is_made_up(manager, demo):
    import re

    said = manager.get("/dashboard/?data=demo").text
    main = said.split("<main")[1]
    addresses = [
        href for href in re.findall(r'href="([^"]+)"', main) if href.startswith(("/d", "/c"))
    ]
    assert len(addresses) > 30
    left = [href for href in addresses if "data=demo" not in href]
    assert left == ["/dashboard/"]
    assert 'name="data" value="demo"' in main


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_file_says_so_in_its_name_and_in_each_line(manager, demo, name):
    answer = manager.get(f"/dashboard/{name}.csv?data=demo")
    assert 'filename="demonstration-' in answer.headers["Content-Disposition"]
    lines = [*csv.DictReader(io.StringIO(answer.text))]
    assert all(row["data"] == "demonstration" for row in lines)


def test_a_contact_of_it_can_be_opened(manager, demo):
    import re

    said = manager.get("/contacts/?data=demo&size=1").text
    (address,) = re.findall(r'href="(/contacts/[0-9a-f-]{36}\?data=demo)"', said)
    assert BANNER in manager.get(address).text
    assert manager.get(address.split("?")[0]).status_code == 404


def test_without_one_it_says_how_to_make_one(manager):
    for address in PAGES:
        joint = "&" if "?" in address else "?"
        answer = manager.get(f"{address}{joint}data=demo")
        assert answer.status_code == 404
        assert "kb demo contacts" in answer.text


def test_other_data_is_the_real_one(manager, demo):
    assert BANNER not in manager.get("/dashboard/?data=real").text
