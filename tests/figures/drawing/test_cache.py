"""What is made again: whatever one of its own ingredients changes, and nothing else."""

import platform

import pytest

from cecourse.figures.drawing import cache
from cecourse.figures.drawing.cache import BuildCache, digest, sources

MODULE = "cecourse.figures.entropy"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A copy of the course's files, which a test may change."""
    for path in cache.ROOT.rglob("*"):
        if path.suffix in {".py", ".mplstyle", ".csv", ".txt"}:
            copied = tmp_path / "cecourse" / path.relative_to(cache.ROOT)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(path.read_bytes())
    monkeypatch.setattr(cache, "ROOT", tmp_path / "cecourse")
    forget()
    yield tmp_path / "cecourse"
    forget()


def forget():
    sources.cache_clear()
    cache._looks_and_data.cache_clear()


def digest_after(path):
    """The digest of a figure's module, once a line is added to a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write("\n# another line\n")
    forget()
    return digest(modules=[MODULE])


@pytest.mark.parametrize(
    "name",
    [
        "figures/entropy.py",  # the figure's own
        "information.py",  # what it imports
        "_kernels.py",  # what that imports
        "figures/drawing/canvas.py",
        "figures/themes/dark.mplstyle",
        "data/penguins.csv",
    ],
)
def test_a_change_of_what_it_is_made_of_is_seen(course, name):
    assert digest(modules=[MODULE]) != digest_after(course / name)


@pytest.mark.parametrize(
    "name",
    ["figures/kl_divergence.py", "assignments/grading.py", "widgets/explorer.py", "publish/site/build.py"],
)
def test_a_change_of_a_neighbour_is_none(course, name):
    assert digest(modules=[MODULE]) == digest_after(course / name)


def test_another_python_another_library_and_another_value_are_seen(monkeypatch):
    first = digest("p", modules=[MODULE])
    assert digest("q", modules=[MODULE]) != first
    with monkeypatch.context() as patch:
        patch.setattr(platform, "python_version", lambda: "3.99")
        assert digest("p", modules=[MODULE]) != first
    monkeypatch.setattr(cache, "versions", lambda libraries: {"matplotlib": "another"})
    assert digest("p", modules=[MODULE]) != first


def test_a_file_is_there_until_it_or_what_it_was_made_of_changes(tmp_path):
    kept = BuildCache(tmp_path)
    assert kept.value("a.json", "one") is None
    kept.keep("a.json", "one", [1, 2])
    assert BuildCache(tmp_path).value("a.json", "one") == [1, 2]
    assert kept.value("a.json", "two") is None
    (tmp_path / "a.json").write_text("spoilt", encoding="utf-8")
    assert kept.value("a.json", "one") is None
