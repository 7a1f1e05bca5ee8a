"""An article as the desk shows it: what to read out first, then what to do."""

from dataclasses import dataclass

from flask import current_app

from indexer.search import Searcher
from kb.article import Article, Audience, Section, Step
from kb.authority import Partner
from kb.text_message import TextMessage, text_message
from search_api.desk.handover import PersonShown, for_article
from search_api.i18n import gettext as _
from search_api.machine.address import PUBLIC_URL
from search_api.pages.notices import notices_about


@dataclass(frozen=True)
class AnswerShown:
    """An article, laid out for somebody with a caller on the line."""

    article: Article
    anchor: str
    """Of the section that answered; empty for the whole."""
    short: str
    """To be read out."""
    staff: tuple[Section, ...]
    details: tuple[Section, ...]
    partner: Partner | None
    """Whose job it is, where it is not this council's."""
    sms: TextMessage
    email: str
    handover: tuple[PersonShown, ...]
    titles: dict[str, str]
    """Of the articles that it leads to, by id."""
    notices: tuple[str, ...]
    """What is not as usual today about it."""

    @property
    def first_step(self) -> Step | None:
        """Where a guide begins; None where there is nothing to walk through."""
        return self.article.steps[0] if self.article.steps else None


def answer_shown(searcher: Searcher, article: Article, anchor: str = "") -> AnswerShown:
    """Lay an article out.

    Args:
        searcher: of the generation that it comes from.
        article: the one that was opened.
        anchor: the section that answered.
    """
    authority = searcher.generation.setting.authority
    rows = searcher.generation.store.rows
    goes = [answer.go for step in article.steps for answer in step.answers]
    wanted = [*article.related, *article.services, *goes, article.service or ""]
    return AnswerShown(
        article=article,
        anchor=anchor,
        short=article.lead,
        staff=tuple(one for one in article.sections if one.audience is Audience.STAFF),
        details=tuple(one for one in article.sections if one.audience is Audience.PUBLIC),
        partner=next((one for one in authority.partners if one.id == article.provider), None),
        sms=text_message(_message(article)),
        email=_email(article, authority.name),
        handover=tuple(for_article(searcher, article)),
        titles={id_: rows[id_].title for id_ in wanted if id_ in rows},
        notices=notices_about(searcher, article),
    )


def _online(article: Article) -> list[str]:
    return [action.url for action in article.actions if action.kind == "online"]


def _address(article: Article) -> str:
    """Where the public finds an article; empty for one that it does not."""
    base = current_app.config.get(PUBLIC_URL)
    open_to_all = article.audience is Audience.PUBLIC
    return f"{base.rstrip('/')}/articles/{article.id}" if base and open_to_all else ""


def _message(article: Article) -> str:
    """The short answer, and the one address that helps most."""
    if article.audience is Audience.STAFF:
        return ""
    addresses = [*_online(article), _address(article)]
    return " ".join(filter(None, (article.lead, next(filter(None, addresses), ""))))


def _email(article: Article, authority: str) -> str:
    """The answer in full, for a reply by e-mail; empty for what is not for the public."""
    if article.audience is Audience.STAFF:
        return ""
    lines = [article.title, "", article.lead]
    lines += (
        ["", *(f"{one.label}: {one.url}" for one in article.actions)] if article.actions else []
    )
    lines += ["", article.standard] if article.standard else []
    address = _address(article)
    lines += ["", _("Read more: %(address)s") % {"address": address}] if address else []
    return "\n".join([*lines, "", authority])
