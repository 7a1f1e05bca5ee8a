"""Passwords: which are refused, and how they are kept (argon2id, RFC 9106)."""

import re
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from kb.accounts.account import AccountProblem

SHORTEST, LONGEST = 12, 256
_TYPED = 4 * LONGEST
"""Letters as they come from a keyboard; putting many together takes long, and none has so many."""
_JUDGED = 72
"""Letters that are judged; the time it takes grows with the square."""
_ENOUGH = 3
"""Of 4: more than 10^8 guesses."""

HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each takes 64 MiB and a tenth of a second, which those who search are not to feel."""


def check_password(password: str, name: str) -> None:
    """Refuse a password that could be guessed. What it is made of does not matter.

    Raises:
        AccountProblem: with the reason, which never repeats the password.
    """
    from zxcvbn import zxcvbn  # 14 MB of word lists, which only commands need

    password = _same_form(password)
    if len(password) < SHORTEST:
        raise AccountProblem(
            f"a password needs at least {SHORTEST} letters, digits or signs; "
            "several words that nobody would put together are easy to remember"
        )
    if len(password) > LONGEST:
        raise AccountProblem(f"a password has at most {LONGEST} letters, digits or signs")
    like = [name, *re.split(r"[._@+-]+", name), "firstline", "council", "welcome"]
    if zxcvbn(password[:_JUDGED], user_inputs=like)["score"] < _ENOUGH:
        raise AccountProblem(
            "this password is too easy to guess: it is among the most common, like the name, or "
            "of letters in a row; several words that nobody would put together are better"
        )


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return HASHER.hash(_same_form(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password. It takes the same time where there is none to compare with."""
    if len(password) > _TYPED:
        password, kept = "", None
    with _AT_ONCE:
        try:
            return HASHER.verify(kept or nobodys(HASHER), _same_form(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether it was hashed as one does no more."""
    return HASHER.check_needs_rehash(kept)


@cache
def nobodys(hasher: PasswordHasher) -> str:
    """A hash to compare with where an account has none, or where there is no account."""
    return hasher.hash("nobody's")


def _same_form(password: str) -> str:
    """The same letters, however the keyboard composed them."""
    return unicodedata.normalize("NFKC", password)
