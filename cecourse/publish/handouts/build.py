"""A PDF for paper of each notebook: in greys, with room to write, the answers left out or put in."""

import re
import shutil
import tempfile
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from ...figures import FIGURES
from ..reading.notebook import as_text, in_colours, read
from ..reading.sentences import blocks
from ..slides.build import notebooks
from ..tools.cache import BuildCache
from ..tools.npm import part
from ..tools.pdf import printer

_OURS = Path(str(files(__package__)))
_MINUTES = re.compile(r"\s*\(\d+ min\)$")
# What one does on a screen, with controls or by running cells, is not for paper.
_ON_A_SCREEN = re.compile(r"\b(widgets?|sliders?|second copy)\b|^(\W*)(Press|Drag|Move) ")
_LINES_TO_PREDICT, _LINES_TO_ANSWER = 2, 5
_MARGIN = {"top": "18mm", "bottom": "20mm", "left": "22mm", "right": "22mm"}
_FOOTER = (
    '<div style="width:100%;margin:0 22mm;display:flex;justify-content:space-between;'
    'font:8.5pt sans-serif;color:#444"><span>{title}</span>'
    '<span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>'
)


def add_options(parser):
    """The options of the command "handouts"."""
    parser.add_argument("--solutions", action="store_true", help="leave the solutions in")


def build(options):
    """Print the handouts."""
    options.out.mkdir(parents=True, exist_ok=True)
    made, paths = BuildCache(options.out), notebooks(options.notebooks)
    ending = "_solutions" if options.solutions else ""
    with tempfile.TemporaryDirectory() as folder, printer() as chromium:
        write_parts(Path(folder) / "parts")
        for path in paths:
            output = options.out / f"{path.stem}{ending}.pdf"
            if made.is_stale([output], path.read_bytes()):
                _print(chromium, read(path), Path(folder), options.solutions, output)
                made.done()
    print(f"{len(paths)} handouts in {options.out}")


def _print(chromium, notebook, folder, solutions, output):
    chromium.print(
        write_page(notebook, folder, solutions),
        output,
        format="A4",
        margin=_MARGIN,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=_FOOTER.format(title=escape(f"{notebook.name[:2]} {notebook.title}")),
    )


def write_parts(folder):
    """What a page needs to be printed: the fonts of the formulas and the look."""
    katex = part("katex") / "dist"
    folder.mkdir(parents=True)
    shutil.copy(katex / "katex.min.css", folder)
    shutil.copytree(katex / "fonts", folder / "fonts", ignore=shutil.ignore_patterns("*.ttf", "*.woff"))
    shutil.copy(_OURS / "handout.css", folder)


def write_page(notebook, folder, solutions):
    """Write the page that is printed; returns its path."""
    body = "\n".join(_cells(notebook, folder, solutions))
    template = Template((_OURS / "handout.html").read_text(encoding="utf-8"))
    path = folder / f"{notebook.name}.html"
    path.write_text(template.substitute(title=escape(notebook.title), body=body), encoding="utf-8")
    return path


def _cells(notebook, folder, solutions):
    drawn = []
    for cell in notebook.cells:
        if "instructor" in cell.tags or ("solution" in cell.tags and not solutions):
            continue
        if cell.kind == "markdown":
            yield from (_block(block, solutions) for block in blocks(cell.html))
        else:
            yield from _code(cell)
            picture = cell.shown and (cell.shown.figure, repr(cell.shown.state))
            if cell.shown and picture not in drawn:
                drawn.append(picture)
                yield _figure(cell.shown, len(drawn), folder)


# Prose


def _block(block, solutions):
    if block.kind == "heading":
        level, text = ("h2", _MINUTES.sub("", block.html)) if block.level == 2 else ("h1", block.html)
        return f"<{level}>{text}</{level}>"
    if block.kind == "formula":
        return f'<div class="formula">{block.html}</div>'
    if block.kind == "question":
        return _question(*block.parts, solutions)
    if block.kind == "table":
        return block.html.replace("<table>", '<table class="long">') if len(block.text) > 700 else block.html
    if block.kind == "text":
        return _paragraph(block)
    return block.html


def _question(question, answer, solutions):
    room = f'<div class="answer">{answer}</div>' if solutions else _rules(_LINES_TO_ANSWER)
    return f'<div class="question"><p><strong>{question}</strong></p>{room}</div>'


def _rules(count):
    return '<div class="rule"></div>' * count


def _paragraph(block):
    if block.lead in ("Try", "How to work"):
        return ""
    sentences = list(_for_paper(block.parts))
    html = _spelled(" ".join(sentence.html for sentence in sentences))
    if block.lead == "Predict first":
        asked = f"<p><strong>Predict first.</strong> {html}</p>"
        return f'<div class="predict">{asked}{_rules(_LINES_TO_PREDICT)}</div>'
    lead = f"<strong>{block.lead}{'.' if sentences else ''}</strong> " if block.lead else ""
    kind = ' class="references"' if block.lead == "Read on" else ""
    return f"<p{kind}>{lead}{html}</p>" if lead or html else ""


def _for_paper(sentences):
    """The sentences that need no screen; what goes on about a sentence left out is left out with it."""
    left_out = False
    for sentence in sentences:
        goes_on = left_out and re.match(r"(They|It|Then|Each)\b", sentence.text)
        left_out = bool(goes_on or _ON_A_SCREEN.search(sentence.text))
        if not left_out:
            yield sentence


def _spelled(html):
    """A link whose words do not say where it leads has its address printed behind them."""
    return re.sub(r'<a href="(https?://[^"]*)">(?!doi:|https?:)', r'<a class="spelled" href="\1">', html)


# Code and figures


def _code(cell):
    source = cell.source.strip().replace("\n\n\n", "\n\n")
    if cell.shown:
        source = "\n".join(source.split("\n")[:-1]).strip()
    source = source.replace("\nfrom cecourse.widgets import explore", "")
    if not source:
        return
    label = {"broken": "Broken on purpose", "repaired": "Repaired", "solution": "The answers, computed"}
    for tag in cell.tags:
        yield f'<p class="label">{label[tag]}</p>'
    yield in_colours(source)
    yield from (as_text(output.strip("\n")) for output in cell.outputs)


def _figure(shown, number, folder):
    figure = FIGURES[shown.figure](theme="print", **shown.state)
    name = f"{shown.figure}_{number}.svg"
    figure.save(folder / name, "svg", letters="path")
    width, height = figure.size()
    return (
        f'<figure><img src="{name}" alt="{escape(figure.description)}" width="{width}" height="{height}">'
        f"<figcaption><strong>Figure {number}.</strong> {escape(figure.caption)}</figcaption></figure>"
    )
