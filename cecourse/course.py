"""What `course.toml` says: the course's title, authors, language and colours, and its notebooks in order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOME = Path(__file__).parents[1]
_KNOWN = {"title", "description", "authors", "language", "logo", "colours", "notebooks"}


@dataclass(frozen=True)
class Entry:
    """One notebook of the course: its path, and the question that it answers."""

    path: Path
    question: str


@dataclass(frozen=True)
class Course:
    """The course as a whole; `colours` are those that differ from the style sheets, by theme and meaning."""

    title: str
    description: str
    authors: tuple[str, ...]
    language: str
    logo: Path | None
    colours: dict[str, dict[str, str]]
    notebooks: tuple[Entry, ...]


@cache
def course(home: Path = HOME) -> Course:
    """Read `course.toml` in a folder.  Raises ValueError that names what is missing or unknown in it."""
    path = home / "course.toml"
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    for word in sorted(said.keys() ^ _KNOWN):
        if word not in said and word != "colours":
            raise ValueError(f"{path} does not say {word}; expected {word} = ... in it. Add that line.")
        if word in said:
            raise ValueError(f"{path} says {word}; known are {', '.join(sorted(_KNOWN))}. Correct that line.")
    notebooks = tuple(
        Entry(home / "notebooks" / entry["file"], entry["question"]) for entry in said["notebooks"]
    )
    return Course(
        title=said["title"],
        description=said["description"],
        authors=tuple(said["authors"]),
        language=said["language"],
        logo=home / said["logo"] if said["logo"] else None,
        colours=said.get("colours", {}),
        notebooks=notebooks,
    )
