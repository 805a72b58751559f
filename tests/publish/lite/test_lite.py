"""The live part: what lies in it, and as much of a visit as there is without the packages from the network.

NumPy and Matplotlib for Pyodide come from a network that no test reaches: that the course's own code runs
there is not tested.  The kernel, the widgets and the search for packages are."""

import base64
import contextlib
import csv
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from cecourse.course import course
from cecourse.publish.__main__ import main
from cecourse.publish.lite.build import FIRST
from cecourse.publish.lite.wheels import course_wheel, with_wheels
from tests.publish.page_checks import GOOD_PRACTICE, axe, looking, serving

ROOT = Path(__file__).parents[3]
NOTEBOOKS = course().paths
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MINUTE = 60_000


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the live part, built once."""
    out = tmp_path_factory.mktemp("site") / "lite"
    assert main(["lite", "--course", str(ROOT), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def lock(site):
    return json.loads((site / "static/pyodide/pyodide-lock.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(site, lock):
    return site / "static/pyodide" / lock["packages"]["cecourse"]["file_name"]


def test_the_live_part_holds_the_course_as_it_is(site):
    wanted = [
        *NOTEBOOKS,
        *(ROOT / "notebooks" / name for name in ("README.md", "glossary.md", "statements.csv")),
    ]
    assert {path.name for path in (site / "files").rglob("*")} == {path.name for path in wanted}
    for path in wanted:
        assert (site / "files" / path.name).read_bytes() == path.read_bytes()
    listed = json.loads((site / "api/contents/all.json").read_text(encoding="utf-8"))["content"]
    assert {entry["name"] for entry in listed} == {path.name for path in wanted}


def test_no_answer_to_an_assignment_is_in_the_live_part(site, wheel):
    sources = list((ROOT / "notebooks/assignments").glob("*.ipynb"))
    marks = (b"BEGIN SOLUTION", b"BEGIN HIDDEN TESTS")
    assert all(any(mark in source.read_bytes() for mark in marks) for source in sources)
    with zipfile.ZipFile(wheel) as opened:
        contents = [opened.read(name) for name in opened.namelist()]
        assert not [name for name in opened.namelist() if "assignments" in name]
    contents += [path.read_bytes() for path in (site / "files").rglob("*") if path.is_file()]
    assert not [content for content in contents if any(mark in content for mark in marks)]


def test_the_wheel_holds_every_file_of_the_rooms_it_keeps(wheel):
    rooms = ("assignments", "publish", "__pycache__")
    files = [path.relative_to(ROOT) for path in (ROOT / "cecourse").rglob("*") if path.is_file()]
    wanted = {path.as_posix() for path in files if not set(rooms) & set(path.parts)}
    with zipfile.ZipFile(wheel) as opened:
        packed = {name for name in opened.namelist() if not name.startswith("cecourse-")}
    assert packed == wanted


def test_the_record_of_the_wheel_tells_the_truth(wheel):
    with zipfile.ZipFile(wheel) as opened:
        (record,) = (name for name in opened.namelist() if name.endswith("RECORD"))
        lines = {name: digest for name, digest, _ in csv.reader(opened.read(record).decode().splitlines())}
        assert set(lines) == set(opened.namelist())
        for name in set(lines) - {record}:
            digest = base64.urlsafe_b64encode(hashlib.sha256(opened.read(name)).digest()).decode().rstrip("=")
            assert lines[name] == f"sha256={digest}"


def test_the_same_sources_give_the_same_wheel(wheel, tmp_path):
    assert course_wheel(tmp_path).read_bytes() == wheel.read_bytes()


def test_the_wheel_works_where_nothing_else_of_the_project_is(wheel, tmp_path):
    target = tmp_path / "site"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        target,
        wheel,
    ]
    subprocess.run(pip, check=True)
    program = (
        "import cecourse, cecourse.widgets\n"
        "from cecourse import datasets, figures\n"
        "drawn = figures.binary_entropy_curve(p=0.25)\n"
        "print(cecourse.__file__, len(datasets.penguins().labels), drawn.description, sep='\\n')"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    file, birds, description = answer.stdout.splitlines()
    assert Path(file).is_relative_to(target)
    assert int(birds) > 300
    assert "0.811" in description


def closure(packages, names):
    """These packages and all that they depend on."""
    found, open_ = set(), list(names)
    while open_:
        name = open_.pop()
        if name not in found:
            found.add(name)
            open_ += packages[name]["depends"]
    return found


def test_importing_the_course_asks_for_numpy_matplotlib_and_widgets_and_for_no_jupyterlab(lock):
    packages = lock["packages"]
    assert packages["cecourse"]["imports"] == ["cecourse"]
    assert set(packages["cecourse"]["depends"]) == {"numpy", "matplotlib", "ipywidgets", "anywidget"}
    assert not {"jupyterlab", "notebook", "jupyter-server"} & closure(packages, ["cecourse", *FIRST])


def test_the_packages_of_the_browser_are_those_that_the_course_asks_for(lock):
    for requirement in map(Requirement, PROJECT["dependencies"]):
        assert requirement.specifier.contains(lock["packages"][requirement.name]["version"])
    assert re.match(r"\d+\.\d+", lock["info"]["python"]).group() == "3.14"


def test_what_the_readme_says_of_the_live_part_is_so(site, lock):
    words = (ROOT / "docs/put_the_course_online.md").read_text(encoding="utf-8")
    exact = [lock["info"]["python"], *(lock["packages"][name]["version"] for name in ("numpy", "matplotlib"))]
    python, numpy, matplotlib = (re.match(r"\d+\.\d+", version).group() for version in exact)
    assert f"(Python {python}, NumPy {numpy}, Matplotlib\n{matplotlib})" in words
    (size,) = re.findall(r"about (\d+) MB", words)
    assert sum(path.stat().st_size for path in site.rglob("*")) / 2**20 == pytest.approx(int(size), abs=8)


def test_every_wheel_is_in_the_site_or_at_a_url_and_has_its_digest(site, lock):
    here = [entry for entry in lock["packages"].values() if "://" not in entry["file_name"]]
    assert {entry["name"] for entry in here} >= {"cecourse", "ipywidgets", *FIRST}
    for entry in here:
        wheel = site / "static/pyodide" / entry["file_name"]
        assert hashlib.sha256(wheel.read_bytes()).hexdigest() == entry["sha256"]


def test_a_wheel_whose_dependency_is_nowhere_is_named(tmp_path):
    wheel = tmp_path / "lonely-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as opened:
        opened.writestr("lonely.py", "")
        opened.writestr(
            "lonely-1.0.dist-info/METADATA", "Name: lonely\nVersion: 1.0\nRequires-Dist: nobody\n"
        )
    with pytest.raises(SystemExit, match=r"lonely-1\.0-py3-none-any\.whl depends on nobody; expected"):
        with_wheels({"info": {"python": "3.14.2"}, "packages": {}}, [wheel], "")


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(SystemExit, match="holds something else; expected a new folder"):
        main(["lite", "--course", str(ROOT), "--out", str(tmp_path)])
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


@pytest.fixture(scope="module")
def address(site):
    with serving(site) as address:
        yield address


@pytest.fixture
def visit(browser, address):
    """A visitor's page; in the end it may not have complained or asked for anything outside."""
    with visited(browser, address) as look:
        yield look
        assert look.complaints == []


