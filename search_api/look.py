"""The authority's own colours and font, as a style sheet; and files that are kept for good.

The Content-Security-Policy allows no style in a page, so the brand has a sheet of its own. An
address that names its file's content (`?v=`) is kept by browsers and never asked for again.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Blueprint, current_app, make_response, request
from flask.wrappers import Response

from kb.authority import Authority
from kb.colour import Palette, dark_palette, light_palette
from search_api.reading import reading

FALLBACK_FONTS = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
_FOR_GOOD = "public, max-age=31536000, immutable"
_PARAMETER = "v"


def blueprint() -> Blueprint:
    """The route of the brand's style sheet."""
    routes = Blueprint("look", __name__)

    @routes.get("/brand.css")
    def brand() -> Response:
        """The colours and the font of the authority."""
        with reading() as searcher:
            authority = searcher.generation.setting.authority
            sheet = style_sheet(authority.colour, authority.font)
        response = make_response(sheet)
        response.mimetype = "text/css"
        return response

    @routes.app_url_defaults
    def name_the_content(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault(_PARAMETER, _version(values["filename"]))

    return routes


def brand_version(authority: Authority) -> str:
    """Changes whenever the brand's style sheet does."""
    return _digest(style_sheet(authority.colour, authority.font).encode())


def keep_for_good(response: Response) -> None:
    """Let browsers keep an answer whose address names its very content."""
    asked = request.args.get(_PARAMETER)
    if asked is None or response.status_code != 200:
        return
    if request.endpoint == "static":
        named = _version((request.view_args or {})["filename"])
    elif request.endpoint == "look.brand":
        named = _digest(response.get_data())
    else:
        return
    if asked == named:
        response.headers["Cache-Control"] = _FOR_GOOD


@lru_cache(maxsize=8)
def style_sheet(colour: str, font_file: str | None) -> str:
    """The custom properties that `site.css` takes from the brand.

    Args:
        colour: the brand's, as `#rrggbb`.
        font_file: the path of its font, as `files/public/sans.woff2`.
    """
    font, face = FALLBACK_FONTS, ""
    if font_file is not None:
        face = (
            '@font-face { font-family: "Brand"; font-display: swap; font-weight: 100 900;\n'
            f'  src: url("/{quote(font_file)}") format("woff2"); }}\n'
        )
        font = f'"Brand", {FALLBACK_FONTS}'
    light, dark = light_palette(colour), dark_palette(colour)
    return (
        f"{face}:root {{ --font: {font}; {_properties(light)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_properties(dark)} }} }}\n"
    )


def _properties(palette: Palette) -> str:
    values = {
        "brand": palette.brand,
        "on-brand": palette.on_brand,
        "link": palette.link,
        "on-link": palette.on_link,
        "tint": palette.tint,
    }
    return " ".join(f"--{name}: {value};" for name, value in values.items())


def _version(filename: str) -> str | None:
    """The digest of a static file; None where there is none."""
    path = Path(current_app.static_folder or "") / filename
    try:
        return _digest_of_file(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=64)
def _digest_of_file(path: Path, _mtime_ns: int) -> str:
    return _digest(path.read_bytes())


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=6).hexdigest()
