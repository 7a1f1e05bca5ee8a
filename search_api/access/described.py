"""Sign-in and tokens in the description of the API."""

from typing import Any

SCHEMES: dict[str, Any] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "of a program; made with: kb token add",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "firstline",
        "description": "of somebody who is signed in; what writes needs X-CSRF-Token as well",
    },
}
SECURITY: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
"""One of them is enough."""
