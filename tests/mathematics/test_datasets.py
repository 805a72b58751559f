"""The data are what their sources say, and arrive ready to use."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cecourse import datasets
from cecourse.datasets import ALPHABET, letters, only_letters, orings, penguins, sample_text

LANGUAGES = ("english", "french", "german", "spanish")


def entropy_in_bits(p):
    return -np.sum(p * np.log2(p), where=p > 0)


def test_342_penguins_have_a_bill_that_was_measured():
    birds = penguins()
    assert birds.features.shape == (342, 2)
    assert birds.features.dtype == np.float64
    assert np.isfinite(birds.features).all()
    assert birds.labels.shape == (342,)
    assert birds.labels.dtype == np.int64


def test_species_are_numbered_in_alphabetical_order():
    birds = penguins()
    assert birds.species == ("Adelie", "Chinstrap", "Gentoo")
    assert np.bincount(birds.labels).tolist() == [151, 68, 123]


def test_the_first_bird_is_the_first_row_of_the_table():
    birds = penguins()
    assert birds.features[0].tolist() == [39.1, 18.7]
    assert birds.species[birds.labels[0]] == "Adelie"


def test_the_bird_without_measurements_is_left_out():
    # The fourth row of the table is empty; the fifth bird takes its place.
    assert penguins().features[3].tolist() == [36.7, 19.3]


def test_bills_are_measured_in_millimetres():
    length, depth = penguins().features.T
    assert (length.min(), length.max()) == (32.1, 59.6)
    assert (depth.min(), depth.max()) == (13.1, 21.5)


def test_other_measurements_come_when_asked_by_name():
    birds = penguins("body_mass_g", "bill_length_mm")
    assert birds.features.shape == (342, 2)
    assert birds.features[0].tolist() == [3750.0, 39.1]
    assert np.array_equal(birds.labels, penguins().labels)


def test_an_unknown_measurement_is_refused_with_the_names_that_exist():
    with pytest.raises(ValueError, match=r"column is 'sex'; expected one of bill_length_mm, .*; choose one"):
        penguins("sex")


def test_seven_of_23_flights_came_back_with_damage():
    flights = orings()
    assert flights.temperature.shape == flights.damage.shape == (23,)
    assert flights.damage.sum() == 7
    assert set(flights.damage.tolist()) == {0, 1}


def test_the_coldest_flight_was_damaged_and_challenger_was_colder_still():
    flights = orings()
    coldest = flights.temperature.argmin()
    assert (flights.temperature[coldest], flights.damage[coldest]) == (53.0, 1)
    assert flights.temperature.min() > 31


def test_flights_stand_in_flight_order():
    flights = orings()
    assert flights.temperature[:3].tolist() == [66.0, 70.0, 69.0]
    assert flights.damage[:3].tolist() == [0, 1, 0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_frequencies_are_a_pmf(language):
    p = letters(language)
    assert p.shape == (26,)
    assert p.sum() == pytest.approx(1, abs=1e-15)
    assert (p > 0).all()
    assert ALPHABET[p.argmax()] == "e"


def test_an_english_letter_carries_4176_thousandths_of_a_bit():
    assert entropy_in_bits(letters("english")) == pytest.approx(4.176, abs=5e-4)


def test_languages_differ_where_everyone_knows_it():
    z = ALPHABET.index("z")
    assert letters("german")[z] > 10 * letters("english")[z]
    assert letters("spanish")[ALPHABET.index("o")] > 3 * letters("german")[ALPHABET.index("o")]


def test_an_unknown_language_is_refused_with_the_languages_that_exist():
    with pytest.raises(ValueError, match="language is 'latin'; expected one of english, french"):
        letters("latin")
    with pytest.raises(ValueError, match="language is 'french'; expected one of english, german;"):
        sample_text("french")


@pytest.mark.parametrize("language", ["english", "german"])
def test_each_text_has_about_550_letters_and_only_plain_ones(language):
    text = sample_text(language)
    assert 550 <= len(only_letters(text)) <= 650
    assert set(text) <= set(ALPHABET + ALPHABET.upper() + " .,;")
    assert "  " not in text
    assert text == text.strip()


@pytest.mark.parametrize(("language", "other"), [("english", "german"), ("german", "english")])
def test_each_text_is_cheaper_by_the_letters_of_its_own_language(language, other):
    share = np.array([only_letters(sample_text(language)).count(letter) for letter in ALPHABET])
    bits = {name: -share @ np.log2(letters(name)) / share.sum() for name in (language, other)}
    assert bits[language] < bits[other] - 0.1


def test_only_letters_leaves_out_what_the_frequency_table_leaves_out():
    assert only_letters("Über 3 Öfen, NAÏF!") == "berfennaf"
    assert only_letters("") == ""


def test_loaders_hand_out_fresh_arrays():
    for load in (penguins, orings, lambda: [letters("english")]):
        for array in load()[:2]:
            array[0] = -1
        assert all(array.flat[0] != -1 for array in load()[:2])


def test_every_file_names_its_source():
    folder = Path(datasets.__file__).parent / "data"
    attribution = (folder / "README.md").read_text(encoding="ascii")
    files = {file.name for file in folder.iterdir()} - {"README.md"}
    assert files == {name for name in files if f"`{name}`" in attribution}


def test_the_penguin_table_is_whole():
    with (Path(datasets.__file__).parent / "data" / "penguins.csv").open(encoding="ascii") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 344
    assert sum(row["bill_length_mm"] == "NA" for row in rows) == 2
