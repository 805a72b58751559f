"""A notebook as slides: what of a section goes on a slide, and what the lecturer has in the notes.

A slide has a claim at its head.  A paragraph that is too long for a slide gives its first sentence, those
that define a term, and the last one where it leads to a formula or a list; all of it stands in the notes.
"""

import re
import textwrap
from dataclasses import dataclass, replace
from itertools import takewhile
from math import ceil

from ..reading.notebook import as_text, in_colours
from ..reading.sentences import Block, blocks, readable, spoken, tallest
from ..tools.templates import written
from ..wording import wording

_SHOWS = re.compile(r"^(def|for|while|class) |print\(", re.MULTILINE)

# In pixels of a slide 1280 wide and 720 high, as deck.css sets them.
_ROOM = 510  # below a heading of one line
_COMFORT = 400
_LINE, _LETTERS = 42, 64  # of text: its height, and how many letters it holds
_GAP = 20
_HEADING = 44  # letters in its line
_FORMULA = 30 * 1.21
_LONG_PARAGRAPH = 270  # letters
_SHORT_SENTENCE = 72
_TOO_LITTLE = 70
_SPOKEN = {"spoken", "on-screen"}  # tags of what is in the notes and on no slide
# The size of type in a table, and the letters in a line of its widest column.
_TABLES = {"units": (25, 37), "units dense": (21, 46), "wide": (25, 32), "wide dense": (21, 32)}
# The size of type in a listing: the letters in a line, the lines on a slide.  Rather than to be smaller than
# this, a line of code goes on below itself.
_LARGE_ENOUGH = 24
_GOES_ON = 8  # letters further right
_LISTINGS = {30: (60, 11), 26: (69, 14), 24: (75, 15), 22: (82, 16), 20: (91, 18)}


@dataclass(frozen=True)
class Slide:
    """One slide, made from the cell `cell`; `notes` is HTML for the lecturer alone."""

    cell: str
    kind: str  # "opening", "prose", "prompt", "code", "figure", "question", "picture"; "said" never shows
    heading: str
    body: str = ""
    notes: tuple[str, ...] = ()
    shown: object = None  # the figure of a figure slide
    tag: str = ""  # of a prompt or of code: "predict", "try", "broken", ...
    moves: str = ""  # of something to try: the cell of the slide whose figure is to be moved


@dataclass(frozen=True)
class Column:
    """A section of the notebook: its claim, its minutes, its slides."""

    claim: str
    minutes: int
    slides: tuple[Slide, ...]


def columns(notebook):
    """The slides of a notebook, a column for each section of its core."""
    opening, *sections = notebook.core
    words = wording(notebook.language)
    return [_opening(opening, notebook.title, words), *(_column(section, words) for section in sections)]


def _opening(cells, title, words):
    """Title and question, then the first list under its opening in bold, then what else is to be seen.

    Its other paragraphs are said.
    """
    first = cells[0]
    talk = [(cell, part) for cell in cells if _is_talk(cell) for part in blocks(cell.html)]
    parts = [part for _, part in talk]
    question = next((part for part in parts if part.kind == "quote"), None)
    goals = next((part for part in parts if part.kind == "list"), None)
    before = parts[parts.index(goals) - 1] if goals in parts[1:] else None
    head = before if before and before.lead and not before.text else None
    notes = [_spoken(part) for part in parts if part.kind == "text" and part is not head]
    slides = [Slide(first.id, "opening", title, question.html if question else "", tuple(notes))]
    if goals:
        heading = head.lead if head else title
        slides.append(Slide(first.id, "prose", heading, _made("sized", "large", goals.html)))
    seen = [
        (cell, part, list(_pieces(part)))
        for cell, part in talk
        if part not in (question, goals) and part.kind != "text" and not _is_title(part)
    ]
    slides += _portions(title, seen, opens=False)
    shows = [cell for cell in cells if cell.outputs or cell.pictures or cell.shown]
    moving = {_picture(cell) for cell in shows if cell.shown and cell.shown.moves}
    drawn = set()
    slides += [slide for cell in shows for slide in _work(cell, title, words, drawn, moving)]
    slides += [_note(cell) for cell in cells if "instructor" in cell.tags]
    return Column(title, 0, tuple(_said_in_time(slides)))


