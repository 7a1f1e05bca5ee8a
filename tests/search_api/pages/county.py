"""The authority of the pages' tests, and what a reader makes of a page."""

import re
from html import unescape
from typing import Any

AUTHORITY = """
name: Testshire County Council
id: testshire
colour: "#1d4f5c"
logo: files/public/logo.svg
channels:
  telephone: 01632 960100
  email: ask@testshire.example
  sms: Text ASK to 01632 960101.
  hours: {mon: "09:00-17:00", tue: "09:00-17:00", fri: "09:00-16:30"}
  emergency: {telephone: 01632 960999, covers: for a dangerous building}
bank_holidays: [2026-12-25]
partners:
  - {id: fen, name: Fen District Council, telephone: 01632 960200, website: "https://fen.example/"}
standards:
  - {name: Telephone, promise: We answer within a minute.}
"""


def say(response: Any) -> str:
    """What a reader of the page is told, in one line."""
    body = re.sub(r"<head>.*?</head>", " ", response.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def main_of(response: Any) -> str:
    """The HTML of the page's own matter."""
    return response.text.partition("<main")[2].partition("</main>")[0]
