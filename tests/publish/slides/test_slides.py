"""A deck can be taught from: nothing runs over, nothing is fetched, all of it can be read."""

import contextlib
import functools
import re
from html import unescape
from itertools import chain
from pathlib import Path

import pytest
from pypdf import PdfReader

from cecourse.course import HOME, course
from cecourse.figures import FIGURES
from cecourse.publish.__main__ import main
from cecourse.publish.player import frames
from cecourse.publish.reading.notebook import Cell, read, rendered
from cecourse.publish.reading.sentences import blocks
from cecourse.publish.slides.layout import _prose, _type_size, columns
from cecourse.publish.tools.pdf import undated
from cecourse.publish.wording import wording
from tests.publish.courses import course_in
from tests.publish.page_checks import axe, looking
from tests.publish.player_driver import Shows, by_keyboard

NOTEBOOKS = course().paths
SMALLEST = 20  # pixels of a slide that is 1280 wide
SMALLEST_IN_A_FIGURE = 17.5
SMALLEST_BESIDE_CONTROLS = 16
TICK_LABELS = 12  # pixels in a figure of its own size: 9 points, as the style sheet says

# Opens one slide after the other, with every answer unfolded, and says what is wrong with each.
MEASURE = """async () => {
 await Promise.all([...document.fonts].map((font) => font.load()));
 return Reveal.getSlides().map((slide, number) => {
  const { h, v } = Reveal.getIndices(slide);
  Reveal.slide(h, v, 99);
  const wrong = [], sheet = slide.querySelector(".sheet").getBoundingClientRect();
  const inSight = (e) => e.getClientRects().length
    && !e.closest(".notes, .katex-mathml, .back, .figure-spoken, .figure-controls > legend, svg *");
  const name = (e) => `${e.tagName} ${e.className} ${e.textContent.slice(0, 50)}`;
  for (const e of slide.querySelectorAll(".sheet *")) {
    if (!inSight(e) || e.closest(".katex-html") && !e.matches(".katex-base")) continue;
    const box = e.getBoundingClientRect();
    if (box.left < 39 || box.right > 1241 || box.top < 0 || box.bottom > sheet.bottom - 46)
      wrong.push(`out of the slide: ${name(e)}`);
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth && !e.closest(".katex")
        && getComputedStyle(e).display != "inline")
      wrong.push(`wider than its box: ${name(e)}`);
    const said = [...e.childNodes].some((child) => child.nodeType == 3 && child.data.trim());
    if (said && !e.closest(".katex") && parseFloat(getComputedStyle(e).fontSize) < SMALLEST)
      wrong.push(`small type: ${name(e)}`);
    if (e.tagName == "IMG" && !(e.complete && e.naturalWidth && e.alt.length > 40))
      wrong.push(`no picture, or no words for it: ${e.src}`);
  }
  if (/\\$|\\\\[a-z]+\\{/.test(slide.querySelector(".sheet").innerText) && !slide.matches(".code"))
    wrong.push(`a formula that is not set: ${slide.innerText}`);
  const pictures = [...slide.querySelectorAll("img")].map((e) => [e.src, e.width]);
  const moving = [...slide.querySelectorAll(".figure-moves")].map((e) =>
    [e.dataset.figure, e.querySelector("svg").getBoundingClientRect().width]);
  for (const e of slide.querySelectorAll(".figure-moves")) {
    const [drawing, controls, words] = ["svg", ".figure-controls", ".figure-readout"]
      .map((part) => e.querySelector(part).getBoundingClientRect());
    if (drawing.right > controls.left || words.width // beside a tall picture there is no sentence
        && Math.max(drawing.bottom, controls.bottom) > words.top && drawing.right > words.left)
      wrong.push(`one above the other: ${e.dataset.figure}`);
  }
  return { number: number + 1, wrong, pictures, moving };
 });
}""".replace("SMALLEST", str(SMALLEST))


course_of = functools.cache(read)


