"""What the search page looks through, as a script: it is read from the file system too."""

import html
import json
import re

# What Markdown adds to words, and what TeX adds to a formula.
_MARKS = re.compile(r"^[>#|\s-]+|<[^>]+>|[*`|]|\(\d+ min\)", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_DISPLAY = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_FORMULA = re.compile(r"\$([^$]+)\$")


def index(chapters, exhibits, glossary):
    """The script: a list of [kind, title, where, address, words]."""
    found = [*_prose(chapters), *_figures(exhibits), *_terms(glossary)]
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in found)
    return f"const SEARCHED = [\n{rows}\n];\n"


def _prose(chapters):
    for chapter in chapters:
        for title, cells in chapter.parts:
            for cell in cells:
                if cell.kind == "markdown":
                    where = f"{chapter.number} {chapter.title}"
                    yield [
                        "section",
                        html.unescape(title),
                        where,
                        f"{chapter.page}#{cell.id}",
                        plain(cell.source),
                    ]


def _figures(exhibits):
    for exhibit in exhibits:
        words = f"{exhibit.caption} {exhibit.alt}"
        yield ["figure", exhibit.title, "Figures", f"gallery.html#{exhibit.name}", plain(words)]


def _terms(glossary):
    for entry in glossary.entries:
        yield ["term", plain(entry.name), "Glossary", f"glossary.html#{entry.anchor}", plain(entry.meaning)]


def plain(markdown):
    """The words of a text; a formula in the text becomes what can be typed of it.

    >>> plain("The **entropy** $H(p) = -\\\\sum_i p_i \\\\log_2 p_i$, see [here](02_entropy.ipynb).")
    'The entropy H(p) = -sum_i p_i log_2 p_i, see here.'
    """
    text = _DISPLAY.sub(" … ", markdown)
    text = _FORMULA.sub(lambda formula: re.sub(r"\\[,;!]|[\\{}]", "", formula[1]), text)
    return " ".join(_MARKS.sub(" ", _LINK.sub(r"\1", text)).split())
