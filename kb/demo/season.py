"""A season of made-up contacts: busy Mondays and mornings, teams, matters that are hard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import insert

from kb import clock
from kb.accounts.roles import Role
from kb.contacts.chain import Chain
from kb.contacts.contact import Report
from kb.demo.calls import Agent, Call, Calls, Subject
from kb.demo.journal import Journal
from kb.demo.scenery import Matter, Scenery
from kb.records.entries import Entry
from kb.records.journal import append
from kb.records.tables import accounts

if TYPE_CHECKING:
    from kb.demo.store import Progress

_TEAMS = 3
_OPENS, _CLOSES = time(8, 30), time(17, 30)
_BUSY_DAYS = (1.25, 1.05, 0.95, 1.0, 0.85)
"""Monday to Friday."""
_BUSY_HOURS = {8: 0.7, 9: 1.3, 10: 1.4, 11: 1.2, 12: 0.8, 13: 0.9, 14: 1.15, 15: 1.0, 16: 0.8}
_GAP_S = 900
"""Between two contacts of an agent, on average."""
_PRESENT = 0.82
"""How likely an agent works on a day."""
_RESIDENTS = 9
"""Searches on the public site a day, for each agent."""
_CORRECTED = 0.004
"""Of contacts that were not resolved, those whose agent says later that they were."""
_RISE = 0.05
"""How much more likely contacts are resolved at the end of the season than at its beginning."""


@dataclass(frozen=True)
class Written:
    """What was written."""

    contacts: int
    entries: int
    """Searches, openings and pieces of feedback."""


class Season:
    """A season; the same arguments make the same one."""

    def __init__(self, scenery: Scenery, last: date, *, weeks: int, agents: int, seed: int) -> None:
        """Nothing is made yet.

        Args:
            scenery: what callers ask about; without a matter there are no contacts.
            last: its last day.
            weeks: how long it is.
            agents: how many people take contacts.
            seed: of all that is random.
        """
        self._random = Random(seed)  # noqa: S311
        self._scenery = scenery
        self._days = [last - timedelta(days=back) for back in range(7 * weeks)][::-1]
        self._subjects = self._made_subjects()
        self._weights = list(accumulate(1 / (place + 4) for place in range(len(self._subjects))))
        self._agents = [self._made_agent(number) for number in range(agents)]
        self._calls = Calls(self._random, scenery)
        self._journal = Journal(self._random)

    def write(self, chain: Chain, progress: "Progress | None" = None) -> Written:
        """Write it into an empty store.

        Raises:
            RecordsAway: if the disk does not take it.
        """
        with chain.database.writing() as connection:
            connection.execute(insert(accounts), [*self._accounts()])
        contacts = entries = 0
        for done, day in enumerate(self._days, 1):
            calls = [*self._calls_of(day)] if self._subjects else []
            said = [entry for call in calls for entry in self._journal.of_call(call)]
            said += self._residents(day)
            with chain.adding() as end:
                end.take_in_new(call.report for call in calls)
                for report in self._corrections(calls):
                    end.take_in(report)
                append(end.connection, said)
            contacts += len(calls)
            entries += len(said)
            if progress is not None:
                progress(done, len(self._days))
        return Written(contacts, entries)

    def _made_subjects(self) -> list[Subject]:
        """The matters in an order in which each is asked about less than the one before."""
        random = self._random
        wanted = len(self._scenery.authority.most_wanted)
        often, others = self._scenery.matters[:wanted], [*self._scenery.matters[wanted:]]
        random.shuffle(others)
        return [self._subject(matter, place) for place, matter in enumerate((*often, *others))]

    def _subject(self, matter: Matter, place: int) -> Subject:
        random = self._random
        hard = place % 5 == 2
        return Subject(
            matter,
            ease=random.uniform(0.55, 0.68) if hard else random.betavariate(22, 4),
            unwritten=hard and place % 2 == 0,
            failing=random.choice(matter.topics) if place % 7 == 3 else None,
        )

    def _made_agent(self, number: int) -> Agent:
        teams = self._scenery.teams[:_TEAMS] or (None,)
        # The first team is the largest, as in a contact centre with counters in the districts.
        team = teams[0] if number % 2 else teams[number // 2 % len(teams)]
        account = UUID(int=self._random.getrandbits(128), version=4)
        return Agent(account, team, self._random.uniform(-0.04, 0.04))

    def _accounts(self) -> Iterator[dict[str, object]]:
        for number, agent in enumerate(self._agents, 1):
            yield {
                "id": agent.account,
                "name": f"agent-{number:02}",
                "role": Role.AGENT.value,
                "team": agent.team,
                "demo": True,
                "created_at": clock.now(),
            }

    def _calls_of(self, day: date) -> Iterator[Call]:
        """The contacts of a day, as they ended."""
        if day.weekday() > 4 or self._scenery.authority.is_bank_holiday(day):
            return
        mood = _RISE * ((day - self._days[0]).days / len(self._days) - 0.5)
        made: list[Call] = []
        for agent in self._agents:
            if self._random.random() < _PRESENT:
                made += self._calls_of_agent(agent, day, mood)
        yield from sorted(made, key=lambda call: call.report.contact.ended_at)

    def _calls_of_agent(self, agent: Agent, day: date, mood: float) -> Iterator[Call]:
        at = datetime.combine(day, _OPENS, clock.ZONE)
        closes = datetime.combine(day, _CLOSES, clock.ZONE)
        while True:
            busy = _BUSY_DAYS[day.weekday()] * _BUSY_HOURS.get(at.hour, 1)
            at += timedelta(seconds=round(self._random.expovariate(busy / _GAP_S)))
            if at >= closes:
                return
            call = self._calls.call(agent, self._any_subject(), at, mood)
            at = call.report.contact.ended_at.astimezone(clock.ZONE)
            if at > clock.now():
                return
            yield call

    def _residents(self, day: date) -> list[Entry]:
        if not self._subjects:
            return []
        weekend = 0.7 if day.weekday() > 4 else 1
        midnight = datetime.combine(day, time(), clock.ZONE)
        entries: list[Entry] = []
        for _ in range(round(_RESIDENTS * len(self._agents) * weekend)):
            at = midnight + timedelta(seconds=self._random.triangular(6, 24, 19) * 3599)
            if at < clock.now():
                entries += self._journal.of_resident(self._any_subject(), at)
        return entries

    def _corrections(self, calls: list[Call]) -> Iterator[Report]:
        for call in calls:
            missed = call.report.contact.answered_by is None
            if missed and self._random.random() < _CORRECTED:
                yield self._calls.corrected(call.report)

    def _any_subject(self) -> Subject:
        return self._random.choices(self._subjects, cum_weights=self._weights)[0]
