"""Signatures as Standard Webhooks describes them (https://www.standardwebhooks.com), version 1.

webhook-signature = "v1," + base64(HMAC-SHA256(key, id + "." + timestamp + "." + body))
"""

import base64
import binascii
import hmac
import secrets

PREFIX = "whsec_"
_LEAST, _MOST = 24, 64
"""Bytes of a key."""


def new_secret() -> str:
    """A secret for a receiver."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def read_secret(written: str) -> bytes:
    """The key in a secret.

    Raises:
        ValueError: if it is none; the message shows how to make one, and not the secret.
    """
    problem = ValueError(
        f"write it as {PREFIX} and {_LEAST} to {_MOST} bytes in base64; make one with: "
        "kb outbox secret"
    )
    if not written.startswith(PREFIX):
        raise problem
    try:
        key = base64.b64decode(written.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise problem from None
    if not _LEAST <= len(key) <= _MOST:
        raise problem
    return key


def signed(key: bytes, id_: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers that prove a message.

    Args:
        key: known to the receiver.
        id_: of the message; the same however often it comes.
        timestamp: of this attempt, in seconds since 1970.
        body: what is sent.
    """
    mac = hmac.digest(key, f"{id_}.{timestamp}.".encode() + body, "sha256")
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }
