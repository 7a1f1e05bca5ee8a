"""What a page is about, in the terms of https://schema.org/, from the edition's own articles."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import groupby

from indexer.generation import Generation
from kb.article import Article, Kind
from kb.authority import Authority
from kb.hours import WEEKDAYS, OpeningHours
from kb.opening import IsHoliday, different_days
from search_api import i18n
from search_api.machine import schema_org
from search_api.machine.address import absolute
from search_api.machine.listing import article_address, when
from search_api.machine.schema_org import (
    Answer,
    BreadcrumbList,
    ContactPoint,
    EntryPoint,
    FAQPage,
    GovernmentOffice,
    GovernmentOrganization,
    GovernmentService,
    ListItem,
    OpeningHoursSpecification,
    PropertyValue,
    Question,
    SearchAction,
    ServiceChannel,
    Thing,
    WebSite,
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLOSED = (time(0, 0), time(0, 0))
_YEAR = 366


def about_site(authority: Authority) -> tuple[Thing, ...]:
    """The site, its search, and who publishes it."""
    search = EntryPoint(url_template=absolute("pages.search") + "?q={search_term_string}")
    site = WebSite(
        name=authority.name,
        url=absolute("pages.home"),
        publisher=_council(authority),
        potential_action=SearchAction(
            target=search, query_input="required name=search_term_string"
        ),
    )
    return (site,)


def about_article(article: Article, generation: Generation, today: date) -> tuple[Thing, ...]:
    """An article as what it is, and the trail that leads to it."""
    changed = when(generation.store.rows[article.key].changed)
    authority = generation.setting.authority
    about: Thing
    match article.kind:
        case Kind.SERVICE:
            about = _service(article, authority, changed)
        case Kind.FAQ:
            about = _question(article, changed)
        case Kind.PLACE:
            about = _office(article, authority, today)
        case Kind.GUIDE:
            about = _guide(article, authority, changed)
    return (about, _trail(article, generation))


def _service(article: Article, authority: Authority, changed: datetime) -> GovernmentService:
    channels = tuple(
        ServiceChannel(name=action.label, service_phone=ContactPoint(telephone=action.url[4:]))
        if action.url.startswith("tel:")
        else ServiceChannel(name=action.label, service_url=action.url)
        for action in article.actions
    )
    code = str(article.lgsl) if article.lgsl else None
    return GovernmentService(
        name=article.title,
        description=article.lead or None,
        url=_address(article),
        provider=_provider(article, authority),
        available_channel=channels or None,
        identifier=PropertyValue(property_id="LGSL", value=code) if code else None,
        date_modified=changed,
    )


def _question(article: Article, changed: datetime) -> FAQPage:
    texts = [article.summary, *(section.text for section in article.sections)]
    answer = "\n".join(filter(None, texts))
    question = Question(
        name=article.title,
        alternate_name=article.questions or None,
        accepted_answer=Answer(text=answer),
    )
    return FAQPage(
        name=article.title,
        url=_address(article),
        in_language=article.language,
        main_entity=(question,) if answer else (),
        date_modified=changed,
    )


def _guide(article: Article, authority: Authority, changed: datetime) -> schema_org.Article:
    return schema_org.Article(
        headline=article.title,
        description=article.lead or None,
        url=_address(article),
        in_language=article.language,
        publisher=_council(authority),
        date_modified=changed,
    )


def _office(article: Article, authority: Authority, today: date) -> GovernmentOffice:
    hours = article.hours
    return GovernmentOffice(
        name=article.title,
        description=article.lead or None,
        url=_address(article),
        address=article.address or None,
        telephone=authority.channels.telephone,
        parent_organization=_provider(article, authority),
        opening_hours_specification=_week(hours) if hours else None,
        special_opening_hours_specification=(
            _special(hours, today, authority.is_bank_holiday) if hours else None
        ),
    )


def _week(hours: OpeningHours) -> tuple[OpeningHoursSpecification, ...] | None:
    """An ordinary week, days with the same times together."""
    named = dict(zip(WEEKDAYS, _DAYS, strict=True))
    slots = sorted(
        (times.opens, times.closes, WEEKDAYS.index(day))
        for day, ranges in hours.week()
        for times in ranges
    )
    return (
        tuple(
            OpeningHoursSpecification(
                day_of_week=tuple(named[WEEKDAYS[day]] for _, _, day in same),
                opens=opens,
                closes=closes,
            )
            for (opens, closes), same in groupby(slots, key=lambda slot: slot[:2])
        )
        or None
    )


def _special(
    hours: OpeningHours, today: date, is_holiday: IsHoliday
) -> tuple[OpeningHoursSpecification, ...] | None:
    """The days to come that are not as in an ordinary week."""
    return (
        tuple(
            OpeningHoursSpecification(
                opens=opens, closes=closes, valid_from=day.date, valid_through=day.date
            )
            for day in different_days(hours, today, _YEAR, is_holiday)
            for opens, closes in [(one.opens, one.closes) for one in day.ranges] or [_CLOSED]
        )
        or None
    )


def _trail(article: Article, generation: Generation) -> BreadcrumbList:
    steps = [(generation.setting.authority.name, absolute("pages.home"))]
    service = generation.store.read(article.service, article.language) if article.service else None
    if article.kind is Kind.PLACE:
        steps.append((i18n.gettext("Places"), absolute("pages.places")))
    elif article.kind is Kind.SERVICE or service is not None:
        steps.append((i18n.gettext("A–Z of services"), absolute("pages.a_to_z")))
    if service is not None:
        steps.append((service.title, _address(service)))
    steps.append((article.title, _address(article)))
    return BreadcrumbList(item_list_element=_items(steps))


def _items(steps: Sequence[tuple[str, str]]) -> tuple[ListItem, ...]:
    return tuple(
        ListItem(position=position, name=name, item=item)
        for position, (name, item) in enumerate(steps, 1)
    )


def _council(authority: Authority) -> GovernmentOrganization:
    channels = authority.channels
    return GovernmentOrganization(
        name=authority.name,
        url=channels.website,
        telephone=channels.telephone,
        email=channels.email,
    )


def _provider(article: Article, authority: Authority) -> GovernmentOrganization:
    """Who is responsible: a partner, or the council itself."""
    for partner in authority.partners:
        if partner.id == article.provider:
            return GovernmentOrganization(
                name=partner.name, url=partner.website, telephone=partner.telephone
            )
    return _council(authority)


def _address(article: Article) -> str:
    return article_address(article.id, article.language)
