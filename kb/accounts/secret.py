"""Secrets that are made here, and what is kept of them: never the secret itself."""

import hashlib
import hmac
import secrets

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""What cannot be taken for something else when it is read from a screen."""


def new_secret() -> str:
    """256 random bits, as 43 letters that need no quoting in a cookie or a header."""
    return secrets.token_urlsafe(32)


def new_password() -> str:
    """A password of 79 random bits that can be typed, as `kx7m-9rqd-t2vw-hn4p`."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def digest(secret: str) -> str:
    """What is kept of a secret: SHA-256 in hex. Enough for one that cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def derived(secret: str, purpose: str) -> str:
    """Another secret, which follows from the first but does not give it away."""
    key = secret.encode("utf-8", "surrogatepass")
    return hmac.new(key, purpose.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(
        one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass")
    )