@contextlib.contextmanager
def visited(browser, address):
    with looking(browser, address, heard=["error"]) as look:  # JupyterLite warns of what it does without
        look.page.set_default_timeout(MINUTE)
        # The browser asks for it by itself; a site has one at its top, not in lite/.
        look.page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        yield look


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_before_the_start_is_accessible_and_says_what_is_fetched(visit, scheme):
    visit.page.emulate_media(color_scheme=scheme)
    page = visit.goto("index.html")
    assert axe(page, more=[GOOD_PRACTICE]) == []
    assert "NumPy, Matplotlib and what these need are fetched" in page.inner_text("main")
    links = page.locator("ol a").evaluate_all(
        "links => links.map(link => new URL(link.href).searchParams.get('path'))"
    )
    assert links == [path.name for path in NOTEBOOKS]
    assert not page.locator("#as-a-file").is_visible()


def test_the_page_opened_as_a_file_says_how_to_start(browser, site):
    with looking(browser, site) as look:
        page = look.goto("index.html")
        assert page.locator("#as-a-file:has-text('python -m http.server')").is_visible()


def test_the_start_leads_to_the_start_page_and_from_there_to_a_notebook(visit):
    page = visit.goto("index.html")
    page.click("text=Start at the start page")
    page.click(".jp-MarkdownViewer a:has-text('Average surprise')")
    assert page.wait_for_selector(".jp-Notebook h1:has-text('Average surprise')")


