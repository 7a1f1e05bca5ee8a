"""How many text messages a text makes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text_message import text_message


@pytest.mark.parametrize(
    ("text", "alphabet", "length", "parts"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("£5 at 10€", "GSM-7", 10, 1),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("ŵ" * 70, "UCS-2", 70, 1),
        ("ŵ" * 71, "UCS-2", 71, 2),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 34 + "ŵŵŵ", "UCS-2", 71, 2),
    ],
)
def test_length_and_parts(text, alphabet, length, parts):
    found = text_message(text)
    assert (found.alphabet, found.length, found.parts) == (alphabet, length, parts)


def test_typographic_signs_become_plain_ones():
    found = text_message("It’s “open” – 9 to 5…")
    assert found.text == 'It\'s "open" - 9 to 5...'
    assert found.alphabet == "GSM-7"


@given(st.text(max_size=400))
def test_parts_never_hold_more_than_they_can(text):
    found = text_message(text)
    alone, joined = (160, 153) if found.alphabet == "GSM-7" else (70, 67)
    assert found.parts <= 1 or found.length > alone
    assert found.length <= (alone if found.parts <= 1 else found.parts * joined)
    assert found.parts <= 1 or found.length > (found.parts - 1) * (joined - 1)
