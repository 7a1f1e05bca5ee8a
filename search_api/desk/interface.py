"""What the desk's page says and offers: keys and its scripts' texts."""

from typing import Any

from flask import Blueprint

from search_api.i18n import gettext as _


def register(routes: Blueprint) -> None:
    """Give the desk's templates what they offer."""

    @routes.context_processor
    def offers() -> dict[str, Any]:
        return {"keys": keys(), "script_words": script_words()}


def keys() -> list[tuple[str, str]]:
    """Every key, and what it does."""
    return [
        ("↓ ↑ j k", _("Choose an answer")),
        ("Enter", _("Open it")),
        ("/ Esc", _("Back to the question")),
        ("c", _("Copy as text message")),
        ("m", _("Copy as e-mail")),
        ("f", _("Flag it or fix it")),
        ("n", _("Next call")),
        ("?", _("Keys")),
    ]


def script_words() -> dict[str, str]:
    """The texts that the scripts show, by name; places to fill as %(name)s."""
    return {
        "one": _("1 answer"),
        "many": _("%(count)s answers"),
        "nothing": _("Nothing answers this yet."),
        "unsure": _("Not sure that one of these is the answer."),
        "showing": _("Showing results for: %(words)s."),
        "away": _("The server does not answer. Try again in a moment."),
        "signed-out": _("You have been signed out. Sign in again in another tab."),
        "flagged": _("Thank you. It is with the editors."),
        "copied": _("Copied."),
        "not-copied": _("This browser does not let us copy. Select the text and copy it by hand."),
    }
