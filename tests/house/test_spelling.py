"""The prose is spelled right: pages, notebooks without their code, docstrings and comments."""

import subprocess
import sys
from pathlib import Path

from tests.notebooks.rules.reading import WRITTEN, prose, read

ROOT = Path(__file__).parents[2]
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    *ROOT.glob("notebooks/*.md"),
    *ROOT.glob("cecourse/data/*.md"),
]
SOURCES = [*ROOT.glob("cecourse/**/*.py"), *ROOT.glob("cecourse/**/*.js"), *ROOT.glob("tests/**/*.py")]


def misspelled(folder, texts):
    """What codespell finds in these texts, each given with the name of its place."""
    for place, text in texts.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "codespell_lib", "--toml", ROOT / "pyproject.toml", folder],
        capture_output=True,
        text=True,
    )
    return checked.stdout.replace(f"{folder}/", "") + checked.stderr


def test_no_page_is_misspelled(tmp_path):
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in PAGES + SOURCES}
    assert misspelled(tmp_path, texts) == ""


def test_no_notebook_is_misspelled(tmp_path):
    cells = {f"{name} {cell}": prose(cell.source) for name in WRITTEN for cell in read(name).markdown}
    assert misspelled(tmp_path, cells) == ""


def test_a_misspelled_word_is_found_in_its_place(tmp_path):
    wrong = "inform" + "aton"
    assert misspelled(tmp_path, {"02_entropy cell 3": f"One line.\nThe {wrong} in it."}).startswith(
        f"02_entropy cell 3:2: {wrong} ==> information"
    )
