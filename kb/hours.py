"""Opening hours: a week of time ranges, and the dates that are different."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, WithJsonSchema, model_validator

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_RANGE = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")

LAST_MINUTE = time(23, 59)
"""The latest closing time there is; it stands for midnight, as 24:00 and 00:00 do when written."""

WallTime = Annotated[time, WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}$"})]
"""A time on the wall's clock; the format `time` of JSON Schema would ask for an offset."""


class TimeRange(BaseModel):
    """From opening to closing, on one day, local time."""

    model_config = ConfigDict(frozen=True)

    opens: WallTime
    closes: WallTime

    @model_validator(mode="after")
    def _runs_forwards(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError(f'"{self}" does not run forwards; put the earlier time first')
        return self

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


Day = tuple[TimeRange, ...]
"""The ranges of one day in order; empty when closed."""


def parse_day(written: object) -> Day:
    """Read `"09:00-12:30, 13:30-17:00"` or `closed`; one that closes at midnight ends in `24:00`.

    Raises:
        ValueError: with the fix in the message.
    """
    if not isinstance(written, str):
        raise ValueError('write hours as "09:00-17:00" or closed')
    if written.strip().lower() == "closed":
        return ()
    ranges: list[TimeRange] = []
    for part in written.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise ValueError(f'"{part.strip()}" is not a time range; write "09:00-17:00" or closed')
        hour, minute, to_hour, to_minute = (int(group) for group in match.groups())
        try:
            opens, closes = time(hour, minute), _closing(to_hour, to_minute)
        except ValueError:
            raise ValueError(f'"{part.strip()}" has a time that is not on the clock') from None
        if opens > closes:
            raise ValueError(
                f'"{part.strip()}" does not run forwards; put the earlier time first, or, if it '
                f'goes past midnight, write "{opens:%H:%M}-24:00" here and "00:00-{closes:%H:%M}" '
                "on the day after"
            )
        if (hour, minute) == (to_hour, to_minute) or opens == closes:
            raise ValueError(
                f'"{part.strip()}" does not run forwards; for day and night write "00:00-24:00"'
            )
        if ranges and opens < ranges[-1].closes:
            raise ValueError(f'"{written}" does not run forwards; put the earlier time first')
        ranges.append(TimeRange(opens=opens, closes=closes))
    return tuple(ranges)


def _closing(hour: int, minute: int) -> time:
    """A closing time, midnight as the last minute.

    Raises:
        ValueError: if it is not on the clock.
    """
    return LAST_MINUTE if (hour, minute) in ((24, 0), (0, 0)) else time(hour, minute)


class OpeningHours(BaseModel):
    """A week and its exceptions, as written in `hours:` of a place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mon: Day = ()
    tue: Day = ()
    wed: Day = ()
    thu: Day = ()
    fri: Day = ()
    sat: Day = ()
    sun: Day = ()
    exceptions: dict[date, Day] = {}

    @model_validator(mode="before")
    @classmethod
    def _read(cls, written: Any) -> Any:
        if not isinstance(written, Mapping):
            raise ValueError('write hours as {mon: "09:00-17:00", …, exceptions: {…}}')
        read: dict[str, Any] = {}
        for key, value in written.items():
            if key == "exceptions":
                read[key] = _exceptions(value)
            elif key in WEEKDAYS:
                read[key] = value if isinstance(value, (tuple, list)) else parse_day(value)
            else:
                raise ValueError(f'"{key}" is not a day; use {", ".join(WEEKDAYS)} or exceptions')
        return read

    def on(self, day: date) -> Day:
        """The opening times of one date, exceptions considered."""
        if day in self.exceptions:
            return self.exceptions[day]
        ranges: Day = getattr(self, WEEKDAYS[day.weekday()])
        return ranges

    def week(self) -> list[tuple[str, Day]]:
        """The seven ordinary days, Monday first."""
        return [(name, getattr(self, name)) for name in WEEKDAYS]

    @classmethod
    def read(cls, written: object) -> Self:
        """Validate what stands in a content file."""
        return cls.model_validate(written)


def _exceptions(written: object) -> dict[date, Day]:
    if not isinstance(written, Mapping):
        raise ValueError("write exceptions as {2026-12-25: closed}")
    read: dict[date, Day] = {}
    for key, value in written.items():
        try:
            day = key if isinstance(key, date) else date.fromisoformat(str(key))
        except ValueError:
            raise ValueError(f'"{key}" is not a date; write it as 2026-12-25') from None
        read[day] = tuple(value) if isinstance(value, (tuple, list)) else parse_day(value)
    return read
