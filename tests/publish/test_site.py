"""The site: every page for everyone, every link somewhere, nothing from outside, and no solution."""

import filecmp
import json
import re
import zipfile
from html import escape

import pytest

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.course import HOME, course
from cecourse.figures.drawing.registry import FIGURES
from cecourse.publish.__main__ import main
from cecourse.publish.reading.notebook import read
from cecourse.publish.site.links import on_the_site
from cecourse.publish.site.pages import chapter
from tests.publish.page_checks import (
    DESK,
    PHONE,
    WALL,
    axe,
    broken_links,
    compressed,
    lonely_marks,
    looking,
    outside_sources,
    serving,
    too_wide,
    unset_formulas,
    weight,
    wordless_pictures,
)

NOTEBOOKS = course().folder
CHAPTERS = [entry.name for entry in course().notebooks]
DOCUMENTS = [f"docs_{path.stem}" for path in (HOME / "docs").glob("*.md")]
PAGES = ["index", *CHAPTERS, "gallery", "glossary", "search", "docs_architecture", "docs_add_a_notebook"]
STATEMENTS = [f"L{number:02}" for number in range(1, 40)]
MEGABYTE = 1_000_000
# From light to dark the contrast changes, and nothing else.
WINDOWS = [
    (size, scheme, rules)
    for size in (PHONE, DESK, WALL)
    for scheme, rules in (("light", None), ("dark", ["color-contrast"]))
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    assert main(["site", "--course", str(HOME), "--out", str(out)]) == 0
    return out


def complaints(browser, home, page, windows):
    """Everything that is wrong with a page in these windows: a size, a scheme, and axe's rules or None."""
    with looking(browser, home) as look:
        shown, found = look.page, []
        for (width, height), scheme, rules in windows:
            shown.set_viewport_size({"width": width, "height": height})
            shown.emulate_media(color_scheme=scheme)
            if shown.url == "about:blank":
                look.goto(page)
            wrong = axe(shown, rules) + too_wide(shown) + lonely_marks(shown)
            found += [f"at {width} pixels, {scheme}: {each}" for each in wrong]
        return look.complaints + found + unset_formulas(shown) + wordless_pictures(shown)


def test_the_pages_tested_are_the_pages_there_are(site):
    assert sorted(path.stem for path in site.glob("*.html")) == sorted({*PAGES, *DOCUMENTS})


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_for_everyone_by_day_and_by_night_on_a_phone_a_desk_and_a_wall(site, browser, page):
    page = f"{page}.html?q=entropy" if page == "search" else f"{page}.html"
    assert complaints(browser, site, page, WINDOWS) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_projector_with_letters_that_can_be_read_from_afar(site, browser, page):
    with looking(browser, site, WALL) as look:
        shown = look.goto(f"{page}.html")
        assert too_wide(shown) + look.complaints == []
        assert shown.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 19
        assert shown.evaluate(_CODE_CUT_OFF) == []


_CODE_CUT_OFF = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  return [...document.querySelectorAll("main pre")]
    .filter((code) => code.scrollWidth > code.clientWidth)
    .map((code) => code.innerText);
}"""


def test_every_link_and_every_anchor_is_there(site):
    assert broken_links(site) == []
    assert outside_sources(site) == []


def test_the_site_is_the_same_from_a_server(site, browser):
    with serving(site) as address:
        assert complaints(browser, address, "glossary.html", [(DESK, "light", None)]) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_without_javascript(site, browser, page):
    with looking(browser, site, java_script_enabled=False) as look:
        shown = look.goto(f"{page}.html")
        assert shown.locator("main").inner_text().count(" ") > 20
        assert shown.locator("main h1").count() == 1
        assert not look.complaints


def test_search_is_done_by_keyboard_and_leads_to_what_was_sought(site, browser):
    with looking(browser, site) as look:
        page = look.goto("index.html")
        page.get_by_role("searchbox").focus()
        page.keyboard.type("perplexity")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=perplexity")
        assert re.search(r"^\d+ places found for “perplexity”", page.get_by_role("status").inner_text())
        links = page.locator("#page-found a")
        addresses = [link.get_attribute("href") for link in links.all()]
        assert re.match(r"glossary.html#perplexity", addresses[0])
        assert any(address.startswith("06_") for address in addresses)
        page.get_by_role("searchbox").focus()
        for _ in range(9):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('#page-found') !== null"):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/glossary.html#perplexity*")
        assert "perplexity" in page.locator(":target").inner_text()
        assert not look.complaints


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("huffman on english", "gallery.html#huffman_on_english"),
        ("gibbs", "glossary.html#gibbs-inequality"),
        ("lighthouse german", "03_cross_entropy.html#lighthouse"),
    ],
)
def test_search_puts_first_what_one_means(site, browser, words, first):
    with looking(browser, site) as look:
        page = look.goto(f"search.html?q={words}")
        assert page.locator("#page-found a").first.get_attribute("href").startswith(first)


def test_search_says_that_it_found_nothing(site, browser):
    with looking(browser, site) as look:
        page = look.goto("search.html?q=qwertz")
        assert page.get_by_role("status").inner_text() == "Nothing found for “qwertz”."
        page.get_by_role("searchbox").fill("((")  # signs mean nothing to the search
        assert not look.complaints


def test_every_place_that_search_knows_is_there(site):
    text = (site / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(text.removeprefix("const SEARCHED = ").rstrip(";\n"))
    assert len(entries) > 300
    links = "".join(f'<a href="{address}">{title}</a>' for _, title, _, address, _ in entries)
    (site / "found.htm").write_text(links, encoding="utf-8")
    assert broken_links(site, "found.htm") == []
    (site / "found.htm").unlink()


@pytest.mark.parametrize("id_", STATEMENTS)
def test_a_statement_of_the_lecture_leads_to_a_cell_that_names_it(site, id_):
    row = re.search(rf'<tr id="{id_}">.*?</tr>', text_of(site, "index.html"), re.DOTALL)[0]
    places = re.findall(r'href="(\w+\.html)#([^"]+)"', row)
    assert places
    for page, anchor in places:
        cell = re.search(rf'id="{anchor}">(.*?)</p>', text_of(site, page), re.DOTALL)[1]
        assert f">{id_}</a>" in cell


def text_of(site, page):
    return (site / page).read_text(encoding="utf-8")


def test_light_and_dark_are_chosen_by_a_button_that_is_remembered(site, browser):
    def paper(page):
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    with looking(browser, site) as look:
        page = look.goto("index.html")
        light = paper(page)
        page.get_by_role("button", name="Dark").press("Enter")
        dark = paper(page)
        assert dark != light
        assert paper(look.goto("02_entropy.html")) == dark
        page.get_by_role("button", name="Light").click()
        assert paper(page) == light
        assert paper(look.goto("glossary.html")) == light


@pytest.mark.parametrize("page", CHAPTERS)
def test_what_scrolls_sideways_on_a_phone_is_reached_by_keyboard(site, browser, page):
    with looking(browser, site, PHONE) as look:
        shown = look.goto(f"{page}.html")
        scrolling = shown.locator("main :is(pre, .wide, .katex-display)").evaluate_all(
            "boxes => boxes.filter((box) => box.scrollWidth > box.clientWidth)"
            ".map((box) => [box.tabIndex, box.ariaLabel])"
        )
        assert scrolling
        assert all(stop == 0 and name for stop, name in scrolling)


@pytest.mark.parametrize("page", ["index", "glossary"])
def test_a_table_of_the_course_needs_no_scrolling_on_a_phone_and_is_still_a_table(site, browser, page):
    with looking(browser, site, PHONE) as look:
        shown = look.goto(f"{page}.html")
        wide = shown.locator(".wide")
        assert wide.evaluate_all("boxes => boxes.every((box) => box.scrollWidth === box.clientWidth)")
        rows = len(re.findall("<tr", text_of(site, f"{page}.html")))
        assert shown.get_by_role("row").count() == rows
        assert "- columnheader" in wide.first.aria_snapshot()
        assert "- rowheader" in wide.first.aria_snapshot()


def test_letters_in_a_figure_can_be_made_larger_on_a_phone(site, browser):
    def height_of_letters(page):
        return page.locator("figure text").first.evaluate("text => text.getBoundingClientRect().height")

    with looking(browser, site, PHONE) as look:
        page = look.goto("02_entropy.html")
        small = height_of_letters(page)
        page.get_by_role("button", name="Larger figure").first.press("Enter")
        assert height_of_letters(page) > 1.8 * small
        assert page.get_by_role("group", name="Figure, scrolls sideways").get_attribute("tabindex") == "0"
        assert axe(page) + too_wide(page) == []
        page.locator("figure input[type=range]").first.press("ArrowRight")
        page.get_by_role("button", name="Smaller figure").click()
        assert height_of_letters(page) == small
        assert look.complaints == []
    with looking(browser, site) as look:
        assert not look.goto("02_entropy.html").locator(".figure-size").first.is_visible()


def test_a_link_to_what_is_folded_unfolds_it(site, browser):
    notes = re.findall(r'<details class="instructor" id="([^"]+)"', text_of(site, "02_entropy.html"))
    with looking(browser, site) as look:
        page = look.goto(f"02_entropy.html#{notes[0]}")
        opened = "notes => notes.map((id) => document.getElementById(id).open)"
        assert page.evaluate(opened, notes[:2]) == [True, False]
        page.evaluate("id => { location.hash = id; }", notes[1])
        page.wait_for_function("id => document.getElementById(id).open", arg=notes[1])


@pytest.mark.parametrize("name", CHAPTERS)
def test_what_an_answer_prints_is_folded_with_it(site, name):
    page = text_of(site, f"{name}.html")
    folded = "".join(re.findall(r'<details class="solution">.*?</details>', page, re.DOTALL))
    for cell in read(NOTEBOOKS / f"{name}.ipynb").cells:
        if "solution" in cell.tags:
            assert cell.html in folded
            assert all(escape(text) in folded for text in cell.outputs)


def test_a_statement_has_signs_for_what_is_typed(site):
    table = re.search(r'<table class="[^"]*lectures">.*?</table>', text_of(site, "index.html"), re.DOTALL)[0]
    statements = re.sub("<[^>]+>", "", re.sub(r"<td><a .*?</td>", "", table))
    assert not re.findall(r"\w_\w|\^|\|\||-\w+ p|\bsum [a-z]\b|(?<= )-(?=\w)", statements)


def test_the_first_stop_of_the_keyboard_skips_to_the_text(site, browser):
    with looking(browser, site) as look:
        page = look.goto("02_entropy.html")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#page-main"


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_still_figure_and_the_same_one_moving_are_one_figure(name):
    notebook = read(NOTEBOOKS / f"{name}.ipynb")
    cells = [cell for _, cells in chapter(notebook).parts for cell in cells]
    assert [cell.id for cell in cells] == [cell.id for cell in notebook.cells]
    for one, other in zip(notebook.cells, notebook.cells[1:], strict=False):
        if (
            one.shown
            and other.shown
            and (one.shown.figure, one.shown.state)
            == (
                other.shown.figure,
                other.shown.state,
            )
        ):
            figures = {cell.id: cell.figure for cell in cells}
            assert not figures[one.id]
            assert figures[other.id]
    assert {cell.shown.figure for cell in notebook.cells if cell.shown} == {
        cell.shown for cell in cells if cell.figure
    }


def test_the_gallery_has_every_figure_in_every_form(site):
    page = text_of(site, "gallery.html")
    for name, figure in FIGURES.items():
        assert f'<article id="{name}">' in page
        assert f"<h3>{figure.title}</h3>" in page
        for kind in ("svg", "pdf", "png"):
            assert f'href="figures/{name}.{kind}"' in page


def test_the_start_page_says_how_long_the_shortest_and_the_longest_notebook_are(site):
    page = text_of(site, "index.html")
    minutes = sorted(map(int, re.findall(r'class="minutes">(\d+) min<', page)))
    assert len(minutes) == len(CHAPTERS)
    assert f"is worth {minutes[0]} to {minutes[-1]} minutes" in page


def test_the_start_page_has_every_assignment_and_what_comes_before_it(site):
    page = text_of(site, "index.html")
    for assignment in ASSIGNMENTS.values():
        row = re.search(rf"<tr>(?:(?!</tr>).)*{assignment.notebook}.*?</tr>", page, re.DOTALL)[0]
        assert assignment.title in row
        assert re.search(r'href="0\d_\w+\.html"', row)


def texts(folder):
    """The text of every file of a site, in archives too; of a notebook its cells as they read."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", _as_read(name, archive.read(name).decode())
        elif path.suffix in {".html", ".js", ".ipynb", ".md", ".csv", ".txt", ".json"}:
            yield path.name, _as_read(path.name, path.read_text(encoding="utf-8"))


