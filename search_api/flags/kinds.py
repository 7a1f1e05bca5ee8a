"""The kinds and states of flags in words."""

from kb.flags.flag import FlagKind, FlagState
from search_api.i18n import gettext as _


def about_article() -> tuple[FlagKind, ...]:
    """What can be said of an article."""
    return tuple(kind for kind in FlagKind if kind is not FlagKind.NOBODY_HAS_WRITTEN)


def labels() -> dict[FlagKind, str]:
    """Each kind, as whoever raises it says it."""
    return {
        FlagKind.WRONG: _("It is wrong"),
        FlagKind.UNCLEAR: _("It is not clear"),
        FlagKind.MISSING: _("Something is missing"),
        FlagKind.SAID_DIFFERENTLY: _("The caller said it differently"),
        FlagKind.NOBODY_HAS_WRITTEN: _("Nobody has written this"),
    }


def states() -> dict[FlagState, str]:
    """Each state."""
    return {
        FlagState.OPEN: _("Open"),
        FlagState.DONE: _("Done"),
        FlagState.DECLINED: _("Declined"),
    }
