"""What a caller said of himself: it is kept out of whatever is written down and published.

Rather one wording too many refused than a caller's number published: an editor can still write by
hand what was refused in error.
"""

import re
import unicodedata

_KINDS = (
    ("an e-mail address", r"[^\s@]+@[^\s@]+\.[^\s@]+"),
    ("a National Insurance number", r"(?<!\w)[a-z]{2}[\s.-]*(?:\d{2}[\s.-]*){3}[a-d]?(?!\w)"),
    ("a postcode", r"(?<!\w)(?:[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}|gir\s*0aa)(?!\w)"),
    (
        "a telephone number",
        # With its area code, as +44 (0)1632 960212; or the last seven digits in two groups.
        r"(?<!\d)(?:\+\s?\d|\(?0)(?:[\s().-]{0,3}\d){8,}|"
        r"(?<!\d)(?:\(?\d{3}\)?[\s.-]*)?\d{3}[\s.-]\d{4}(?!\d)",
    ),
    ("a telephone, account or card number", r"\d{6,}|(?<!\d)(?:\d{4}[\s-]){3}\d{1,4}(?!\d)"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


def looks_personal(text: str) -> str | None:
    """What kind of personal data a text seems to hold, to be read after "looks like"; or None."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) != "Cf"  # invisible, and so able to part a number
    )
    # Every kind of dash is one, else a number could be written apart with it.
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    return next((kind for kind, pattern in _PATTERNS if pattern.search(plain)), None)