def _is_title(part):
    return part.kind == "heading" and part.level <= 2


def _is_talk(cell):
    return cell.kind == "markdown" and "instructor" not in cell.tags


def _note(cell):
    return Slide(cell.id, "said", "", notes=(spoken(cell.html),))


def _column(cells, words):
    claim = next(part.html for part in blocks(cells[0].html) if part.kind == "heading")
    slides, drawn, place = [], set(), ""
    moving = {_picture(cell) for cell in cells if cell.shown and cell.shown.moves}
    for beat in _beats(cells):
        slides = _with_notes([cell for cell in beat if "instructor" in cell.tags], slides)
        said = _prose([cell for cell in beat if _is_talk(cell)], claim, words, opens=not slides)
        work = [cell for cell in beat if cell.kind == "code"]
        worked = [slide for cell in work for slide in _work(cell, claim, words, drawn, moving)]
        moves = next((cell for cell in work if cell.shown and cell.shown.moves), None)
        here = _place_of(moves, slides + worked) if moves else ""
        # What is to be tried stands behind its figure, or opens the beat that shows it.
        tried = place or here
        slides += [
            replace(each, moves=tried) if each.tag == "try" else each for each in _in_turn(said, worked)
        ]
        place = here or place
    made = _said_in_time(slides or [Slide(cells[0].id, "prose", claim)])
    return Column(claim, cells[0].minutes, tuple(made))


def _with_notes(cells, slides):
    """The notes for whoever teaches go to the slide before; before the first one they wait."""
    notes = [_note(cell) for cell in cells]
    if not slides:
        return notes
    return [*slides[:-1], replace(slides[-1], notes=sum((each.notes for each in notes), slides[-1].notes))]


def _beats(cells):
    """The cells in groups: prose and the code that follows it; an instructor's note begins one too."""
    beats = []
    for cell in cells:
        talks_on = beats and beats[-1][-1].kind == "markdown" and "instructor" not in cell.tags
        if not ((cell.kind == "code" and beats) or talks_on):
            beats.append([])
        beats[-1].append(cell)
    return beats


def _in_turn(said, worked):
    """A repair comes after what is broken, and what is to be tried after everything else."""
    broken = next((n for n, slide in enumerate(worked) if slide.tag == "broken"), None)
    repair = next((n for n, slide in enumerate(said) if slide.tag == "repair"), None)
    tries = [slide for slide in said if slide.tag == "try"]
    if broken is None or repair is None:
        return [slide for slide in said if slide.tag != "try"] + worked + tries
    before = [slide for slide in said[:repair] if slide.tag != "try"]
    after = [slide for slide in said[repair:] if slide.tag != "try"]
    return [*before, *worked[: broken + 1], *after, *worked[broken + 1 :], *tries]


def _place_of(cell, slides):
    """The cell of the slide that has the picture of this one: a still picture before it is the same slide."""
    return next(each.cell for each in slides if each.shown and _picture(each) == _picture(cell))


def _work(cell, claim, words, drawn, moving):
    """The slides of a code cell: its code and what it prints, then its figure, if it is a new one."""
    if "solution" in cell.tags:
        return
    yield from _code(cell, claim, words)
    for picture in cell.pictures:
        yield Slide(cell.id, "picture", claim, _made("sized", "beyond", picture))
    if cell.shown and _picture(cell) not in drawn:
        drawn.add(_picture(cell))
        yield _figure(cell, _picture(cell) in moving)


def _said_in_time(slides):
    """What is only said goes to the notes of the next figure, or else of the slide before."""
    kept, waiting, first = [], (), None
    for slide in slides:
        if slide.kind == "said":
            waiting += slide.notes
            first = first or slide
        elif slide.kind == "figure" and waiting:
            kept.append(replace(slide, notes=waiting + slide.notes))
            waiting = ()
        else:
            kept.append(slide)
    if not kept:  # all of it is said: it needs a slide to be said to
        kept = [replace(first, kind="prose", notes=())]
    return [*kept[:-1], replace(kept[-1], notes=kept[-1].notes + waiting)]


