"""What a question is: inputs, the reference answer, and how mistakes are recognised."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from .mistakes import Mistake


class Case(NamedTuple):
    """One call of the student's function: what it gets and what is right."""

    arguments: tuple
    expected: Any


class AnsweredCase(NamedTuple):
    """A case with what a student's function answered."""

    arguments: tuple
    expected: Any
    got: Any


def nothing_special(rng):
    """For a question without special inputs."""
    return []


def no_arguments(rng):
    """For a question that asks for a number: the one case has no arguments."""
    return [()]


@dataclass(frozen=True, eq=False)
class Question:
    """A name that students define, with points and what decides about them.

    `typical` and `special` draw lists of arguments from a generator; `answer` is the reference. Where more
    than one answer is right, `accepts` decides: it gets what the student returned, then the arguments.
    `mistakes` has for each mistake a test of one wrong answer, an `AnsweredCase`; the first mistake that
    explains all wrong answers is named."""

    name: str
    points: int
    answer: Callable
    typical: Callable = no_arguments
    special: Callable = nothing_special
    mistakes: Mapping[Mistake, Callable[[AnsweredCase], bool]] = field(default_factory=dict)
    accepts: Callable | None = None

    @property
    def is_number(self):
        """Whether a value is asked for, not a function."""
        return self.typical is no_arguments


@dataclass(frozen=True, eq=False)
class Assignment:
    """Questions of one notebook; `words_points` are given by a person."""

    name: str
    title: str
    notebook: str
    questions: tuple[Question, ...]
    words_points: int

    def id(self, question):
        """The grade id of the answer cell."""
        return f"{self.name}-{question.name.replace('_', '-')}"

    @property
    def words_id(self):
        """The grade id of the question that a person grades."""
        return f"{self.name}-words"

    @property
    def points(self):
        """All points, those given by a person too."""
        return sum(question.points for question in self.questions) + self.words_points


@lru_cache
def cases(question, seed):
    """The hidden cases, typical and special: the same for every student and every machine."""
    rng = np.random.default_rng([seed, *question.name.encode()])
    return tuple(
        tuple(Case(arguments, _reference(question, arguments)) for arguments in draw(rng))
        for draw in (question.typical, question.special)
    )


def _reference(question, arguments):
    copies = [np.array(a) if isinstance(a, np.ndarray) else a for a in arguments]
    with np.errstate(all="ignore"):
        return question.answer(*copies)
