"""Numbers in the words of the page's language."""

from babel.numbers import format_decimal, format_percent

from kb.figures.proportion import Proportion
from search_api.i18n import gettext as _
from search_api.i18n import locale

NOTHING = "–"


def say_number(number: int) -> str:
    """As "12,345"."""
    return format_decimal(number, locale=locale())


def say_share(share: float | None, digits: int = 1) -> str:
    """As "75.2%"; a dash where there is none."""
    if share is None:
        return NOTHING
    pattern = "0." + "0" * digits + "%" if digits else "0%"
    return format_percent(share, pattern, locale=locale())


def say_interval(one: Proportion) -> str:
    """As "74.8% to 75.5%"; a dash of nothing."""
    if not one.of:
        return NOTHING
    low, high = one.interval
    return _("%(low)s to %(high)s") % {"low": say_share(low), "high": say_share(high)}


def say_seconds(seconds: int) -> str:
    """As "3 min 48 s"."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(seconds)s s") % {"seconds": rest}
    if minutes >= 60:
        hours, minutes = divmod(minutes, 60)
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
