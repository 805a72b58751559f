"""Real data, small enough to read: penguins, O-rings, the letters of four languages, two texts to encode."""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["ALPHABET", "letters", "only_letters", "orings", "penguins", "sample_text"]

ALPHABET = "abcdefghijklmnopqrstuvwxyz"

_DATA = Path(__file__).parent / "data"


class Penguins(NamedTuple):
    """Birds, one per row of `features`; `labels` count from 0 in the order of `species`."""

    features: NDArray[np.float64]
    labels: NDArray[np.int64]
    species: tuple[str, ...]


class ORings(NamedTuple):
    """Launches in flight order: `temperature` in degrees Fahrenheit, `damage` 1 if any O-ring was hurt."""

    temperature: NDArray[np.float64]
    damage: NDArray[np.int64]


def penguins(*columns: str) -> Penguins:
    """Bill length and depth in mm of 342 penguins of three species; `columns` asks for other measurements.

    `features` is (N, number of columns), `labels` (N,), the species stand in alphabetical order. The columns
    are "bill_length_mm", "bill_depth_mm", "flipper_length_mm" and "body_mass_g"; the 2 birds that were not
    measured are left out. Every call returns new arrays. Raises `ValueError` for an unknown column.

    >>> birds = penguins()
    >>> birds.features.shape, birds.species
    ((342, 2), ('Adelie', 'Chinstrap', 'Gentoo'))

    Source: Gorman, Williams & Fraser (2014), doi:10.1371/journal.pone.0090081; palmerpenguins, CC0.
    """
    columns = columns or ("bill_length_mm", "bill_depth_mm")
    for column in columns:
        _expect_one_of(
            column, ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"), "column"
        )
    rows = [row for row in _rows("penguins.csv") if "NA" not in (row[column] for column in columns)]
    species = tuple(sorted({row["species"] for row in rows}))
    return Penguins(
        features=np.array([[float(row[column]) for column in columns] for row in rows]),
        labels=np.array([species.index(row["species"]) for row in rows]),
        species=species,
    )


def orings() -> ORings:
    """Launch temperature in degrees Fahrenheit and O-ring damage (1 or 0) of 23 flights before Challenger.

    Both arrays are (23,), in flight order, and new on every call. Challenger was launched at 31 degrees.

    >>> flights = orings()
    >>> flights.temperature.min(), flights.damage.sum()
    (np.float64(53.0), np.int64(7))

    Source: Dalal, Fowlkes & Hoadley (1989), JASA 84(408), 945-957.
    """
    rows = _rows("orings.csv")
    return ORings(
        temperature=np.array([float(row["temperature_f"]) for row in rows]),
        damage=np.array([int(row["damage"]) for row in rows]),
    )


def letters(language: str) -> NDArray[np.float64]:
    """Probability of each letter of `ALPHABET` in running text: a pmf of shape (26,), new on every call.

    `language` is "english", "french", "german" or "spanish"; accented letters are left out, the others sum
    to 1. Raises `ValueError` for another language.

    >>> english = letters("english")
    >>> ALPHABET[english.argmax()], float(english.max().round(3))
    ('e', 0.127)

    Source: published frequency tables; English from Lewand, Cryptological Mathematics (2000).
    """
    _expect_one_of(language, ("english", "french", "german", "spanish"), "language")
    percent = np.array([float(row[language]) for row in _rows("letter_frequencies.csv")])
    pmf: NDArray[np.float64] = percent / percent.sum()
    return pmf


def sample_text(language: str) -> str:
    """A paragraph of about 550 letters, written for this course, in "english" or "german" (without umlauts).

    Raises `ValueError` for another language.

    >>> sample_text("english")[:32]
    'Every evening the keeper of the '
    """
    _expect_one_of(language, ("english", "german"), "language")
    return " ".join((_DATA / f"text_{language}.txt").read_text(encoding="ascii").split())


def only_letters(text: str) -> str:
    """The letters a to z of `text` in lower case; spaces, digits and accented letters are left out.

    >>> only_letters("To be, or not 2 be!")
    'tobeornotbe'
    """
    return "".join(letter for letter in text.lower() if letter in ALPHABET)


def _rows(file: str) -> list[dict[str, str]]:
    with (_DATA / file).open(encoding="ascii", newline="") as table:
        return list(csv.DictReader(table))


def _expect_one_of(given: str, known: tuple[str, ...], what: str) -> None:
    if given not in known:
        raise ValueError(f"{what} is {given!r}; expected one of {', '.join(known)}; choose one of these")
