"""The brand's style sheet, and files that browsers keep for good."""

import re
from pathlib import Path

import pytest

import search_api
from kb.colour import DARK_SURFACES, LIGHT_SURFACES, contrast
from search_api.look import style_sheet

STYLE = (Path(search_api.__file__).parent / "static" / "site.css").read_text(encoding="utf-8")


def properties(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


LIGHT, DARK = map(properties, STYLE.partition("/* Ground */")[0].split("@media", 1))


def test_the_surfaces_are_those_that_the_brand_is_made_for():
    names = ("paper", "card", "notice", "staff")
    assert tuple(LIGHT[name] for name in names) == LIGHT_SURFACES
    assert tuple(DARK[name] for name in names) == DARK_SURFACES


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "surfaces"),
    [
        ("ink", ["paper", "card", "tint", "mark", "notice", "staff"]),
        ("soft", ["paper", "card", "notice", "tint"]),
        ("open", ["paper", "card", "notice"]),
        ("staff-ink", ["paper", "staff"]),
        ("link", ["paper", "card", "notice", "staff", "tint"]),
    ],
)
def test_text_contrasts_with_what_it_stands_on(scheme, ink, surfaces):
    colours = LIGHT | (DARK if scheme == "dark" else {})
    for surface in surfaces:
        assert contrast(colours[ink], colours[surface]) >= 4.5, surface


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(scheme):
    colours = LIGHT | (DARK if scheme == "dark" else {})
    assert contrast(colours["field"], colours["paper"]) >= 3


def test_the_sheet_has_the_colours_for_light_and_dark_and_the_font():
    sheet = style_sheet("#005a9c", 'files/public/a "b".woff2')
    assert sheet.count("--brand: #005a9c;") == 2
    assert 'url("/files/public/a%20%22b%22.woff2")' in sheet
    assert "@font-face" not in style_sheet("#005a9c", None)


def test_the_sheet_is_served_to_be_kept_under_the_address_that_names_it(public):
    address = re.search(r'href="(/brand.css\?v=\w+)"', public.get("/").text)
    assert address is not None
    response = public.get(address[1])
    assert response.mimetype == "text/css"
    assert "immutable" in response.headers["Cache-Control"]
    for other in ("/brand.css", "/brand.css?v=1"):
        assert "immutable" not in public.get(other).headers["Cache-Control"]


def test_static_files_are_kept_under_the_address_that_names_them(public):
    address = re.search(r'href="(/static/site.css\?v=\w+)"', public.get("/").text)
    assert address is not None
    with public.get(address[1]) as response:
        assert "immutable" in response.headers["Cache-Control"]
    with public.get("/static/site.css?v=old") as response:
        assert "immutable" not in response.headers["Cache-Control"]
    assert public.get("/static/../app.py?v=x").status_code == 404