@pytest.mark.parametrize("notebook", NOTEBOOKS[::4], ids=lambda path: path.stem)
def test_a_notebook_shows_its_stored_figures_before_anything_runs(visit, notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    figures = ["".join(each["data"]["text/html"]) for each in outputs if "text/html" in each.get("data", {})]
    page = visit.goto(f"lab/index.html?path={notebook.name}")
    page.wait_for_selector(".jp-Notebook .jp-OutputArea-output img")
    assert page.locator(".jp-Notebook .jp-OutputArea-output img").count() >= 1
    first = page.locator(".jp-Notebook .jp-OutputArea-output img").first.get_attribute("alt")
    assert first
    assert f'alt="{first[:40]}' in figures[0]


def opened(look, notebook):
    """Open a notebook and wait until its kernel answers: before that a cell may be run in vain."""
    page = look.goto(f"lab/index.html?path={notebook}")
    page.get_by_text("| Idle").wait_for(timeout=3 * MINUTE)
    return page


def typed(page, code):
    """Put a new cell above the selected one and run it."""
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")


def test_the_kernel_starts_from_the_site_alone_and_its_widgets_move(visit):
    page = opened(visit, "02_entropy.ipynb")
    page.click(".jp-Notebook h1")
    typed(page, "import ipywidgets\nslider = ipywidgets.IntSlider(7)\nslider")
    page.locator(".widget-slider .noUi-handle").press("ArrowRight")
    page.wait_for_selector(".widget-readout:has-text('8')")
    page.click(".jp-Notebook h1")
    typed(page, "print(slider.value * 1000)")
    assert page.wait_for_selector(".jp-OutputArea-output:has-text('8000')")


def test_the_first_cell_fetches_numpy_and_matplotlib_and_what_they_need_alone(browser, address, lock):
    with visited(browser, address) as look:
        look.page.context.route(re.compile("^https:"), lambda route: route.abort())
        page = opened(look, "02_entropy.ipynb")
        page.click(".jp-Notebook .jp-CodeCell .cm-content >> nth=0")
        page.keyboard.press("Shift+Enter")
        page.wait_for_selector(".jp-OutputArea-output:has-text(\"No module named 'numpy'\")")
    packages = lock["packages"]
    wanted = [packages[name]["file_name"] for name in closure(packages, ["numpy", "matplotlib"])]
    outside = {url for url in wanted if "://" in url}
    asked = {f"asks {url}" for url in outside}
    refused = {f"does not get {url}" for url in outside}
    assert asked <= set(look.complaints)
    expected = r"console: (The following error occurred while loading .*|.*Failed to (fetch|load resource).*)"
    assert not [
        each
        for each in set(look.complaints) - asked - refused
        if not re.fullmatch(expected, each, flags=re.DOTALL)
    ]