@functools.cache
def slides_of(notebook):
    return columns(course_of(notebook))


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    """All decks, with their PDFs."""
    out = tmp_path_factory.mktemp("slides")
    assert main(["slides", "--course", str(HOME), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def browser(decks, browser):  # in this order: the Chromium that prints must be gone
    return browser


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param


@contextlib.contextmanager
def opened(browser, decks, address):
    """The page of a deck; in the end it may not have complained or asked for anything outside."""
    with looking(browser, decks) as look:
        page = look.goto(address)
        page.wait_for_function("Reveal.isReady()")
        yield page
        assert look.complaints == []


def complaints_about(page):
    return [
        f"slide {slide['number']}: {wrong}" for slide in page.evaluate(MEASURE) for wrong in slide["wrong"]
    ]


def test_every_slide_fits_and_can_be_read(browser, decks, notebook):
    with opened(browser, decks, f"{notebook.stem}.html") as page:
        assert complaints_about(page) == []


def test_the_letters_in_a_figure_are_large(browser, decks, notebook):
    with opened(browser, decks, f"{notebook.stem}.html") as page:
        slides = page.evaluate(MEASURE)
    pictures = [picture for slide in slides for picture in slide["pictures"]]
    assert len(pictures) >= 3
    for source, width in pictures:
        name = next(name for name in FIGURES if Path(source).stem.startswith(name))
        assert letters(name, width) >= SMALLEST_IN_A_FIGURE, source
    for name, width in (moving for slide in slides for moving in slide["moving"]):
        assert letters(name, width) >= SMALLEST_BESIDE_CONTROLS, name


def letters(name, width):
    """How large the smallest letters of a figure are, where it is as wide as that."""
    return width / FIGURES[name]().size()[0] * TICK_LABELS


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("p.style.fontSize = '15px'", "small type"),
        ("p.style.marginTop = '700px'", "out of the slide"),
        ("p.style.whiteSpace = 'nowrap'; p.textContent = 'wide '.repeat(99)", "wider than its box"),
        ("p.textContent = '$p_i$'", "a formula that is not set"),
        ('p.innerHTML = \'<img src="data:," alt="">\'', "no picture"),
    ],
)
def test_what_does_not_fit_is_found(browser, decks, change, complaint):
    with opened(browser, decks, "02_entropy.html") as page:
        page.evaluate(f"() => {{ const p = document.querySelector('.prose .sheet > div p'); {change} }}")
        assert any(complaint in each for each in complaints_about(page))


def test_nothing_hinders_a_reader(browser, decks, notebook):
    """By axe-core, on all slides at once: the view for paper shows every one of them."""
    with opened(browser, decks, f"{notebook.stem}.html?print-pdf") as page:
        page.wait_for_selector(".pdf-page")
        assert axe(page) == []


def test_a_hindrance_is_found(browser, decks):
    with opened(browser, decks, "02_entropy.html?print-pdf") as page:
        page.wait_for_selector(".pdf-page")
        page.evaluate("document.querySelectorAll('.prose p').forEach((p) => (p.style.color = '#bbb'))")
        assert any("color-contrast" in each for each in axe(page))


def moving_places(page):
    """The ids of the figures that move."""
    return page.locator(".moved").evaluate_all("all => all.map((each) => each.id)")


def go_to(page, place):
    """Open the slide of a place in it."""
    page.evaluate(
        """place => {
          const { h, v } = Reveal.getIndices(document.getElementById(place).closest("section"));
          Reveal.slide(h, v);
        }""",
        place,
    )


def moved(notebook):
    """The cells that say `explore`."""
    return [cell for cell in core(notebook) if cell.shown and cell.shown.moves]


def core(notebook):
    """The cells of the sections that have slides."""
    return list(chain.from_iterable(course_of(notebook).core))


def test_a_figure_that_is_explored_in_the_notebook_moves_on_its_slide(decks, notebook):
    deck = (decks / f"{notebook.stem}.html").read_text(encoding="utf-8")
    assert re.findall(r'figure-moves" data-figure="(\w+)"', deck) == [
        cell.shown.figure for cell in moved(notebook)
    ]
    places = set(re.findall(r' id="([^"]+)"', deck))
    back = re.findall(r'class="move"><a href="#/([^"]+)"', deck)
    assert back
    assert set(back) <= places


def test_a_figure_is_moved_by_keyboard_to_what_its_function_says(browser, decks, notebook):
    with opened(browser, decks, f"{notebook.stem}.html") as page:
        for place, cell in zip(moving_places(page), moved(notebook), strict=True):
            go_to(page, place)
            figure = page.locator(f"#{place} .figure-moves[data-ready]")
            figure.wait_for()
            slide = page.evaluate("Reveal.getIndices()")
            shows = Shows(cell.shown.figure, figure, cell.shown.state)
            for control in one_of_each(figure):
                before, after = shows.moved_by(lambda control=control: by_keyboard(control))
                assert before[0] != after[0]
                assert before[1:] != after[1:], f"nothing seen of {before[0]} -> {after[0]}"
            assert page.evaluate("Reveal.getIndices()") == slide


def one_of_each(figure):
    """The first control of each axis that has one, or else the first button."""
    axes = figure.locator("[data-axis]").evaluate_all(
        "all => [...new Set(all.map((each) => each.dataset.axis))]"
    )
    return [figure.locator(f'[data-axis="{axis}"]').first for axis in axes] or [
        figure.locator("button").first
    ]


