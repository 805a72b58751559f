"""What the search page looks through, as a script: it is read from the file system too."""

import html
import json

from ..reading.plain_text import plain


def index(chapters, exhibits, glossary, says):
    """The script: a list of [kind, title, where, address, words]."""
    found = [*_prose(chapters), *_figures(exhibits, says["figures"]), *_terms(glossary, says["glossary"])]
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in found)
    return f"const SEARCHED = [\n{rows}\n];\n"


def _prose(chapters):
    for chapter in chapters:
        for title, cells in chapter.parts:
            for cell in cells:
                if cell.kind == "markdown":
                    where = f"{chapter.number} {chapter.title}"
                    address = f"{chapter.page}#{cell.id}"
                    yield ["section", plain(html.unescape(title)), where, address, plain(cell.source)]


def _figures(exhibits, where):
    for exhibit in exhibits:
        words = f"{exhibit.caption} {exhibit.alt}"
        yield ["figure", exhibit.title, where, f"gallery.html#{exhibit.name}", plain(words)]


def _terms(glossary, where):
    for entry in glossary.entries:
        yield ["term", plain(entry.name), where, f"glossary.html#{entry.anchor}", plain(entry.meaning)]
