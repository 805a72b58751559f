"""What `course.toml` says: the course's title, authors, language and colours, and its notebooks in order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).parents[1]
_KNOWN = {"title", "description", "authors", "language", "logo", "credit", "font", "colours", "notebooks"}
_OPTIONAL = {"font", "colours"}


@dataclass(frozen=True)
class Entry:
    """One notebook of the course: its path, and the question that it answers."""

    path: Path
    question: str
    language: str = "en"

    @property
    def name(self) -> str:
        """The file's name without its ending, such as 02_entropy."""
        return self.path.stem


@dataclass(frozen=True)
class Course:
    """The course as a whole.

    `credit` is the line at the foot of its pages; `font` is that of its figures, as a name or a file beside
    course.toml; `colours` are those that differ from the style sheets, by theme and meaning.
    """

    home: Path
    title: str
    description: str
    authors: tuple[str, ...]
    language: str
    logo: Path | None
    credit: str
    font: str
    colours: dict[str, dict[str, str]]
    notebooks: tuple[Entry, ...]

    @property
    def folder(self) -> Path:
        """Where the notebooks lie, and what is beside them."""
        return self.home / "notebooks"

    @property
    def paths(self) -> tuple[Path, ...]:
        """The notebooks' files in their order."""
        return tuple(entry.path for entry in self.notebooks)


def course(home: Path = HOME) -> Course:
    """Read `course.toml` in a folder.  Raises ValueError that names what is missing or unknown in it."""
    path = Path(home) / "course.toml"
    if not path.is_file():
        raise ValueError(
            f"There is no {path.absolute()}; expected the file that says what the course consists of. "
            "Start at the top of the project."
        )
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path} is no TOML: {error}. Correct that line.") from None
    for word in sorted(said.keys() ^ _KNOWN):
        if word in _KNOWN - _OPTIONAL:
            raise ValueError(f"{path} does not say {word}; expected {word} = ... in it. Add that line.")
        if word not in _KNOWN:
            raise ValueError(f"{path} says {word}; known are {', '.join(sorted(_KNOWN))}. Correct that line.")
    return Course(
        home=path.parent,
        title=said["title"],
        description=said["description"],
        authors=tuple(said["authors"]),
        language=said["language"],
        logo=_file(path, said["logo"]) if said["logo"] else None,
        credit=said["credit"],
        font=said.get("font", ""),
        colours=said.get("colours", {}),
        notebooks=tuple(_entry(path, entry, said["language"]) for entry in said["notebooks"]),
    )


def _entry(path: Path, entry: dict[str, str], language: str) -> Entry:
    if entry.keys() - {"language"} != {"file", "question"}:
        raise ValueError(
            f"An entry of [[notebooks]] in {path} says {', '.join(entry) or 'nothing'}; expected file, "
            "question and, for a notebook in another language, language. Correct that entry."
        )
    return Entry(
        _file(path, Path("notebooks") / entry["file"]), entry["question"], entry.get("language", language)
    )


def _file(path: Path, name: str | Path) -> Path:
    file = path.parent / name
    if not file.is_file():
        raise ValueError(f"{path} names {name}, which is not there; expected a file. Correct that line.")
    return file