def _picture(place):
    """What is seen of a figure in a cell, or on a slide."""
    return place.shown.figure, repr(place.shown.state)


# Prose


def _prose(cells, claim, words, opens):
    """The slides of Markdown cells: prompts alone, the rest in portions that fit.

    Where the cells open a section, the claim stands at the head of their first slide.
    """
    pile, slides = [], []

    def pile_to_slides():
        slides.extend(_portions(claim, pile, opens and not slides))
        pile.clear()

    for cell in cells:
        parts = [part for part in blocks(cell.html) if not _is_title(part)]
        if cell.prompt or cell.begins_slide or "read-on" in cell.tags:
            pile_to_slides()
        if cell.prompt and parts:
            first, *parts = parts
            formulas = list(takewhile(lambda part: part.kind == "formula", parts))
            answers = [part for part in parts if part.kind == "question"]
            slides.append(_prompt(cell, first, formulas, answers, words))
            parts = [part for part in parts[len(formulas) :] if part not in answers]
        if "read-on" in cell.tags and parts:
            slides.append(_references(cell, parts, words))
            continue
        for part in parts:
            if part.kind == "question":
                pile_to_slides()
                slides.append(_asked(cell, claim, part))
            elif _SPOKEN & set(cell.tags):
                pile.append((cell, part, [_of_sentences(part, ())]))
            else:
                pile.append((cell, part, list(_pieces(part))))
    pile_to_slides()
    return slides


def _prompt(cell, part, formulas, answers, words):
    """A prompt with the formulas to which it leads; its answers are in the notes."""
    short = _shortened(part, 330)
    kind = "prompt warn" if cell.prompt == "break" else "prompt"
    body = _made("prompt", part.lead or words[cell.prompt], short, formulas)
    notes = _left_out(part, short) + tuple(spoken(f"<p>{each.html}</p>{each.parts[1]}") for each in answers)
    return Slide(cell.id, kind, "", body, notes, tag=cell.prompt)


def _references(cell, parts, words):
    high = sum(_GAP + 31 * ceil(len(part.text) / 85) for part in parts)
    body = _made("sized", _text_size(high), _made("references", parts))
    return Slide(cell.id, "prose", parts[0].lead or words["read-on"], body)


def _asked(cell, claim, part):
    long = len(readable("".join(part.parts))) > 560
    return Slide(cell.id, "question", claim, _made("asked", *part.parts, long))


def _portions(claim, pile, opens):
    """As many slides as the blocks of a pile need, in the order of the text."""
    slides = []
    for portion in _packed([(cell, part, short) for cell, part, pieces in pile for short in pieces]):
        cell = portion[0][0]
        shown = [(part, short) for _, part, short in portion if short.text]
        heading, shown = (claim, shown) if opens and not slides else _headed(shown, claim)
        kind = "prose" if _weight(shown) > _TOO_LITTLE else "said"
        notes = tuple(
            note
            for _, part, short in portion
            for note in ([_spoken(part)] if kind == "said" else _left_out(part, short))
        )
        size = _text_size(sum(_height(short) for _, short in shown))
        body = _made("sized", size, "".join(_made("block", short) for _, short in shown))
        slides.append(Slide(cell.id, kind, heading, body, notes))
    return slides


def _weight(portion):
    return sum(len(short.text) if short.kind == "text" else _LONG_PARAGRAPH for _, short in portion)


def _text_size(high):
    """The larger the type, the less there is on a slide."""
    return "huge" if high <= 190 else "large" if high <= 290 else "plain"


def _pieces(part):
    """What of a block goes on a slide, in pieces if it is too tall for one."""
    if part.kind in ("list", "table") and part.parts:
        yield from _cut(part)
    else:
        yield _shortened(part, _LONG_PARAGRAPH)


