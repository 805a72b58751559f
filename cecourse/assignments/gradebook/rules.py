"""The rules of a class, from its settings.toml: deadlines, what a late day costs, which attempt counts."""

import math
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from ..questions.catalogue import ASSIGNMENTS
from .tables import NotUnderstood

ATTEMPTS = ("best", "latest")
INPUTS = ("class", "hand-in")


@dataclass(frozen=True)
class Rules:
    """What decides which hand-in counts, and how much."""

    attempt: str = "best"
    late_per_day: float = 0.0
    inputs: str = "class"
    deadlines: dict = field(default_factory=dict)

    def days_late(self, hand_in, grace=0.0):
        """Days after the deadline, begun ones whole, less the days of grace."""
        if hand_in.time and (deadline := self.deadlines.get(hand_in.assignment)):
            late = (hand_in.moment - deadline) / timedelta(days=1)
        else:
            late = float(hand_in.late)  # the platform says late, and not how much
        return max(0, math.ceil(late - grace))

    def share(self, days):
        """What is left of the points so many days after the deadline."""
        return max(0.0, 1 - self.late_per_day * days)


def read_rules(path):
    """The rules in this file; without a file, or where it is silent, those of `Rules`."""
    if not path.exists():
        return Rules()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotUnderstood(
            f'{path} is not TOML ({error}); expected lines such as attempt = "best". Correct the line.'
        ) from None
    deadlines = given.get("deadlines", {})
    _expect(
        path,
        "a name",
        set(given),
        lambda names: names <= set(Rules.__dataclass_fields__),
        ", ".join(Rules.__dataclass_fields__),
    )
    _expect(path, "attempt", given.get("attempt", "best"), ATTEMPTS.__contains__, " or ".join(ATTEMPTS))
    _expect(path, "inputs", given.get("inputs", "class"), INPUTS.__contains__, " or ".join(INPUTS))
    _expect(path, "late_per_day", given.get("late_per_day", 0), _is_share, "a number from 0 to 1")
    _expect(path, "deadlines", deadlines, _are_dates, "dates such as a1 = 2026-11-30T23:59:00+01:00")
    return Rules(**{**given, "deadlines": {name: _moment(when) for name, when in deadlines.items()}})


def _expect(path, name, value, allowed, expected):
    if not allowed(value):
        raise NotUnderstood(f"{path} gives {value!r} for {name}; expected {expected}. Correct it there.")


def _is_share(value):
    return isinstance(value, int | float) and 0 <= value <= 1


def _are_dates(value):
    return (
        isinstance(value, dict)
        and value.keys() <= ASSIGNMENTS.keys()
        and all(isinstance(when, date) for when in value.values())
    )


def _moment(when):
    """A moment with its time zone: a day ends at midnight, a time without a zone is that of this machine."""
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(23, 59, 59))
    return when.astimezone()
