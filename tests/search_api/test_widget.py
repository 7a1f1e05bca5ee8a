"""The widget's script and the page that shows it, as they are served."""

import gzip
import json
import re
from typing import Any

import pytest

from indexer.publish import Publisher
from search_api import create_app, i18n
from search_api.widget import script


def given(text: str) -> dict[str, Any]:
    """What the script is called with."""
    return json.loads(text[text.rindex("})({") + 3 : -len(");\n")])


def test_it_is_under_fifteen_kilobytes_on_the_wire(public):
    packed = public.get("/widget.js", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < 15 * 1024
    assert gzip.decompress(packed.data) == public.get("/widget.js").data


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_who_does_not_take_gzip_gets_it_plain(public, accepted):
    response = public.get("/widget.js", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" in response.vary
    assert response.text.startswith("(given => {")


def test_it_is_a_script_that_any_site_may_embed_and_a_browser_may_keep(public):
    response = public.get("/widget.js")
    assert response.mimetype == "text/javascript"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert re.fullmatch(r"public, max-age=\d+", response.headers["Cache-Control"])
    again = public.get("/widget.js", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_it_changes_its_tag_only_when_it_changes(public, council, var):
    before = public.get("/widget.js").headers["ETag"]
    council.article("services/new.md", title="A new service", body="New.")
    Publisher(council.path, var).publish()
    assert public.get("/widget.js").headers["ETag"] == before
    council.write("authority.yml", "name: Testshire\nchannels: {telephone: 01632 960101}\n")
    Publisher(council.path, var).publish()
    assert public.get("/widget.js").headers["ETag"] != before


def test_it_knows_whose_it_is_and_whom_to_ring(public):
    known = given(public.get("/widget.js").text)
    assert (known["name"], known["telephone"]) == ("Testshire Council", "01632 960100")


def test_a_name_cannot_end_the_script(public, council, var):
    name = "</script>\u2028'\"});alert(1)//"
    council.write("authority.yml", f"name: {json.dumps(name)}\n")
    Publisher(council.path, var).publish()
    text = public.get("/widget.js").text
    assert given(text)["name"] == name
    assert text.isascii() or "\u2028" not in text


def test_before_the_first_publish_it_is_served_without_a_name(tmp_path):
    response = create_app("public", tmp_path).test_client().get("/widget.js")
    assert response.status_code == 200
    assert given(response.text)["name"] is None


def test_the_staff_application_has_no_widget(staff):
    assert staff.get("/widget.js").status_code == 404
    assert staff.get("/widget/demo").status_code == 404


def test_its_colours_are_the_brands_where_they_can_be_read(public, council, var):
    def style() -> str:
        return given(public.get("/widget.js").text)["style"]

    assert "--light-accent: #005a9c" in style()
    council.write("authority.yml", 'name: Testshire\ncolour: "#ffee00"\n')
    Publisher(council.path, var).publish()
    assert "--light-accent: #ffee00" not in style()
    assert "--dark-accent: #ffee00" in style()


@pytest.mark.parametrize("language", sorted(set(i18n.LANGUAGES) - {"en"}))
def test_it_brings_all_its_words_in_every_language(public, language):
    words = given(public.get("/widget.js").text)["words"][language]
    assert set(words) == script.messages()
    assert [message for message, said in words.items() if not said] == []


def test_every_message_in_the_source_is_found():
    sources = "".join(script.source(part) for part in script.PARTS)
    assert len(script.messages()) > 30
    for used in re.findall(r'\b_\(\s*"([^"]+)"', sources):
        assert used in script.messages()
    assert not re.findall(r"\b_\(\s*[^\"\s)]", sources.replace("_(message", ""))


def test_every_part_is_served(public):
    text = public.get("/widget.js").text
    files = {file.stem for file in (script.FOLDER / "source").iterdir()}
    assert files == set(script.PARTS)
    assert all(script.source(part) in text for part in files)


@pytest.mark.parametrize(
    "forbidden",
    ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
     "DOMParser", ".style.", "localStorage", "sessionStorage", "document.cookie"],
)  # fmt: skip
def test_it_does_nothing_that_a_strict_page_refuses_and_keeps_nothing(forbidden):
    assert all(forbidden not in script.source(part) for part in script.PARTS)


def test_the_demo_shows_it_by_topic_free_and_from_right_to_left_under_a_strict_policy(public):
    response = public.get("/widget/demo")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    for part in ('data-topic="bins"', "<firstline-search>", 'dir="rtl"', "noindex"):
        assert part in response.text
    assert "style=" not in response.text


def test_the_demo_is_there_before_the_first_publish(tmp_path):
    assert create_app("public", tmp_path).test_client().get("/widget/demo").status_code == 200