def _packed(pieces):
    """The pieces in portions that leave some air on a slide; what belongs together stays together."""
    portion, free = [], _COMFORT
    for bound in _bound(pieces):
        high = sum(_height(short) for *_, short in bound)
        if portion and high > free:
            yield portion
            portion, free = [], _COMFORT
        portion, free = portion + bound, free - high
    if portion:
        yield portion


def _bound(pieces):
    """Each piece with those that lead to it: a formula, a list or a table with the sentence before it."""
    group = []
    for piece in pieces:
        held = group and (piece[1].kind == "formula" or group[-1][1].text.endswith((":", ",")))
        if group and not held:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _headed(portion, claim):
    """The heading of a slide: the first sentence if it is short and stands for itself, or else the claim."""
    if not portion:
        return claim, portion
    part, short = portion[0]
    if part.kind != "text" or part.lead or len(short.parts) + len(portion) < 3:
        return claim, portion
    first, *rest = short.parts
    if len(first.text) > _SHORT_SENTENCE or not first.text.endswith((".", "?")) or first.defines:
        return claim, portion
    heading = re.sub(r"\.(</span>)?$", r"\1", first.html.strip())
    left = [(part, _of_sentences(short, rest))] if rest else []
    return heading, left + portion[1:]


def _shortened(part, letters):
    """What of a paragraph goes on a slide."""
    if part.kind != "text" or len(part.text) <= letters:
        return part
    last = len(part.parts) - 1
    wanted = {0} | {n for n, each in enumerate(part.parts) if each.defines}
    if part.parts[last].text.endswith((":", ",")):
        wanted.add(last)
    for n in range(1, last + 1):  # then in their order, while there is room
        if sum(len(part.parts[m].text) for m in wanted | {n}) <= letters:
            wanted.add(n)
        elif n not in wanted:
            break
    return _of_sentences(part, [part.parts[n] for n in sorted(wanted)])


def _of_sentences(part, sentences):
    html = " ".join(sentence.html.strip() for sentence in sentences)
    return Block("text", html, readable(html), part.lead, tuple(sentences), tallest(html))


def _left_out(part, short):
    """The whole of a paragraph, for the notes, where the slide has less."""
    left_out = part.text != short.text if part.kind == "text" else not short.text
    return (_spoken(part),) if left_out else ()


def _spoken(part):
    return _made("spoken", part, spoken(part.html))


def _made(macro, *content):
    return written(__package__, "parts.html", macro, *content)


# Lists and tables


def _cut(part):
    """A list or a table in pieces that fit on a slide each and are about as high as each other."""
    heads, rest = (part.parts[:1], part.parts[1:]) if part.kind == "table" else ((), part.parts)
    room = _ROOM - sum(_entry_height(part, head) for head in heads) - _GAP
    whole = sum(_entry_height(part, entry) for entry in rest)
    share = whole / ceil(whole / room)
    piece, used, begun = [], 0, 0
    numbered = re.match(r'<ol start="(\d+)"', part.html)
    first = int(numbered[1]) if numbered else 1
    for entry in rest:
        high = _entry_height(part, entry)
        if piece and (used + high - begun > room or used + high / 2 > begun + share):
            yield _rebuilt(part, heads, piece, first)
            first, piece, begun = first + len(piece), [], used
        piece, used = [*piece, entry], used + high
    yield _rebuilt(part, heads, piece, first)


def _rebuilt(part, heads, entries, first):
    if part.kind == "table":
        html = _made("table", _look(part), heads, entries)
    else:
        html = _made("list", entries, first if part.html.startswith("<ol") else None)
    return Block(part.kind, html, readable(html), parts=(*heads, *entries), tall=tallest(html))


def _look(table):
    """How a table is set: its units on one line, its type small if it is long."""
    units = "units" if readable(table.parts[0]).endswith("unit") else "wide"
    return f"{units} dense" if len(table.parts) > 7 or len(table.text) > 700 else units


def _entry_height(part, entry):
    if part.kind == "table":
        widest = max(len(readable(cell)) for cell in entry.split("</t"))
        type_, letters = _TABLES[_look(part)]
        return 17 + max(1.3 * type_ * ceil(widest / letters), 1.21 * type_ * 1.2 * tallest(entry))
    lines = ceil(len(readable(entry)) / (_LETTERS - 4))
    return 14 + _lines_height(lines, tallest(entry))


