"""Colours that can be read, whatever the operator picks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.colour import (
    DARK_SURFACES,
    LEAST,
    LIGHT_SURFACES,
    contrast,
    dark_palette,
    legible,
    light_palette,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_that_of_the_standard(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@given(colours)
def test_any_brand_can_be_read_in_light_and_dark(colour):
    for palette, surfaces in (
        (light_palette(colour), LIGHT_SURFACES),
        (dark_palette(colour), DARK_SURFACES),
    ):
        assert palette.brand == colour
        assert contrast(palette.on_brand, palette.brand) >= LEAST
        assert contrast(palette.on_link, palette.link) >= LEAST
        for surface in (*surfaces, palette.tint):
            assert contrast(palette.link, surface) >= LEAST


@given(colours)
def test_a_colour_that_can_be_read_stays_as_it_is(colour):
    first = legible(colour, LIGHT_SURFACES)
    assert legible(first, LIGHT_SURFACES) == first


def test_yellow_becomes_darker_on_white_and_stays_on_black():
    assert contrast("#ffd400", "#ffffff") < LEAST
    assert light_palette("#ffd400").link < "#ffd400"
    assert dark_palette("#ffd400").link == "#ffd400"
