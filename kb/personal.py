"""What a caller said of himself: it is kept out of whatever is written down and published.

Rather one wording too many refused or masked than a caller's number kept: an editor can still write
by hand what was refused in error.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MARK = "[…]"
"""Stands where personal data stood."""

_KINDS = (
    ("an e-mail address", r"(?<![^\s@])[^\s@]+@[^\s@]+\.[^\s@]+"),
    ("a National Insurance number", r"(?<!\w)[a-z]{2}[\s.-]*(?:\d{2}[\s.-]*){3}[a-d]?(?!\w)"),
    ("a postcode", r"(?<!\w)(?:[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}|gir\s*0aa)(?!\w)"),
    (
        "a telephone number",
        # With its area code, as +44 (0)1632 960212; or the last seven digits in two groups.
        r"(?<!\d)(?:\+\s?\d|\(?0)(?:[\s().-]{0,3}\d){8,}|"
        r"(?<!\d)(?:\(?\d{3}\)?[\s.-]*)?\d{3}[\s.-]\d{4}(?!\d)",
    ),
    (
        "a telephone, account or card number",
        # A card has 13 to 19 digits, in groups of its maker's choice.
        r"(?<!\d)\d(?:[\s-]?\d){12,18}(?!\d)|\d{6,}|(?<!\d)(?:\d{4}[\s-]){3}\d{1,4}(?!\d)",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)

_MARGIN = 400
"""No address or number is longer, in characters: how far past a limit one can still reach."""

Span = tuple[int, int]


def looks_personal(text: str) -> str | None:
    """What kind of personal data a text seems to hold, to be read after "looks like"; or None."""
    plain = "".join(map(_plain, text))
    return next((kind for kind, pattern in _PATTERNS if pattern.search(plain)), None)


def mask(text: str, limit: int | None = None) -> str:
    """The text with a mark in the place of all that `looks_personal`.

    Args:
        text: anything that was said or typed.
        limit: at most so many characters come back; a number that the limit would cut in two is
            masked as a whole.
    """
    spans = _spans(text if limit is None else text[: limit + _MARGIN])
    masked = _without(text[:limit], spans)[:limit]
    while spans := _spans(masked):  # what the marks or the cut have brought together
        masked = _without(masked, spans)
    return masked


def _without(text: str, spans: Iterable[Span]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start >= len(text):
            break
        parts += (text[at:start], MARK)
        at = end
    return "".join((*parts, text[at:]))


def _spans(text: str) -> list[Span]:
    """Where personal data stands: in order, and apart from each other."""
    pieces = [_plain(letter) for letter in text]
    plain = "".join(pieces)
    found = sorted(match.span() for _, pattern in _PATTERNS for match in pattern.finditer(plain))
    if not found:
        return []
    origin = [index for index, piece in enumerate(pieces) for _ in piece]
    spans: list[Span] = []
    for first, past in found:
        start, end = origin[first], origin[past - 1] + 1
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """A character as the patterns know it: none for what is not seen and could part a number."""
    if letter.isspace():
        return letter
    category = unicodedata.category(letter)
    if category in ("Cf", "Cc", "Cs", "Mn", "Me"):
        return ""
    if category == "Pd" or letter == "\u2212":
        return "-"
    return unicodedata.normalize("NFKC", letter)