def _lines_height(lines, tall):
    return lines * _LINE + 1.5 * max(0, _FORMULA * tall + 4 - _LINE)


def _height(part):
    if part.kind == "picture":
        return _COMFORT
    if not part.text:
        return 0
    if part.kind == "formula":
        return 32 + _FORMULA * part.tall * 1.1
    if part.kind in ("list", "table"):
        return _GAP + sum(_entry_height(part, entry) for entry in part.parts)
    if part.kind == "listing":
        return _GAP + 34 * (1 + part.html.count("\n"))
    return _GAP + _lines_height(ceil((len(part.text) + len(part.lead)) / _LETTERS), part.tall)


# Code and figures


def _code(cell, claim, words):
    """The slide of a code cell and what it prints, and notes for code that checks or needs none."""
    source = _without_figure(cell)
    if not source or _only_imports(source):
        return
    if cell.folded or not (cell.outputs or _SHOWS.search(source)):
        yield Slide(cell.id, "said", "", notes=(_made("said", words["checked"]) + _plain(source),))
        return
    tag = next((tag for tag in cell.tags if tag in ("broken", "repaired")), "")
    heading = words[tag] if tag else claim
    taken = 2 if len(readable(heading)) > _HEADING else 0
    size = _type_size(source.split("\n"), "\n".join(cell.outputs).strip("\n").split("\n"), taken)
    printed = "".join(as_text(output.strip("\n")) for output in cell.outputs)
    body = _made("sized", f"listing s{size}", _by_lines(in_colours(source)) + printed)
    yield Slide(cell.id, "code", heading, body, tag=tag)


def _without_figure(cell):
    lines = cell.source.strip().replace("\n\n\n", "\n\n").split("\n")
    return "\n".join(lines[:-1] if cell.shown else lines).strip()


def _only_imports(source):
    return all(re.match(r"(import|from) |$", line) for line in source.split("\n"))


def _plain(source):
    return as_text(source).replace(' tabindex="0"', "")


def _by_lines(code):
    """Code in colours, each line by itself: where it is too long, it goes on below, further right."""
    start, lines, end = re.fullmatch(
        r"(.*<code>(?:<span></span>)?)(.*?)\n*(</code>.*)", code, re.DOTALL
    ).groups()
    return start + "".join(map(_line_of_code, lines.split("\n"))) + end


def _line_of_code(line):
    hang = _indent(re.sub("<[^>]*>", "", line)) + _GOES_ON
    return f'<span class="line" style="--hang: {hang}ch">{line}\n</span>'


def _indent(line):
    return len(line) - len(line.lstrip(" "))


def _type_size(code, printed, taken):
    """The largest type in which every line keeps to one; or in which code does not, but is not tiny.

    `taken` rows are not free.
    """
    sizes = [size for size in _LISTINGS if size >= _LARGE_ENOUGH and _rows(code, size) == len(code)]
    sizes += [size for size in _LISTINGS if size <= _LARGE_ENOUGH]
    widest, most = max(map(len, printed)), _LISTINGS[min(_LISTINGS)][0]
    fits = (
        size
        for size in sizes
        # What is printed keeps its columns, but for a sentence that is too long in any type.
        if (widest <= _LISTINGS[size][0] or widest > most)
        and taken + _rows(code, size) + _rows(printed, size) <= _LISTINGS[size][1]
    )
    return next(fits, min(_LISTINGS))


def _rows(code, size):
    """The rows that lines of code, or of what it prints, take in one size of type."""
    letters, _ = _LISTINGS[size]
    return sum(
        len(textwrap.wrap(line, letters, subsequent_indent=" " * (_indent(line) + _GOES_ON))) or 1
        for line in code
    )


def _figure(cell, moves):
    shown = replace(cell.shown, moves=moves)
    return Slide(cell.id, "figure", "", notes=(_made("said", shown.description),), shown=shown)
