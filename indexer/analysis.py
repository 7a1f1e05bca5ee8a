"""Words: one analysis, used alike for what is indexed and what is asked."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

# Letters and digits, accents written apart (a Mac's files), apostrophes inside.
VERSION = "4"
"""Raise it when texts are analysed differently: what was indexed before is then built anew."""

_POSTCODE = r"\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}\b"
"""A British postcode; with or without its space it is one word."""
_LETTERS = r"\b[A-Za-z](?:(?:\.[A-Za-z])+|(?: [A-Za-z]){2,})\b(?!['’`´.]\w)"
"""Letters said one by one: "D.W.P.", "p i p"; they are one word."""
_WORD = re.compile(rf"{_POSTCODE}|{_LETTERS}|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*|['’`´][^\W_]+)*")
_BETWEEN = re.compile(r"['’`´. ]")
"""What stands inside a word and is left out: blanks and dots only where it is said in letters."""
_POSSESSIVE = re.compile(r"['’`´]s$", re.IGNORECASE)
_MAX_WORD = 40

_STEMMER = Stemmer.Stemmer("english", 0)
_STEMMER_LOCK = threading.Lock()

# Articles, pronouns, prepositions and auxiliaries; then the words of asking.
_STOP_WORDS = """
a an and any are as at be been being but by did do does doing done for from had has have having
he her here hers him his i if in into is it its just me mine my of off on onto or our ours out
over she so some such than that the their theirs them then there these they this those through
to too under up upon us very was we were will with would you your yours am im ive id ill weve
youre theyre theres thats its hes
shes also about because

how what when where which who whom whose why can could should shall may might must get getting
got go going know need needs needed want wants wanted like tell say says find please help hello
hi thanks thank see let make much many lot ask asking wondering wonder trying try use
"""

STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Left out of a question as long as another word is left; our own list."""


NEGATIONS = frozenset(
    f"{verb}nt"
    for verb in (
        *("do", "does", "did", "is", "are", "was", "were", "ca", "could", "wo", "would"),
        *("should", "has", "have", "had", "must", "need"),
    )
) | {"cannot", "never"}
"""All of these are the term `not`: "my bin wasn't emptied" is "my bin was not emptied"."""


_IZE = re.compile(r"([a-z]{3,})iz(e|ed|es|er|ers|ing|ation|ations)")
_ALWAYS_IZE = frozenset(
    f"{stem}iz{end}" for stem in ("caps", "prize") for end in ("e", "ed", "es", "ing")
)
_SPELLINGS = (
    *(("color", "colour"), ("neighbor", "neighbour"), ("behavior", "behaviour")),
    *(("favor", "favour"), ("harbor", "harbour"), ("honor", "honour"), ("labor", "labour")),
    *(("center", "centre"), ("theater", "theatre"), ("license", "licence"), ("curb", "kerb")),
    *(("defense", "defence"), ("offense", "offence"), ("mold", "mould"), ("plow", "plough")),
    *(("gray", "grey"), ("jewelry", "jewellery"), ("enrollment", "enrolment")),
    *(("fulfill", "fulfil"), ("canceled", "cancelled"), ("traveler", "traveller")),
)
"""The beginnings of words that are spelt otherwise in America, and ours."""


class Token(NamedTuple):
    """A word of a text: the term it is indexed as, and where it stands."""

    term: str
    word: str
    """Lower case, without accents or apostrophes: the form that spelling works on."""
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order, with the span of each in `text`."""
    for match in _WORD.finditer(text):
        if match.end() - match.start() <= _MAX_WORD:
            word, term = _analyse(match.group())
            yield Token(term, word, match.start(), match.end())


def terms(text: str) -> list[str]:
    """The indexed terms of a text, in order."""
    return [_analyse(word)[1] for word in _WORD.findall(text) if len(word) <= _MAX_WORD]


def gist(text: str) -> frozenset[str]:
    """What two questions about one thing have in common: their terms, however they are put.

    Words that every question has are left out, as long as another is left.
    """
    found = list(tokens(text))
    said = [token for token in found if token.word not in STOP_WORDS]
    return frozenset(token.term for token in said or found)


def words(text: str) -> list[str]:
    """The plain words of a text, in order, not stemmed."""
    return [_analyse(word)[0] for word in _WORD.findall(text) if len(word) <= _MAX_WORD]


def grams(text: str) -> list[str]:
    """The character trigrams of the words of a text, each word between `^` and `$`."""
    return [gram for word in words(text) for gram in word_grams(word)]


@lru_cache(maxsize=50_000)
def word_grams(word: str) -> tuple[str, ...]:
    """The character trigrams of one plain word: `^ta`, `tax`, `ax$`."""
    marked = f"^{word}$"
    return tuple(marked[at : at + 3] for at in range(len(marked) - 2))


def stem(word: str) -> str:
    """The term of a plain word."""
    return _analyse(word)[1]


@lru_cache(maxsize=200_000)
def _analyse(written: str) -> tuple[str, str]:
    """The plain word and the term of a word as it was written."""
    word = _BETWEEN.sub("", _POSSESSIVE.sub("", written)).casefold()
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    if word in NEGATIONS:
        return word, "not"
    if any(letter.isdigit() for letter in word):
        return word, word
    with _STEMMER_LOCK:
        return word, _STEMMER.stemWord(british(word))


def british(word: str) -> str:
    """A plain word in its British spelling: color and organize are colour and organise."""
    for american, ours in _SPELLINGS:
        if word.startswith(american):
            return ours + word[len(american) :]
    match = _IZE.fullmatch(word)
    return f"{match[1]}is{match[2]}" if match and word not in _ALWAYS_IZE else word