def test_keys_turn_slides_but_on_a_control_they_move_the_figure(browser, decks):
    with opened(browser, decks, "02_entropy.html") as page:
        place = moving_places(page)[0]
        slider = page.locator(f"#{place} input[type=range]").first

        def done_by(*keys):
            """How many slides on these keys lead from a control, and whether they move it."""
            go_to(page, place)
            slider.focus()
            start, value = page.evaluate("Reveal.getSlidePastCount()"), slider.input_value()
            for key in keys:
                page.keyboard.press(key)
            went = page.evaluate("Reveal.getSlidePastCount()") - start
            return went, slider.input_value() != value

        assert done_by("ArrowRight") == (0, True)
        assert done_by("ArrowDown") == (0, True)
        assert done_by("Space") == (0, False)
        assert done_by("PageDown") == (1, False)  # a presenter's remote
        assert done_by("PageUp") == (-1, False)
        assert done_by("PageDown", "ArrowRight") == (2, False)
        assert done_by("Escape") == (0, False)
        assert not page.evaluate("Reveal.isOverview()")
        assert done_by("Escape", "ArrowRight") == (1, False)


def test_something_to_try_leads_back_to_its_figure(browser, decks):
    with opened(browser, decks, "02_entropy.html") as page:
        page.evaluate("document.querySelector('.move').closest('section').id = 'try'")
        go_to(page, "try")
        link = page.get_by_role("link", name="Move the figure")
        figure = page.locator(f"#{link.get_attribute('href').removeprefix('#/')} .figure-moves")
        assert not figure.is_visible()
        link.click()
        figure.wait_for()
        assert figure.evaluate("figure => Reveal.getCurrentSlide().contains(figure)")


def test_the_tab_key_keeps_to_the_slide(browser, decks):
    with opened(browser, decks, "02_entropy.html") as page:
        for place in (moving_places(page)[0], "check"):
            go_to(page, place)
            for _ in range(12):
                page.keyboard.press("Tab")
                assert page.evaluate(
                    """() => !document.activeElement.closest("section")
                      || Reveal.getCurrentSlide().contains(document.activeElement)"""
                )


def test_on_paper_a_figure_stands_still(browser, decks):
    with opened(browser, decks, "02_entropy.html?print-pdf") as page:
        page.wait_for_selector(".pdf-page")
        figures = len(moved(NOTEBOOKS[2]))
        assert page.locator(".moved").count() == figures
        assert not page.locator(":is(.moved, .figure-controls, .move):visible").count()
        assert page.locator(".still img:visible").count() == figures


def test_the_controls_on_all_slides_hinder_nobody(browser, decks, notebook):
    """By axe-core, slide by slide: paper does not show them."""
    with opened(browser, decks, f"{notebook.stem}.html") as page:
        for place in moving_places(page):
            go_to(page, place)
            assert axe(page) == []


def test_slides_take_the_frames_that_the_site_has_drawn(tmp_path, monkeypatch):
    course_in(tmp_path, {NOTEBOOKS[2].name: NOTEBOOKS[2]})
    names = [cell.shown.figure for cell in moved(NOTEBOOKS[2])]
    frames.write(names, tmp_path / "site")  # as the site does

    def drawn(*_):
        raise AssertionError("drawn twice")

    monkeypatch.setattr(frames, "_recorded", drawn)
    main(["slides", "--no-pdf", "--course", str(tmp_path), "--out", str(tmp_path / "slides")])
    for name in names:
        script = Path("frames") / f"{name}.js"
        assert (tmp_path / "slides" / script).read_bytes() == (tmp_path / "site" / script).read_bytes()


def listings(notebook):
    """The cell of each listing, the size of its type and the words on it."""
    cells = {cell.id: cell for cell in course_of(notebook).cells}
    for column in slides_of(notebook):
        for slide in column.slides:
            if slide.kind == "code":
                size = int(re.match(r'<div class="listing s(\d+)">', slide.body)[1])
                yield cells[slide.cell], size, unescape(re.sub("<[^>]*>", "", slide.body))


def test_a_listing_has_all_of_its_cell(notebook):
    for cell, _, text in listings(notebook):
        lines = cell.source.strip().split("\n")[: -1 if cell.shown else None]
        assert text.replace("\n", "").startswith("".join(lines))
        assert all(output.strip("\n") in text for output in cell.outputs)


