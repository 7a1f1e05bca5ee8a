"""Colours that can be read: the brand's own where it can be, else made lighter or darker.

Luminance and contrast are those of WCAG 2.2 (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
"""

import colorsys
from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 4.5
"""The contrast of text that level AA asks for."""

_ON_DARK = 7.0
"""Thin bright letters on a dark page ask for more."""

LIGHT_SURFACES = ("#ffffff", "#f3f5f7", "#fff6dc", "#fdf1e3")
DARK_SURFACES = ("#12181d", "#1c242b", "#2b2511", "#2e2213")
"""The page, and the cards, notices and staff blocks on it; `site.css` has the same."""

_TINT = {"light": 0.07, "dark": 0.16}
_STEPS = 200


@dataclass(frozen=True)
class Palette:
    """The colours that come from the brand, as `#rrggbb`, for light or dark."""

    brand: str
    """The brand's own, for bands and buttons."""
    on_brand: str
    """Text on it: black or white, whichever contrasts more (always over 4.5)."""
    link: str
    """The brand's colour as text, on the page, the cards and the tint."""
    on_link: str
    """Text on that, as on a button: black or white."""
    tint: str
    """A surface with a breath of the brand's colour."""


def light_palette(colour: str) -> Palette:
    """The palette on white."""
    return _palette(colour, LIGHT_SURFACES, _TINT["light"], LEAST)


def dark_palette(colour: str) -> Palette:
    """The palette on black."""
    return _palette(colour, DARK_SURFACES, _TINT["dark"], _ON_DARK)


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(colour: str, surfaces: Iterable[str], least: float = LEAST) -> str:
    """The nearest lightness of a colour's hue that can be read as text on all the surfaces.

    Args:
        colour: as `#rrggbb`.
        surfaces: all light or all dark.
        least: the contrast to reach on each.

    Raises:
        ValueError: where not even black or white reaches it.
    """
    surfaces = tuple(surfaces)
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    end = 0.0 if luminance(surfaces[0]) > 0.5 else 1.0
    for step in range(_STEPS + 1):
        moved = lightness + (end - lightness) * step / _STEPS
        tried = colour if step == 0 else _written(colorsys.hls_to_rgb(hue, moved, saturation))
        if all(contrast(tried, surface) >= least for surface in surfaces):
            return tried
    raise ValueError(f"nothing can be read on {surfaces}")


def _palette(colour: str, surfaces: tuple[str, ...], share: float, least: float) -> Palette:
    tint = _mixed(colour, surfaces[0], share)
    link = legible(colour, (*surfaces, tint), least)
    return Palette(
        brand=colour, on_brand=_ink_on(colour), link=link, on_link=_ink_on(link), tint=tint
    )


def _ink_on(surface: str) -> str:
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, surface))


def _mixed(colour: str, surface: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(surface), strict=True)
    return _written(share * one + (1 - share) * other for one, other in pairs)


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
