"""What only shows when all files are seen together: duplicates, and references to nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kb.article import Audience, Edition, Kind
from kb.content import Content
from kb.outline import Outline, Surroundings
from kb.problems import Level, Problem, sort_key
from kb.source import Draft


@dataclass(frozen=True)
class Finding:
    """What is wrong with a draft among all others."""

    problems: tuple[Problem, ...] = ()
    without: frozenset[str] = frozenset()
    """Fields that it is published without."""
    refused: bool = False
    """Whether it is not published at all."""


_GOOD = Finding()


@dataclass(frozen=True)
class Checked:
    """The drafts that may be published, what each must leave out, and all problems."""

    content: Content
    around: Surroundings
    drafts: Mapping[str, Draft]
    """By path; those with an error are not among them."""
    targets: Mapping[str, frozenset[str]]
    """By path: all that a draft points to."""
    findings: Mapping[str, Finding]
    """By path; there is none where all is well."""
    problems: tuple[Problem, ...]

    def without(self, path: str) -> frozenset[str]:
        """The fields that a draft is published without."""
        return self.findings.get(path, _GOOD).without

    def admitted(self, edition: Edition) -> dict[str, Draft]:
        """The drafts of an edition, by id, with the language behind it in translations."""
        return {key: self.drafts[path] for key, path in self.around.admitted[edition].items()}


def crosscheck(content: Content, today: date, before: Checked | None = None) -> Checked:
    """Check all that was read, against each other.

    Args:
        content: what was read.
        today: the day that is checked for.
        before: an earlier result. As long as no outline has changed, nor anything else around the
            drafts, only the drafts that have changed are checked again.
    """
    read = {path: one.draft for path, one in content.sources.items() if one.draft is not None}
    known = before.content.sources if before is not None else {}
    fresh = {
        path for path, draft in read.items() if path not in known or known[path].draft is not draft
    }
    outlines = dict(before.around.outlines) if before is not None else {}
    targets = dict(before.targets) if before is not None else {}
    for path in fresh:
        outlines[path] = Outline.of(read[path])
        targets[path] = frozenset(one.target for one in references(read[path]))
    around = Surroundings(
        today=today,
        outlines={path: outlines[path] for path in read},
        attachments=frozenset(content.attachments),
        authority=content.authority,
        directory=content.directory,
    )
    findings: dict[str, Finding] = {}
    if before is not None and before.around == around:
        around = before.around  # with all that it has worked out
        findings = {path: one for path, one in before.findings.items() if path not in fresh}
    else:
        fresh = set(read)
    for path in fresh:
        finding = _check(read[path], targets[path], around)
        if finding != _GOOD:
            findings[path] = finding
    problems = [
        *content.problems,
        *(problem for finding in findings.values() for problem in finding.problems),
        *_unknown_on_first_pages(content, around),
    ]
    return Checked(
        content=content,
        around=around,
        drafts={path: read[path] for path in around.good},
        targets={path: targets[path] for path in read},
        findings=findings,
        problems=tuple(sorted(problems, key=sort_key)),
    )


def _check(draft: Draft, targets: frozenset[str], around: Surroundings) -> Finding:
    if draft.path not in around.good:
        return Finding(tuple(_errors(draft, around)), refused=True)
    faults = dict(_faults(draft, around))
    without = frozenset(faults)
    dead = _dead_references(draft, targets, without, around)
    return Finding((*faults.values(), *dead, *_unknown_names(draft, around)), without)


def _problem(level: Level, draft: Draft, field: str, message: str) -> Problem:
    return Problem(level=level, path=draft.path, line=draft.line(field), message=message)


def _errors(draft: Draft, around: Surroundings) -> Iterator[Problem]:
    """What keeps a draft out of every edition."""
    others = around.sharing.get(draft.path)
    if others:
        message = (
            f'the id "{draft.id}" is also that of {", ".join(others)}; give one of them another'
        )
        yield _problem(Level.ERROR, draft, "id", message)
    if draft.id not in around.originals:
        message = f'this translates "{draft.id}", and there is no such article; rename the file'
        yield _problem(Level.ERROR, draft, "id", message)
    if around.outlines[draft.path].is_never:
        message = "from is after until, so it is never published; put the earlier date first"
        yield _problem(Level.ERROR, draft, "from", message)


def _faults(draft: Draft, around: Surroundings) -> Iterator[tuple[str, Problem]]:
    """What costs a draft a field, by the field."""
    front = draft.front
    kind = around.kinds.get(front.service or "")
    if kind not in (None, Kind.SERVICE):
        message = f'service: "{front.service}" is a {kind}; name an article of kind service'
        yield "service", _problem(Level.FAULT, draft, "service", message)
    ids = [step.id for step in front.steps]
    if len(set(ids)) < len(ids):
        twice = next(step for step in ids if ids.count(step) > 1)
        message = f'steps: the step "{twice}" stands here twice; give one another id'
        yield "steps", _problem(Level.FAULT, draft, "steps", message)
    having = around.numbered[front.number] if front.number else ()
    others = ", ".join(path for id_, path in having if id_ != draft.id)
    if others:
        message = f'number: "{front.number}" is also that of {others}; give one of them another'
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


def _dead_references(
    draft: Draft, targets: frozenset[str], without: frozenset[str], around: Surroundings
) -> Iterator[Problem]:
    key = around.outlines[draft.path].key
    staff, public = (around.targets[edition] for edition in (Edition.STAFF, Edition.PUBLIC))
    is_public = key in around.admitted[Edition.PUBLIC]
    if key not in around.admitted[Edition.STAFF] or targets <= (public if is_public else staff):
        return
    for reference in references(draft, without):
        target = reference.target
        if target not in staff:
            where = "there is nothing of that name"
        elif is_public and reference.audience is Audience.PUBLIC and target not in public:
            where = "it is not in the public edition"
        else:
            continue
        message = f'{reference.what}: "{target}" leads nowhere, {where}; correct or remove it'
        yield Problem(level=Level.WARNING, path=draft.path, line=reference.line, message=message)


def _unknown_names(draft: Draft, around: Surroundings) -> Iterator[Problem]:
    owner, provider = draft.front.owner, draft.front.provider
    if owner and around.people and owner not in around.people:
        message = f'owner: "{owner}" is not in directory.csv; add a row, or correct it'
        yield _problem(Level.WARNING, draft, "owner", message)
    if provider and around.bodies != {None} and provider not in around.bodies:
        message = f'provider: "{provider}" is not a partner in authority.yml; add it, or correct it'
        yield _problem(Level.WARNING, draft, "provider", message)


def _unknown_on_first_pages(content: Content, around: Surroundings) -> Iterator[Problem]:
    """What `authority.yml` puts on the first pages and the public edition does not have."""
    authority, lines = content.authority, content.authority_lines
    public, tags = around.admitted[Edition.PUBLIC], around.tags[Edition.PUBLIC]
    unknown = {
        "most_wanted": [id_ for id_ in authority.most_wanted if id_ not in public],
        "topics": [topic for topic in authority.topics if topic.casefold() not in tags],
    }
    for name, values in unknown.items():
        for value in values:
            message = f'{name}: the public edition has no "{value}"; correct or remove it'
            line = lines.get(name, 1)
            yield Problem(level=Level.WARNING, path="authority.yml", line=line, message=message)