def test_code_is_in_large_type_though_a_line_may_be_long():
    sizes = [size for notebook in NOTEBOOKS for _, size, _ in listings(notebook)]
    assert sum(size >= 24 for size in sizes) > 0.75 * len(sizes)
    assert _type_size(["x = 1"], [""], 0) == 30
    assert _type_size(["x = " + "1 + " * 40 + "1"], [""], 0) == 24
    assert _type_size(["x = 1"] * 15, [""], 0) == 22
    assert _type_size(["x = 1"] * 9, [""], 2) == 26
    assert _type_size(["x = 1"], ["1 " * 44], 0) == 20


def test_a_deck_is_as_long_as_a_lecture(notebook):
    slides = [slide for column in slides_of(notebook) for slide in column.slides]
    assert 20 <= len(slides) <= 70


def test_the_lecturer_has_the_minutes_and_all_of_the_prose(notebook):
    made = slides_of(notebook)
    assert sum(column.minutes for column in made) == course_of(notebook).minutes
    shown = words("".join(slide.heading + slide.body for column in made for slide in column.slides))
    said = shown | words("".join(note for column in made for slide in column.slides for note in slide.notes))
    sentences = [
        sentence
        for cell in core(notebook)
        if cell.kind == "markdown"
        for block in blocks(cell.html)
        if block.kind == "text"
        for sentence in block.parts
    ]
    assert len(sentences) > 40
    for sentence in sentences:
        assert words(sentence.html) <= said, sentence.text


def words(html):
    """The words of prose; formulas, tags and punctuation do not count."""
    prose = re.sub(r"<math.*?</math>|<[^>]*>", " ", html)
    return set(re.findall(r"[A-Za-z]{4,}", prose))


def test_a_solution_is_on_no_slide(decks, notebook):
    solution = next(cell for cell in course_of(notebook).cells if "solution" in cell.tags)
    deck = (decks / f"{notebook.stem}.html").read_text(encoding="utf-8")
    assert f"#{solution.id}" not in deck
    assert solution.html not in deck


def test_an_answer_waits_for_its_question(browser, decks):
    with opened(browser, decks, "02_entropy.html#/check") as page:
        answer = page.locator("section.present > section.present .answer")
        assert answer.evaluate("a => getComputedStyle(a).visibility") == "hidden"
        page.keyboard.press("Space")
        page.wait_for_selector("section.present > section.present .answer", state="visible")
        assert answer.evaluate("a => getComputedStyle(a).visibility") == "visible"


def test_a_prediction_comes_before_its_answer(notebook):
    """After each there is something to see: code that runs, or a figure."""
    for column in slides_of(notebook):
        kinds = [slide.tag if slide.tag == "predict" else slide.kind for slide in column.slides]
        for place, kind in enumerate(kinds):
            assert kind != "predict" or {"code", "figure"} & set(kinds[place:]), column.claim


def test_a_repair_comes_after_what_is_broken():
    made = columns(read(next(path for path in NOTEBOOKS if path.stem.startswith("00"))))
    turns = [slide.tag for column in made for slide in column.slides]
    order = ["break", "predict", "broken", "repair", "repaired"]
    start = turns.index("break")
    assert turns[start : start + len(order)] == order


def test_every_slide_leads_back_to_its_place_in_the_notebook(decks, notebook):
    deck = (decks / f"{notebook.stem}.html").read_text(encoding="utf-8")
    back = re.findall(r'<p class="back"><a href="([^"#]*)#([^"]*)">', deck)
    ids = {cell.id for cell in course_of(notebook).cells}
    assert len(back) == deck.count('<div class="sheet">')
    assert {place for page, place in back} <= ids
    assert {page for page, place in back} == {f"../site/{notebook.stem}.html"}


def test_links_between_decks_and_to_what_they_load_lead_somewhere(decks, notebook):
    deck = (decks / f"{notebook.stem}.html").read_text(encoding="utf-8")
    links = re.findall(r'(?:href|src)="([^"]+)"', deck)
    here = [link.partition("#")[0] for link in links if not re.match(r"https?:|data:|\.\./site/|#", link)]
    assert len(here) > 5
    assert [link for link in here if not (decks / link).is_file()] == []
    assert {link.partition("#")[0] for link in links if link.startswith("../site/")} <= {
        f"../site/{name}.html" for name in ("index", "glossary", *(path.stem for path in NOTEBOOKS))
    }


def test_the_pdf_of_a_deck_has_a_page_for_every_slide(decks, notebook):
    pdf = PdfReader(decks / f"{notebook.stem}.pdf")
    deck = (decks / f"{notebook.stem}.html").read_text(encoding="utf-8")
    assert len(pdf.pages) == deck.count('<div class="sheet">')
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [960, 540]  # 16:9, in points
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "For the instructor" not in text
    assert b"file:" not in (decks / f"{notebook.stem}.pdf").read_bytes()


