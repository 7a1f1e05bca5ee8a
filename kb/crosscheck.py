"""What only shows when all files are seen together: duplicates, and references to nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.article import Audience, Edition, Kind
from kb.content import Content
from kb.folder import FoundFile
from kb.problems import Level, Problem, sort_key
from kb.source import Draft


@dataclass(frozen=True)
class Checked:
    """The drafts that may be published, what each must leave out, and all problems."""

    content: Content
    drafts: dict[str, Draft]
    """By path; those with an error are not among them."""
    without: dict[str, frozenset[str]]
    """By path: fields that a draft is published without."""
    problems: tuple[Problem, ...]

    def admitted(self, edition: Edition, today: date) -> dict[str, Draft]:
        """The drafts of an edition on a day, by id, with the language behind it in translations."""
        found: dict[str, Draft] = {}
        for draft in self.drafts.values():
            if edition.admits(draft.front.audience) and _stands_on(draft, edition, today):
                found[draft.id if draft.language == "en" else f"{draft.id}.{draft.language}"] = (
                    draft
                )
        return {key: draft for key, draft in found.items() if draft.id in found}


def _stands_on(draft: Draft, edition: Edition, today: date) -> bool:
    front = draft.front
    if (front.from_ and today < front.from_) or (front.until and today > front.until):
        return False
    withdrawn = front.after_review == "withdraw" and front.review_by and front.review_by < today
    return not (withdrawn and edition is Edition.PUBLIC)


def crosscheck(content: Content, today: date) -> Checked:
    """Check all that was read, against each other."""
    drafts = {s.path: s.draft for s in content.sources.values() if s.draft is not None}
    problems = list(content.problems)
    without: dict[str, set[str]] = defaultdict(set)
    for problem in _unpublishable(drafts):
        problems.append(problem)
        drafts.pop(problem.path, None)
    for field, problem in _faults(drafts):
        problems.append(problem)
        without[problem.path].add(field)
    checked = Checked(
        content, drafts, {path: frozenset(fields) for path, fields in without.items()}, ()
    )
    problems += _dead_references(checked, today)
    problems += _unknown_names(content, drafts.values())
    problems += _unknown_on_first_pages(checked, today)
    return Checked(content, drafts, checked.without, tuple(sorted(problems, key=sort_key)))


def _problem(level: Level, draft: Draft, field: str, message: str) -> Problem:
    return Problem(level=level, path=draft.path, line=draft.line(field), message=message)


def _unpublishable(drafts: dict[str, Draft]) -> list[Problem]:
    problems: list[Problem] = []
    by_id: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts.values():
        by_id[draft.id, draft.language].append(draft)
    for (article_id, _), same in by_id.items():
        for draft in same if len(same) > 1 else ():
            others = ", ".join(other.path for other in same if other is not draft)
            message = f'the id "{article_id}" is also that of {others}; give one of them another'
            problems.append(_problem(Level.ERROR, draft, "id", message))
    for draft in drafts.values():
        if draft.language != "en" and (draft.id, "en") not in by_id:
            message = f'this translates "{draft.id}", and there is no such article; rename the file'
            problems.append(_problem(Level.ERROR, draft, "id", message))
        front = draft.front
        if front.from_ and front.until and front.from_ > front.until:
            message = "from is after until, so it is never published; put the earlier date first"
            problems.append(_problem(Level.ERROR, draft, "from", message))
    return problems


def _faults(drafts: dict[str, Draft]) -> Iterator[tuple[str, Problem]]:
    numbers: dict[str, list[Draft]] = defaultdict(list)
    by_id = {draft.id: draft for draft in drafts.values() if draft.language == "en"}
    for draft in drafts.values():
        front = draft.front
        if front.number:
            numbers[front.number].append(draft)
        service = by_id.get(front.service or "")
        if service is not None and service.kind is not Kind.SERVICE:
            message = (
                f'service: "{service.id}" is a {service.kind}; name an article of kind service'
            )
            yield "service", _problem(Level.FAULT, draft, "service", message)
        ids = [step.id for step in front.steps]
        if len(set(ids)) < len(ids):
            twice = next(step for step in ids if ids.count(step) > 1)
            message = f'steps: the step "{twice}" stands here twice; give one another id'
            yield "steps", _problem(Level.FAULT, draft, "steps", message)
    for number, same in numbers.items():
        for draft in same:
            others = ", ".join(other.path for other in same if other.id != draft.id)
            if not others:
                continue
            message = f'number: "{number}" is also that of {others}; give one of them another'
            yield "number", _problem(Level.FAULT, draft, "number", message)


@dataclass(frozen=True)
class Reference:
    """Something a draft points to by id or path."""

    target: str
    what: str
    line: int
    audience: Audience = Audience.PUBLIC


def references(draft: Draft, without: frozenset[str] = frozenset()) -> Iterator[Reference]:
    """All that a draft points to, text and fields alike."""
    front = draft.front
    if front.service and "service" not in without:
        yield Reference(front.service, "service", draft.line("service"))
    for index, target in enumerate(front.related):
        yield Reference(target, "related", draft.line("related", index))
    for index, target in enumerate(front.services):
        yield Reference(target, "services", draft.line("services", index))
    if "steps" not in without:
        own = {step.id for step in front.steps}
        for index, step in enumerate(front.steps):
            for answer in step.answers:
                if answer.go not in own:
                    yield Reference(answer.go, "steps", draft.line("steps", index))
    for link in draft.links:
        yield Reference(link.target, "link", link.line, link.audience)


def attachment_paths(attachments: dict[str, FoundFile], edition: Edition) -> set[str]:
    """The attachments of an edition, as `files/public/form.pdf`."""
    return {
        path for path in attachments if path.startswith("files/public/") or edition is Edition.STAFF
    }


def _dead_references(checked: Checked, today: date) -> Iterator[Problem]:
    staff = _targets(checked, Edition.STAFF, today)
    public = _targets(checked, Edition.PUBLIC, today)
    for key, draft in checked.admitted(Edition.STAFF, today).items():
        for reference in references(draft, checked.without.get(draft.path, frozenset())):
            target = reference.target
            if target not in staff:
                where = "there is nothing of that name"
            elif key in public and reference.audience is Audience.PUBLIC and target not in public:
                where = "it is not in the public edition"
            else:
                continue
            message = f'{reference.what}: "{target}" leads nowhere, {where}; correct or remove it'
            yield Problem(
                level=Level.WARNING, path=draft.path, line=reference.line, message=message
            )


def _targets(checked: Checked, edition: Edition, today: date) -> set[str]:
    keys = set(checked.admitted(edition, today))
    return keys | attachment_paths(checked.content.attachments, edition)


def _unknown_names(content: Content, drafts: Iterable[Draft]) -> Iterator[Problem]:
    people = {entry.id for entry in content.directory}
    authority = content.authority
    bodies = {partner.id for partner in authority.partners} | {authority.id}
    for draft in drafts:
        owner, provider = draft.front.owner, draft.front.provider
        if people and owner and owner not in people:
            message = f'owner: "{owner}" is not in directory.csv; add a row, or correct it'
            yield _problem(Level.WARNING, draft, "owner", message)
        if bodies != {None} and provider and provider not in bodies:
            message = (
                f'provider: "{provider}" is not a partner in authority.yml; add it, or correct it'
            )
            yield _problem(Level.WARNING, draft, "provider", message)


def _unknown_on_first_pages(checked: Checked, today: date) -> Iterator[Problem]:
    """What `authority.yml` puts on the first pages and the public edition does not have."""
    public = checked.admitted(Edition.PUBLIC, today)
    tags = {tag.casefold() for draft in public.values() for tag in draft.front.tags}
    authority, lines = checked.content.authority, checked.content.authority_lines
    unknown = {
        "most_wanted": [id_ for id_ in authority.most_wanted if id_ not in public],
        "topics": [topic for topic in authority.topics if topic.casefold() not in tags],
    }
    for name, values in unknown.items():
        for value in values:
            message = f'{name}: the public edition has no "{value}"; correct or remove it'
            line = lines.get(name, 1)
            yield Problem(level=Level.WARNING, path="authority.yml", line=line, message=message)
