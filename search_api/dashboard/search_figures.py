"""The tables of searches and votes, and of all shares in short."""

from search_api.dashboard import links
from search_api.dashboard.drawn import Drawn
from search_api.dashboard.tables import Column, Table, count, proportion, proportion_columns, words
from search_api.i18n import gettext as _


def summary(drawn: Drawn) -> Table:
    """All shares in short: of contacts, searches and votes."""
    found = drawn.overview
    period, total = found.contacts.period, found.contacts.total
    public, desk = found.public, found.desk
    named = (
        ("first-contact", _("First contacts resolved"), total.resolution, links.firsts(period)),
        ("avoidable", _("Avoidable contacts"), total.avoidance, links.contacts(period)),
        ("self-service", _("Questions residents answered themselves"), found.self_service, ""),
        (
            "public-without-result",
            _("Residents’ searches without a result"),
            public.without_result,
            "",
        ),
        (
            "public-without-click",
            _("Residents’ searches without a click"),
            public.without_click,
            "",
        ),
        ("desk-without-result", _("Searches of staff without a result"), desk.without_result, ""),
        ("desk-without-click", _("Searches of staff without a click"), desk.without_click, ""),
        ("unhelpful", _("Votes that an answer did not help"), found.unhelpful, links.votes()),
    )
    return Table(
        "summary",
        _("The shares in short"),
        (
            Column(_("Figure"), "name"),
            Column("", "id"),
            *proportion_columns(
                Column(_("Number"), "number", is_number=True), Column(_("Of"), "of", is_number=True)
            ),
        ),
        tuple(
            (*words(name), *words(id_), *proportion(one, link)) for id_, name, one, link in named
        ),
    )


def in_vain(drawn: Drawn) -> Table:
    """What residents searched for and found nothing."""
    return Table(
        "words",
        _("Words that residents searched for and found nothing"),
        (Column(_("Words"), "words"), Column(_("Times"), "times", is_number=True)),
        tuple((*words(one.query), count(one.times)) for one in drawn.overview.in_vain),
    )


def votes(drawn: Drawn) -> Table:
    """Answers by how many said that they did not help."""
    found = [one for one in drawn.overview.votes if one.unhelpful.hits]
    return Table(
        "votes",
        _("Answers voted unhelpful"),
        (
            Column(_("Article"), "name"),
            Column("", "id"),
            *proportion_columns(
                Column(_("Unhelpful"), "unhelpful", is_number=True),
                Column(_("Votes"), "votes", is_number=True),
            ),
        ),
        tuple(
            (
                *words(drawn.names.article(one.article) if one.article else _("None")),
                *words(one.article or ""),
                *proportion(one.unhelpful, links.votes(one.article)),
            )
            for one in found[: drawn.most]
        ),
        drawn.left_out(found),
    )
