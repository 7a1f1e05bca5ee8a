"""What looks like personal data, and what only has numbers in it."""

import pytest

from indexer.personal import looks_personal


@pytest.mark.parametrize(
    ("text", "kind"),
    [
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
        ("(555) 010-0199", "telephone"),
        ("555-0199", "telephone"),
        ("my account 71234567", "account"),
        ("4111 1111 1111 1111", "card"),
    ],
)
def test_personal_data_is_recognised_however_it_is_written(text, kind):
    assert kind in (looks_personal(text) or "")


@pytest.mark.parametrize(
    "text",
    [
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
    ],
)
def test_a_number_alone_is_nothing_personal(text):
    assert looks_personal(text) is None
