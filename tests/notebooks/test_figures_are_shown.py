"""A figure is made for a notebook, and stands in it."""

import pytest

from cecourse.figures import FIGURES
from tests.notebooks.rules.reading import WRITTEN, read


def shown_in():
    """The numbers of the notebooks that call each figure, by its name."""
    places = {name: set() for name in FIGURES}
    for notebook in map(read, WRITTEN):
        for _, name in [*notebook.shown_figures(), *notebook.explored_figures()]:
            places.setdefault(name, set()).add(notebook.name[:2])
    return places


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_stands_in_its_notebook(name):
    notebook, places = FIGURES[name].notebook, shown_in()[name]
    assert notebook in places, (
        f"{name} says notebook={notebook!r} and stands in {sorted(places) or 'none'}; expected a cell "
        f"figures.{name}() or explore(figures.{name}) in notebooks/{notebook}_*.ipynb. Add the cell, or "
        f"correct the decorator in {FIGURES[name].__module__}"
    )


@pytest.mark.parametrize("name", WRITTEN)
def test_a_notebook_shows_figures_that_exist(name):
    shown = read(name).shown_figures()
    unknown = [f"{cell}: figures.{figure}" for cell, figure in shown if figure not in FIGURES]
    assert not unknown, f"notebooks/{name}.ipynb shows what is no figure of cecourse/figures: {unknown}"
