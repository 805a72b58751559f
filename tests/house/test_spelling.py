"""The prose is spelled right: pages, notebooks without their code, docstrings and comments."""

import subprocess
import sys
from pathlib import Path

from cecourse.course import course
from tests.notebooks.rules.reading import prose, read

ROOT = Path(__file__).parents[2]
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    *ROOT.glob("notebooks/*.md"),
    *ROOT.glob("cecourse/data/*.md"),
]
IN_MANY_LANGUAGES = {ROOT / "cecourse/publish/wording.py", ROOT / "tests/publish/test_wording.py"}
SOURCES = {*ROOT.glob("cecourse/**/*.py"), *ROOT.glob("cecourse/**/*.js"), *ROOT.glob("tests/**/*.py")}


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
    texts = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in [*PAGES, *SOURCES - IN_MANY_LANGUAGES]
    }
    assert misspelled(tmp_path, texts) == ""


def test_no_notebook_is_misspelled(tmp_path):
    english = [entry.name for entry in course().notebooks if entry.language == "en"]
    cells = {f"{name} {cell}": prose(cell.source) for name in english for cell in read(name).markdown}
    assert misspelled(tmp_path, cells) == "", (
        'Correct these words. A notebook that is not in English says so in course.toml: language = "de".'
    )


def test_a_misspelled_word_is_found_in_its_place(tmp_path):
    wrong = "inform" + "aton"
    assert misspelled(tmp_path, {"02_entropy cell 3": f"One line.\nThe {wrong} in it."}).startswith(
        f"02_entropy cell 3:2: {wrong} ==> information"
    )
