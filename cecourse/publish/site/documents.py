"""The pages of docs/, which tell people how to change the course."""

import re
from typing import NamedTuple

from ..reading.notebook import rendered
from ..reading.typography import held
from .links import page_of_document, with_links_on_the_site
from .pages import scrolling

_TITLE = re.compile(r"# (.+)")


class Document(NamedTuple):
    """One page: its address, its title, its HTML."""

    page: str
    title: str
    html: str


def documents(home):
    """The pages of `docs` in the course's folder, by their titles; none where there is no such folder."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((home / "docs").glob("*.md"))}
    html = rendered(list(texts.values()))
    pages = [
        Document(
            page_of_document(path.stem),
            _TITLE.match(text)[1],
            # A box that scrolls is reached by keyboard.
            held(scrolling(with_links_on_the_site(html[text], "../docs"))).replace(
                "<pre>", '<pre tabindex="0">'
            ),
        )
        for path, text in texts.items()
    ]
    return sorted(pages, key=lambda document: document.title)
