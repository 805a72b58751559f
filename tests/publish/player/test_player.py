"""Every figure in one page, opened from the file system: its controls are moved by keyboard and by mouse."""

from itertools import pairwise

import pytest

from cecourse.figures import FIGURES
from cecourse.publish.colours import sheet_of_both
from cecourse.publish.player import frames
from cecourse.publish.player.recording import unpack
from cecourse.publish.player.state_grid import reach
from cecourse.publish.reading.notebook import Shown
from tests.publish.page_checks import DESK, PHONE, axe, looking, too_wide
from tests.publish.player_driver import Shows, by_keyboard, drawn, words_of

MOVING = [name for name in FIGURES if FIGURES[name].controls]
every_moving_figure = pytest.mark.parametrize("name", MOVING)
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
{sheet}
body {{ font: 16px sans-serif; max-width: 45rem; margin: 1rem; background: var(--paper); color: var(--ink); }}
</style>
{head}</head><body><main><h1>{title}</h1>{figures}</main></body></html>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a page for each figure, and one for all."""
    folder = tmp_path_factory.mktemp("figures")
    frames.write(MOVING, folder)
    html = {
        name: frames.embed(Shown(name, {}, name in MOVING, drawn(name).description), ".") for name in FIGURES
    }
    for title, figures in {**html, "all": "\n".join(html.values())}.items():
        page = _PAGE.format(title=title, sheet=sheet_of_both(), head=frames.head("."), figures=figures)
        (folder / f"{title}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def desk(browser, folder):
    """A page that each test sends elsewhere; at the end nothing may have been said on the console."""
    with looking(browser, folder) as look:
        yield look


def open_figure(look, name):
    page = look.goto(f"{name}.html")
    page.locator("[data-ready]").wait_for()
    return Shows(name, page.locator(".figure-moves"))


def by_mouse(control):
    """Move a control with the mouse."""
    kind = control.evaluate("control => control.type")
    if kind == "range":
        box = control.bounding_box()
        share = int(control.input_value()) / int(control.get_attribute("max"))
        x = 0.3 if share > 0.5 else 0.8
        control.click(position={"x": x * box["width"], "y": box["height"] / 2})
    elif kind == "select-one":
        other = control.evaluate("list => (list.selectedIndex + 1) % list.options.length")
        control.select_option(index=other)
    else:
        control.click(force=True)  # also one that says it is disabled, which then does nothing


@pytest.mark.parametrize("way", [by_keyboard, by_mouse], ids=lambda way: way.__name__)
@every_moving_figure
def test_every_control_changes_picture_and_words_to_those_of_the_state_it_says(name, way, desk):
    shows = open_figure(desk, name)
    for number, _ in enumerate(reach(name).axes):
        controls = shows.figure.locator(f'[data-axis="{number}"]').all()
        for control in (
            controls if controls and controls[0].get_attribute("type") == "radio" else controls[:1]
        ):
            before, after = shows.moved_by(lambda control=control: way(control))
            assert way is by_mouse or before[0] != after[0]
            if before[0] != after[0]:
                assert before[1:] != after[1:], f"nothing seen of {before[0]} -> {after[0]}"
    assert desk.complaints == []


@pytest.mark.parametrize("way", [by_keyboard, by_mouse], ids=lambda way: way.__name__)
@every_moving_figure
def test_every_button_leads_to_its_state(name, way, desk):
    shows = open_figure(desk, name)
    start = shows.seen()
    for button in shows.figure.locator("button:not([data-play])").all():
        _, (state, _, _) = shows.moved_by(lambda button=button: way(button))
        preset = FIGURES[name].presets.get(button.text_content(), {})
        assert state == state | preset
    assert shows.seen() == start, "reset is the last button"
    assert desk.complaints == []


def test_a_state_beside_the_scale_is_left_for_the_nearest_on_it(desk):
    shows = open_figure(desk, "codewords_in_the_unit_interval")
    shows.figure.get_by_role("button", name="nearly certain").click()
    shows.figure.locator('[data-axis="1"]').press("End")
    assert shows.seen()[0]["p"] == (0.4, 0.4, 0, 0)


def test_a_question_that_leads_out_of_the_recording_cannot_be_asked(desk):
    shows = open_figure(desk, "guessing_game")
    shows.figure.get_by_role("button", name="start over").click()
    upper = shows.figure.get_by_role("button", name="upper half?")
    for _ in range(6):
        assert upper.get_attribute("aria-disabled") == "false"
        upper.click()
    asked = shows.seen()
    assert upper.get_attribute("aria-disabled") == "true"
    upper.click(force=True)
    assert shows.seen() == asked
    shows.figure.get_by_role("button", name="take back").click()
    assert "After 5 questions" in shows.seen()[1]


def test_a_key_that_moves_a_control_turns_no_slide(desk):
    shows = open_figure(desk, "binary_entropy_curve")
    desk.page.evaluate("() => { window.heard = []; document.onkeydown = (event) => heard.push(event.key); }")
    shows.figure.locator("input").press("ArrowRight")
    shows.figure.locator("input").press("Escape")
    assert desk.page.evaluate("heard") == ["Escape"]


@pytest.fixture
def timed(browser, folder):
    """A page whose time is what the test lets pass."""
    with looking(browser, folder) as look:
        look.page.clock.install()
        yield look
        assert look.complaints == []


def test_a_process_plays_and_pauses(timed):
    name = "evidence_adds_up"
    shows, interval = open_figure(timed, name), FIGURES[name].controls["tens"].milliseconds
    timed.page.clock.pause_at(timed.page.evaluate("Date.now()") + 1000)
    shows.figure.get_by_role("button", name="play").click()  # at the end, so it plays from the beginning
    timed.page.clock.run_for(5 * interval + 1)
    shows.figure.get_by_role("button", name="pause").click()
    paused = shows.seen()
    assert paused[0]["tens"] == 5
    timed.page.clock.run_for(5 * interval)
    assert shows.seen() == paused


def test_whoever_asks_for_less_motion_steps_by_hand(browser, folder):
    with looking(browser, folder, reduced_motion="reduce") as look:
        shows = open_figure(look, "evidence_adds_up")
        assert not shows.figure.locator("[data-play]").is_visible()
        back = shows.figure.get_by_role("button", name="one back")
        before, after = shows.moved_by(lambda: back.press("Enter"))
        assert before != after


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_does_not_jump_whatever_is_said(size, browser, folder):
    with looking(browser, folder, size=size) as look:
        page = look.goto("all.html")
        jumps = page.evaluate(
            """(words) => {
              const found = [];
              for (const figure of document.querySelectorAll(".figure-moves")) {
                const now = figure.querySelector(".figure-now");
                const height = figure.getBoundingClientRect().height;
                for (const said of words[figure.dataset.figure]) {
                  now.replaceChildren(...cecourseFigures.held(said));
                  if (figure.getBoundingClientRect().height !== height)
                    found.push(`${figure.dataset.figure}: ${said}`);
                }
              }
              return found;
            }""",
            {name: unpack(each.packed)["words"] for name, each in frames.recordings(MOVING).items()},
        )
        assert jumps == []
        assert too_wide(page) == []


def test_no_line_of_the_words_ends_within_a_number(desk):
    texts = ["so at q = 0.70 a step", "than 93.3 % of them", "by 1e-07 of it", "the price H(p, q) - H(p)"]
    page = desk.goto("binary_entropy_curve.html")
    lines_and_text = page.evaluate(
        """(texts) => texts.map((text) => {
          const now = document.querySelector(".figure-now");
          now.replaceChildren(...cecourseFigures.held(text));
          const lines = [];
          for (let width = 40; width < 300; width += 5) {
            now.style.width = `${width}px`;
            lines.push(now.querySelector("span").getClientRects().length);
          }
          return [Math.max(...lines), now.textContent];
        })""",
        texts,
    )
    assert lines_and_text == [[1, text] for text in texts]


def test_a_screen_reader_is_told_at_most_twice_a_second(timed):
    shows, page = open_figure(timed, "binary_entropy_curve"), timed.page
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    page.evaluate(
        """() => {
          window.told = [];
          const spoken = document.querySelector(".figure-spoken");
          new MutationObserver(() => told.push([performance.now(), spoken.textContent]))
            .observe(spoken, {childList: true});
        }"""
    )
    slider, last = shows.figure.locator("input"), []
    for pause in (50, 50, 600, 50, 50, 50, 600, 499, 501):
        slider.press("ArrowRight")
        page.clock.run_for(pause)
        last += [shows.seen()[1]] if pause > 500 else []
    told = page.evaluate("told")
    assert [words for _, words in told] == last
    assert all(later - sooner >= 500 for (sooner, _), (later, _) in pairwise(told))


@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", DESK), ("light", PHONE)])
def test_nobody_is_left_out(scheme, size, browser, folder):
    with looking(browser, folder, size=size, scheme=scheme) as look:
        page = look.goto("all.html")
        assert axe(page) == []
        small = page.evaluate(
            """() => [...document.querySelectorAll(".figure-controls :is(button, input, select, label)")]
              .filter(each => each.offsetHeight < 24 && !each.closest(".figure-option"))
              .map(each => each.outerHTML)"""
        )
        assert small == []
        assert look.complaints == []


def test_without_scripts_the_still_figure_stands_with_its_words(browser, folder):
    with looking(browser, folder, java_script_enabled=False) as look:
        page = look.goto("binary_entropy_curve.html")
        assert page.locator("svg").is_visible()
        assert page.locator(".figure-now").text_content() == words_of("binary_entropy_curve", {"p": 0.3})
        assert not page.locator(".figure-controls").is_visible()


def test_on_paper_a_figure_is_light_and_has_no_controls(browser, folder):
    with looking(browser, folder, scheme="dark") as look:
        shows = open_figure(look, "binary_entropy_curve")
        paper = shows.figure.locator("svg path").first
        assert paper.evaluate("paper => getComputedStyle(paper).fill") == "rgb(20, 23, 28)"
        look.page.emulate_media(media="print")
        assert paper.evaluate("paper => getComputedStyle(paper).fill") == "rgb(255, 255, 255)"
        assert not shows.figure.locator(".figure-controls").is_visible()
        assert shows.figure.locator(".figure-now").is_visible()


def test_a_page_may_choose_the_dark_colours_itself(browser, folder):
    with looking(browser, folder) as look:
        shows = open_figure(look, "binary_entropy_curve")
        look.page.evaluate("document.documentElement.dataset.theme = 'dark'")
        paper = shows.figure.locator("svg path").first
        assert paper.evaluate("paper => getComputedStyle(paper).fill") == "rgb(20, 23, 28)"


def test_a_figure_whose_states_are_missing_says_so(browser, folder, tmp_path):
    page = (folder / "binary_entropy_curve.html").read_text(encoding="utf-8")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "frames").mkdir()
    for name in ("player.js", "player.css"):
        (tmp_path / "frames" / name).write_bytes((folder / "frames" / name).read_bytes())
    with looking(browser, tmp_path) as look:
        page = look.goto("page.html")
        page.locator("input").press("ArrowRight")
        said = page.get_by_text("could not be loaded")
        said.wait_for()
        assert said.is_visible()
        assert page.locator("svg").is_visible()


def test_figures_load_their_states_when_they_come_near(browser, folder):
    with looking(browser, folder) as look:
        page = look.goto("all.html")
        page.locator("[data-ready]").first.wait_for()  # all that are near are asked for at once
        loaded = page.evaluate("document.querySelectorAll('head script').length") - 1
        assert 1 <= loaded < len(MOVING) / 3


def test_a_frame_changes_within_a_sixtieth_of_a_second(browser, folder, capsys):
    times = {}
    with looking(browser, folder) as look:
        for name in MOVING:
            open_figure(look, name)
            times[name] = look.page.evaluate(_THIRTY_MOVES)
    medians = {name: sorted(each)[len(each) // 2] for name, each in times.items()}
    with capsys.disabled():
        slowest = sorted(medians, key=medians.get)[:-6:-1]
        print("\nmedian of 30 moves, work and layout: ", end="")
        print(", ".join(f"{name} {medians[name]:.1f} ms" for name in slowest))
    assert max(medians.values()) < 16


# From the event to the picture and the words laid out anew, which is all but the painting.
_THIRTY_MOVES = """async () => {
  const figure = document.querySelector(".figure-moves");
  const controls = [...figure.querySelectorAll("[data-axis], [data-add], [data-back]")];
  const times = [];
  for (let move = 0; times.length < 30 && move < 300; move += 1) {
    const control = controls[move % controls.length];
    const before = figure.dataset.shown;
    const start = performance.now();
    if (control.type === "range") {
      control.value = (Number(control.value) + 1) % (Number(control.max) + 1);
      control.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (control.type === "select-one") {
      control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    } else control.click();
    for (let turn = 0; turn < 20 && figure.dataset.shown === before; turn += 1) await null;
    figure.querySelector("svg").getBoundingClientRect();
    figure.querySelector(".figure-layer").getBBox();
    if (figure.dataset.shown !== before) times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}"""
