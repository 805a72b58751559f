"""The kinds of control that a figure can have: plain descriptions, of which widgets and pages are made."""

import math
from dataclasses import dataclass
from numbers import Real


class _Labelled:
    """What all controls with a label share."""

    unit = ""

    @property
    def title(self):
        """The label with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True)
class Slider(_Labelled):
    """A number between two ends; `unit` is said in the label.  A whole `step` gives whole numbers."""

    label: str
    low: float
    high: float
    step: float
    unit: str = ""
    digits: int = 2

    def reaches(self, value):
        kind = int if isinstance(self.step, int) else Real
        return isinstance(value, kind) and self.low <= value <= self.high

    def said(self, value):
        number = f"{value:d}" if isinstance(value, int) else f"{value:.{self.digits}f}"
        return f"{number} {self.unit}".strip()

    def __str__(self):
        return f"{self.title}: from {self.low:g} to {self.high:g} in steps of {self.step:g}"


@dataclass(frozen=True)
class LogSlider(_Labelled):
    """A positive number on a logarithmic scale, from `base**low` to `base**high`."""

    label: str
    low: float
    high: float
    step: float
    unit: str = ""
    base: float = 10

    def reaches(self, value):
        within = 1 + 1e-9  # a power is rounded
        return (
            isinstance(value, Real)
            and self.base**self.low <= value * within <= self.base**self.high * within**2
        )

    def said(self, value):
        return f"{value:.3g} {self.unit}".strip()

    def __str__(self):
        low, high = self.base**self.low, self.base**self.high
        return f"{self.title}: from {low:.3g} to {high:.3g} on a logarithmic scale"


@dataclass(frozen=True)
class Shares:
    """A probability for each outcome: one is set, and the others share what is left in their proportions."""

    labels: tuple

    def reaches(self, value):
        return (
            isinstance(value, tuple)
            and len(value) == len(self.labels)
            and all(isinstance(share, Real) and 0 <= share <= 1 for share in value)
            and abs(math.fsum(value) - 1) < 1e-9
        )

    def said(self, value):
        return f"{100 * value:.3g}"

    def __str__(self):
        return f"a share from 0 to 1 for each of {', '.join(self.labels)}, which sum to 1"


@dataclass(frozen=True)
class Choice(_Labelled):
    """One of a few values; an option is a value, or what is shown with the value behind it."""

    label: str
    options: tuple

    @property
    def named(self):
        """What is shown and the value, for each option."""
        return [option if isinstance(option, tuple) else (str(option), option) for option in self.options]

    def reaches(self, value):
        return any(value == known for _, known in self.named)

    def said(self, value):
        return next(words for words, known in self.named if known == value)

    def __str__(self):
        return f"{self.title}: one of {', '.join(repr(value) for _, value in self.named)}"


@dataclass(frozen=True)
class Steps(_Labelled):
    """A process that is played, or stepped through by hand."""

    label: str
    last: int
    unit: str = "steps"
    milliseconds: int = 300

    def reaches(self, value):
        return isinstance(value, int) and 0 <= value <= self.last

    def said(self, value):
        return f"{value} {self.unit}".strip()

    def __str__(self):
        return f"{self.title}: from 0 to {self.last}, played or step by step"


@dataclass(frozen=True)
class Moves:
    """Buttons that each add one letter to a string; `moves` pairs each letter with its button's words."""

    moves: tuple

    def reaches(self, value):
        return isinstance(value, str) and set(value) <= {letter for letter, _ in self.moves}

    def said(self, value):
        return value

    def __str__(self):
        return "a string of " + ", ".join(f"{letter} ({words})" for letter, words in self.moves)


@dataclass(frozen=True)
class Words(_Labelled):
    """A line of text that the reader types."""

    label: str

    def reaches(self, value):
        return isinstance(value, str)

    def said(self, value):
        return value

    def __str__(self):
        return f"{self.title}: a line of text"