def _as_read(name, text):
    if not name.endswith(".ipynb"):
        return text
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])


def secrets():
    """What students must not read: the regions of the assignments' sources that are taken out.

    What a notebook of the course shows on the way is no secret.
    """
    taught = "".join(
        _as_read(path.name, path.read_text(encoding="utf-8")) for path in NOTEBOOKS.glob("0*.ipynb")
    )
    for path in sorted((NOTEBOOKS / "assignments").glob("*.ipynb")):
        text = _as_read(path.name, path.read_text(encoding="utf-8"))
        for region in re.findall(r"BEGIN (?:SOLUTION|HIDDEN TESTS).*?\n(.*?)\n[^\n]*END ", text, re.DOTALL):
            if region.strip() not in taught:
                yield region.strip()


def leaks(folder):
    """The files of a site that hold a solution, and which."""
    hidden = list(secrets())
    assert len(hidden) >= 60
    return [
        f"{name}: {secret[:60]}" for name, text in texts(folder) for secret in hidden if secret in text
    ] + [
        f"{name}: a mark"
        for name, text in texts(folder)
        if not name.startswith("docs_")  # they tell how a question is written
        and re.search("(BEGIN|END) (SOLUTION|HIDDEN)", text)
    ]


def test_no_solution_of_an_assignment_is_on_the_site(site):
    assert leaks(site) == []


