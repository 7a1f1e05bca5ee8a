"""What the desk's page says and offers: outcomes, channels, keys and its scripts' texts."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from kb.contacts.contact import Channel, Outcome
from search_api.i18n import gettext as _


def register(routes: Blueprint) -> None:
    """Give the desk's templates what they offer."""

    @routes.context_processor
    def offers() -> dict[str, Any]:
        return {
            "ends": ends(),
            "channels": channels(),
            "keys": keys(),
            "script_words": script_words(),
        }


@dataclass(frozen=True)
class End:
    """A way for a call to end, and its key."""

    value: Outcome
    label: str
    key: str


def ends() -> list[End]:
    """The outcomes, the usual one first."""
    return [
        End(Outcome.RESOLVED, _("Resolved"), "r"),
        End(Outcome.RESOLVED_WITH_HELP, _("Resolved with help"), "h"),
        End(Outcome.HANDED_OVER, _("Handed over"), "o"),
        End(Outcome.CALL_BACK, _("Call back"), "b"),
        End(Outcome.ABANDONED, _("Abandoned"), "a"),
    ]


def channels() -> list[tuple[Channel, str]]:
    """How people get in touch, the usual way first."""
    return [
        (Channel.TELEPHONE, _("Telephone")),
        (Channel.IN_PERSON, _("In person")),
        (Channel.EMAIL, _("E-mail")),
        (Channel.TEXT, _("Text message")),
        (Channel.WEB_CHAT, _("Web chat")),
        (Channel.LETTER, _("Letter")),
    ]


def keys() -> list[tuple[str, str]]:
    """Every key, and what it does."""
    return [
        ("↓ ↑ j k", _("Choose an answer")),
        ("Enter", _("Open it")),
        ("/ Esc", _("Back to the question; from the empty box, out of it")),
        *((end.key, end.label) for end in ends()),
        ("1 … 9", _("An answer to the guide's question")),
        ("c", _("Copy as text message")),
        ("m", _("Copy as e-mail")),
        ("f", _("Flag it or fix it")),
        ("p", _("Not the first contact")),
        ("v", _("Avoidable?")),
        ("t", _("Channel")),
        ("e", _("Case")),
        ("i", _("Notes")),
        ("n", _("Next call, without recording this one")),
        ("u", _("Put right what was recorded last")),
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
        "away": _("The server does not answer. Your call is kept; try again in a moment."),
        "signed-out": _(
            "You have been signed out. Sign in again in another tab; your call is kept."
        ),
        "flagged": _("Thank you. It is with the editors."),
        "copied": _("Copied."),
        "not-copied": _("This browser does not let us copy. Select the text and copy it by hand."),
        "recording": _("Saving: %(outcome)s."),
        "recorded": _("Recorded: %(outcome)s."),
        "waits": _("1 contact waits to be saved; it is kept here and sent again."),
        "wait": _("%(count)s contacts wait to be saved; they are kept here and sent again."),
        "refused": _("Not recorded: %(why)s"),
        "needs-when": _("Say by when: a time still to come."),
        "kept": _("Your call begun at %(time)s was kept. Go on with it, or press n for the next."),
        "dropped": _("Not recorded."),
        "correcting": _("Put right what is wrong, then say how the call went."),
        "put-right": _("Put it right"),
        "bring-back": _("Bring it back"),
    }
