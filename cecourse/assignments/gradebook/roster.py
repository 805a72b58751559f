"""Who is in the class, and by which names and numbers a student is known."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import permutations

from .tables import number, read_table

NOT_A_NAME = ("grace",)


@dataclass(frozen=True)
class Student:
    """A row of roster.csv; or a name that was found on a submission only, then `listed` is False."""

    name: str
    facts: dict = field(default_factory=dict, compare=False)
    grace: float = 0
    listed: bool = True
    row: int = 0  # two students may have one name


class Roster:
    """The students of roster.csv, found by whatever stands in their rows."""

    def __init__(self, path):
        self.exists = path.exists()
        self.students = [
            Student(row["name"], row, number(row.get("grace") or "0", path, row), row=at)
            for at, row in enumerate(read_table(path, "name"), 1)
            if row["name"]
        ]
        self._by_key = defaultdict(set)
        for student in self.students:
            for column, cell in student.facts.items():
                if cell and column not in NOT_A_NAME:
                    self._by_key[_key(cell)].add(student)
            # Platforms write the family name first, or last, and join the parts.
            parts = student.name.replace(",", " ").split()
            for order in permutations(parts) if len(parts) <= 4 else ():
                self._by_key[_key("".join(order))].add(student)

    def find(self, *names):
        """The one student who is known by the first of these names that anyone is known by, or None."""
        for name in names:
            if len(found := self._by_key.get(_key(name), ())) == 1:
                return next(iter(found))
        return None


def _key(name):
    """The letters and digits of a name, of any script, small."""
    text = unicodedata.normalize("NFKC", name).casefold()
    letters = "".join(letter for letter in text if unicodedata.category(letter)[0] in "LNM")
    return unicodedata.normalize("NFC", letters) or text