def test_a_solution_that_slips_onto_the_site_is_found(tmp_path):
    (tmp_path / "page.html").write_text(f"<pre>{next(secrets())}</pre>", encoding="utf-8")
    assert len(leaks(tmp_path)) == 1
    source = next((NOTEBOOKS / "assignments").glob("*.ipynb"))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(source, source.name)
    assert len(leaks(tmp_path)) > 10


def test_the_site_and_each_page_are_light(site):
    assert weight(site, without=["lite"]) < 15 * MEGABYTE
    for page in site.glob("*.html"):
        assert compressed(page) < 2 * MEGABYTE, page.name


def test_the_same_notebooks_give_the_same_bytes_and_the_live_part_is_linked_where_it_is(site, tmp_path):
    arguments = ["site", "--course", str(HOME), "--out", str(tmp_path)]
    main(arguments)
    names = sorted(str(path.relative_to(site)) for path in site.rglob("*") if path.is_file())
    assert names == sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert filecmp.cmpfiles(site, tmp_path, names, shallow=False)[1:] == ([], [])
    assert "lite/" not in text_of(tmp_path, "index.html")
    (tmp_path / "lite" / "lab").mkdir(parents=True)
    for page in ("index.html", "lab/index.html"):
        (tmp_path / "lite" / page).write_text("live", encoding="utf-8")
    main(arguments)
    assert 'href="lite/index.html"' in text_of(tmp_path, "index.html")
    assert 'href="lite/lab/index.html?path=02_entropy.ipynb"' in text_of(tmp_path, "02_entropy.html")
    assert broken_links(tmp_path) == []


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work", encoding="utf-8")
    with pytest.raises(SystemExit, match="expected a new folder"):
        main(["site", "--course", str(HOME), "--out", str(tmp_path)])
    assert (tmp_path / "thesis.tex").exists()


def test_a_link_without_a_page_on_the_site_is_named():
    with pytest.raises(ValueError, match=r"nowhere\.txt was given; expected a notebook"):
        on_the_site("nowhere.txt")