def test_a_deck_is_made_again_only_where_something_changed(tmp_path):
    """Of two notebooks, the one that says something new."""
    course_in(tmp_path, {path.name: path for path in NOTEBOOKS[:2]})
    command = ["slides", "--no-pdf", "--course", str(tmp_path), "--out", str(tmp_path / "out")]
    main(command)
    first, second = (tmp_path / "out" / f"{path.stem}.html" for path in NOTEBOOKS[:2])
    made = second.stat().st_mtime_ns
    changed = tmp_path / "notebooks" / NOTEBOOKS[0].name
    text = changed.read_text(encoding="utf-8").replace("the name of a class", "the name of one class")
    changed.write_text(text, encoding="utf-8")
    main(command)
    assert "the name of one class" in first.read_text(encoding="utf-8")
    assert second.stat().st_mtime_ns == made
    main([*command, "--site", "elsewhere"])
    assert 'href="elsewhere/' in second.read_text(encoding="utf-8")


def test_a_pdf_does_not_know_its_day():
    printed = b"<</CreationDate (D:20261125160053+00'00') /ModDate (D:20261125160053+00'00')>>"
    assert b"2026" not in undated(printed)
    assert len(undated(printed)) == len(printed)


def of(markdown):
    return list(blocks(rendered([markdown])[markdown]))


def test_a_sentence_ends_where_a_reader_would_end_it():
    (block,) = of("Read $p$. *It* sums to 1. C. E. Shannon (1948. In print.) said so, fig. 3.5. Now **pmf**.")
    assert [sentence.text for sentence in block.parts] == [
        "Read p.",
        "It sums to 1.",
        "C. E. Shannon (1948. In print.) said so, fig. 3.5.",
        "Now pmf.",
    ]
    assert [sentence.defines for sentence in block.parts] == [False, False, False, True]


def test_a_prompt_stands_alone_under_its_opening_and_has_its_formula_with_it():
    markdown = "**Was dann?** Rechne $p$ aus:\n\n$$p = 1$$\n\nUnd weiter."
    html = rendered([markdown])[markdown]
    prompt, rest = _prose([of_kind(html, tags=["predict"])], "The claim", wording("de"), opens=False)
    assert (prompt.kind, prompt.tag) == ("prompt", "predict")
    assert "<h2>Was dann?</h2>" in prompt.body
    assert "katex-display" in prompt.body
    assert "Und weiter" in rest.body


def test_what_is_spoken_is_in_the_notes_alone():
    silent, said = (of_kind(f"<p>{word} {'many words ' * 20}</p>") for word in ("Shown", "Heard"))
    said.metadata["tags"] = ["spoken"]
    (slide,) = _prose([silent, said], "The claim", wording("en"), opens=False)
    assert "Shown" in slide.body
    assert "Heard" not in slide.body
    assert "Heard" in slide.notes[0]


def test_a_list_that_goes_on_keeps_its_numbers():
    html = rendered(["4. four\n5. five"])["4. four\n5. five"]
    (slide,) = prose_slides(html)
    assert '<ol start="4">' in slide.body


def test_a_long_list_is_cut_into_even_parts_that_go_on_counting():
    text = "\n".join(f"{number}. {'many words ' * 24}" for number in range(1, 5))
    first, second = prose_slides(rendered([text])[text])
    assert [slide.body.count("<li>") for slide in (first, second)] == [2, 2]
    assert '<ol start="3">' in second.body


def test_a_short_sentence_becomes_the_heading_and_loses_its_stop():
    text = "It is $p$. " + "The rest of it is said below, in words that one can read. " * 2
    (slide,) = prose_slides(rendered([text])[text])
    assert slide.heading.startswith("It is <span")
    assert not re.search(r"\.(</span>)*$", slide.heading)


def test_a_long_paragraph_gives_its_first_sentence_and_its_terms():
    text = f"{'First of all, and at length. ' * 3}{'On it goes, as prose does. ' * 9}This is a **term**."
    (slide,) = prose_slides(rendered([text])[text])
    assert "First of all" in slide.body
    assert "<strong>term</strong>" in slide.body
    assert slide.body.count("On it goes") < 9
    (note,) = slide.notes
    assert note.count("On it goes") == 9


def of_kind(html, tags=()):
    return Cell("id", "markdown", "", html, metadata={"tags": list(tags)})


def prose_slides(html):
    """The slides of a Markdown cell in the middle of a section."""
    return _prose([of_kind(html)], "The claim", wording("en"), opens=False)
