"""How many text messages a text makes.

A part holds 140 octets: 160 characters of the GSM 7-bit alphabet (3GPP TS 23.038), or 70 UTF-16
code units where a character is not in it. In a text of several parts each part loses 6 octets to
its header (3GPP TS 23.040), and no character is cut in two.
"""

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each takes two places: an escape comes before it."""
_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " "}
)


@dataclass(frozen=True)
class TextMessage:
    """A text as it would be sent."""

    text: str
    alphabet: str
    """`GSM-7` or `UCS-2`."""
    length: int
    """In places of the alphabet: septets, or UTF-16 code units."""
    parts: int


def text_message(text: str) -> TextMessage:
    """Measure a text; typographic quotes and dashes become plain ones, which saves parts."""
    plain = text.translate(_PLAIN)
    if all(sign in _BASIC or sign in _EXTENDED for sign in plain):
        sizes = [2 if sign in _EXTENDED else 1 for sign in plain]
        return TextMessage(plain, "GSM-7", sum(sizes), _parts(sizes, 160, 153))
    sizes = [2 if ord(sign) > 0xFFFF else 1 for sign in plain]
    return TextMessage(plain, "UCS-2", sum(sizes), _parts(sizes, 70, 67))


def _parts(sizes: list[int], alone: int, joined: int) -> int:
    """How many parts hold characters of these sizes, none of them cut."""
    if sum(sizes) <= alone:
        return 1 if sizes else 0
    parts, room = 1, joined
    for size in sizes:
        if size > room:
            parts, room = parts + 1, joined
        room -= size
    return parts
