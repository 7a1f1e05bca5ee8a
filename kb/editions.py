"""What each edition holds: which articles, how each is told apart, and each one complete."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kb.article import Action, Article, Edition, Section, Step, StepAnswer
from kb.crosscheck import Checked, references
from kb.markdown import resolve
from kb.numbers import number_articles
from kb.outline import attachments_in
from kb.source import Draft

FORMAT = "3"
"""Part of every fingerprint: raise it when articles of the same source come out differently."""

_STAFF_FIELDS = {"owner", "file"}


@dataclass(frozen=True)
class EditionPlan:
    """An edition as it should be."""

    edition: Edition
    drafts: dict[str, Draft]
    """By key: the id, with the language behind it in a translation."""
    attachments: frozenset[str]
    checked: Checked
    numbers: Mapping[str, str]
    """By id, of all articles; those of other editions too."""
    fingerprints: Mapping[str, str]
    """By key: changes whenever the article would come out differently in this edition."""

    def locate(self, target: str) -> str | None:
        """The address of an article or attachment in this edition; None where it has none."""
        if target in self.drafts:
            return f"/articles/{target}"
        return f"/{target}" if target in self.attachments else None

    def build(self, key: str) -> Article:
        """The article, with everything taken out that does not belong in this edition.

        Raises:
            ContentChanged: if its file is no longer the one that was read.
        """
        draft = self.drafts[key]
        parsed = self.checked.content.sections(draft.path)
        return _article(draft, parsed.sections, self)


def plan_edition(
    checked: Checked,
    edition: Edition,
    before: EditionPlan | None = None,
    numbers: Mapping[str, str] | None = None,
) -> EditionPlan:
    """Decide what an edition holds.

    Args:
        checked: all there is.
        edition: which one.
        before: an earlier plan of it. Where a draft and what it leads to are still the same, so is
            its fingerprint.
        numbers: by id, of all articles; None to number them as if for the first time.
    """
    numbers = number_articles(checked.around, {}).of if numbers is None else numbers
    drafts = checked.admitted(edition)
    again = drafts.keys() if before is None else _to_mark_again(drafts, checked, numbers, before)
    marks = dict(before.fingerprints) if before is not None else {}
    for key in marks.keys() - drafts.keys():
        del marks[key]
    for key in again:
        marks[key] = _fingerprint(drafts[key], edition, checked, numbers)
    attachments = attachments_in(checked.around.attachments, edition)
    return EditionPlan(edition, drafts, attachments, checked, numbers, marks)


def _to_mark_again(
    drafts: Mapping[str, Draft], checked: Checked, numbers: Mapping[str, str], before: EditionPlan
) -> Collection[str]:
    """The keys of drafts that have changed, or their numbers, or what they leave out or lead to."""
    renumbered: set[str] = set()
    if numbers is not before.numbers:
        renumbered = {id_ for id_, one in numbers.items() if before.numbers.get(id_) != one}
    paths = checked.findings.keys() | before.checked.findings.keys()
    other = {path for path in paths if checked.without(path) != before.checked.without(path)}
    edition = before.edition
    moved = checked.around.targets[edition] ^ before.checked.around.targets[edition]
    return [
        key
        for key, draft in drafts.items()
        if before.drafts.get(key) is not draft
        or (other and draft.path in other)
        or (renumbered and draft.id in renumbered)
        or (moved and not moved.isdisjoint(checked.targets[draft.path]))
    ]


def _fingerprint(
    draft: Draft, edition: Edition, checked: Checked, numbers: Mapping[str, str]
) -> str:
    without = checked.without(draft.path)
    reached = checked.around.targets[edition]
    gone = {ref.target for ref in references(draft, without)} - reached
    digest = checked.content.sources[draft.path].digest
    parts = [FORMAT, edition, digest, draft.id, draft.kind, numbers[draft.id]]
    if edition is Edition.STAFF:
        parts.append(draft.path)
    text = "\0".join([*parts, *sorted(gone), "", *sorted(without)])
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def _article(draft: Draft, sections: Iterable[Section], plan: EditionPlan) -> Article:
    front = draft.front
    without = set(plan.checked.without(draft.path)) - {"number"}
    if plan.edition is Edition.PUBLIC:
        without |= _STAFF_FIELDS

    def reachable(targets: Iterable[str]) -> tuple[str, ...]:
        return tuple(target for target in targets if target in plan.drafts)

    fields = {
        "id": draft.id,
        "language": draft.language,
        "title": front.title,
        "kind": draft.kind,
        "audience": front.audience,
        "summary": front.summary or "",
        "questions": front.questions,
        "tags": front.tags,
        "a_z": front.a_z,
        "service": next(iter(reachable([front.service or ""])), None),
        "lgsl": front.lgsl,
        "provider": front.provider,
        "promoted_for": front.promoted_for,
        "actions": tuple(Action(**action.model_dump()) for action in front.actions),
        "standard": front.standard or "",
        "number": plan.numbers[draft.id],
        "service_code": front.service_code,
        "owner": front.owner,
        "file": draft.path,
        "verified": front.verified,
        "review_by": front.review_by,
        "related": reachable(front.related),
        "address": front.address or "",
        "hours": front.hours,
        "services": reachable(front.services),
        "ask": front.ask,
        "steps": _steps(draft, plan),
        "sections": tuple(
            resolve(section, plan.locate)
            for section in sections
            if plan.edition.admits(section.audience)
        ),
    }
    return Article(**{name: value for name, value in fields.items() if name not in without})


def _steps(draft: Draft, plan: EditionPlan) -> tuple[Step, ...]:
    """The decision steps, without answers that lead out of the edition."""
    own = {step.id for step in draft.front.steps}
    return tuple(
        Step(
            id=step.id,
            ask=step.ask,
            answers=tuple(
                StepAnswer(label=answer.label, go=answer.go)
                for answer in step.answers
                if answer.go in own or answer.go in plan.drafts
            ),
        )
        for step in draft.front.steps
    )
