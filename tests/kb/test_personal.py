"""What looks like personal data, what only has numbers in it, and what stands in its place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.personal import MARK, looks_personal, mask

PERSONAL = [
    ("write to jo.bloggs+bins@example.co.uk please", "e-mail"),
    ("my number is QQ 12 34 56 C", "National Insurance"),
    ("ab123456", "National Insurance"),
    ("bins at pe15 0ab", "postcode"),
    ("PE150AB", "postcode"),
    ("sw1a 1aa", "postcode"),
    ("call 01632 960 212", "telephone"),
    ("07700900123 is me", "telephone"),
    ("+44 (0)1632 960212", "telephone"),
    ("01632‑960‑212", "telephone"),
    ("０１６３２ ９６０２１２", "telephone"),
    ("0163\u200b2 960212", "telephone"),
    ("0163\x002 960212", "telephone"),
    ("0️⃣1️⃣6️⃣3️⃣2️⃣9️⃣6️⃣0️⃣2️⃣1️⃣2️⃣", "telephone"),
    ("(555) 010-0199", "telephone"),
    ("555-0199", "telephone"),
    ("my account 71234567", "account"),
    ("4111 1111 1111 1111", "card"),
    ("3782 822463 10005", "card"),
]

HARMLESS = [
    "my p45",
    "the A40 by the M25",
    "2 child limit",
    "council tax 2024-25",
    "2017 and 2018 term dates",
    "bill of £1,200.50",
    "01/02/2024",
    "lost @ home",
    "form ct1 or sa100",
    "apply for 16 to 19 bursary",
    "",
]


@pytest.mark.parametrize(("text", "kind"), PERSONAL)
def test_personal_data_is_recognised_however_it_is_written(text, kind):
    assert kind in (looks_personal(text) or "")


@pytest.mark.parametrize("text", HARMLESS)
def test_a_number_alone_is_nothing_personal(text):
    assert looks_personal(text) is None
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("call me on 01632 960212, my bin is full", "call me on […], my bin is full"),
        ("jo@example.org or PE15 0AB", "[…] or […]"),
        ("jo@home@example.org", "[…]"),
        ("  my ni is qq123456c  ", "  my ni is […]  "),
        ("½ of café ☎ ０１６３２９６０２１２!", "½ of café ☎ […]!"),
        ("card 4111-1111-1111-1111 and 3782 822463 10005", "card […] and […]"),
    ],
)
def test_only_the_personal_part_is_masked_and_the_rest_stays_as_written(text, masked):
    assert mask(text) == masked


def test_a_number_that_the_limit_would_cut_is_masked_whole():
    text = "x" * 90 + " 01632 960212"
    assert mask(text, 95) == "x" * 90 + " […]"
    assert mask(text, 91) == "x" * 90 + " "
    assert mask("PE15 0ABx", 8) == MARK


ODD = st.one_of(
    st.text(),
    st.text(alphabet="0123456789 ()+-.@ab\u200b０９\n‑e\u0301"),
    st.lists(st.sampled_from([text for text, _ in PERSONAL] + HARMLESS)).map(" ".join),
    st.lists(st.sampled_from([text for text, _ in PERSONAL])).map("".join),
)


@given(ODD, st.one_of(st.none(), st.integers(0, 60)))
@example("a@b@c.d", None)
def test_what_was_masked_holds_nothing_personal_and_is_masked_no_further(text, limit):
    masked = mask(text, limit)
    assert looks_personal(masked) is None
    assert mask(masked, limit) == masked
    assert limit is None or len(masked) <= limit


@given(ODD)
def test_a_text_is_changed_just_where_it_looks_personal(text):
    assert (mask(text) == text) is (looks_personal(text) is None)


@given(st.text(), st.sampled_from([text for text, _ in PERSONAL]), st.text())
def test_what_is_personal_survives_between_no_other_words(before, personal, after):
    assert personal not in mask(f"{before} {personal} {after}")
