"""The HTML of a cell, taken apart: paragraphs in sentences, lists, formulas, tables, questions."""

import copy
import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Comment, NavigableString

# A capital begins a sentence, but not behind a single letter: an initial, or the German "z. B.".
_END = re.compile(r"(?<!\b[^\W\d])[.?!][\"”“)]*\s+(?=[A-ZÀ-Þ\"“„(])")
_END_OF_PIECE = re.compile(r"(?<!\b[^\W\d])[.?!][\"”“)]*\s+$")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a paragraph; `defines` says that it has a term in bold."""

    html: str
    text: str
    defines: bool


@dataclass(frozen=True)
class Block:
    """A piece of a cell.

    `kind` is "heading", "text", "list", "formula", "quote", "table", "question", "listing" (of code),
    "picture", or "other" for anything that Markdown or HTML may hold besides.  `lead` is the bold opening of
    a paragraph, if it is a sentence by itself; `parts` are the sentences of a paragraph, the items of a list,
    the rows of a table, or a question and its answer.  `text` is the words as they are read.
    """

    kind: str
    html: str
    text: str
    lead: str = ""
    parts: tuple = ()
    tall: float = 0.0  # the height of its tallest formula, in em of the formula
    level: int = 0  # of a heading


def blocks(html):
    """The blocks of a cell, in their order."""
    for element in list(_soup(html).children):
        if isinstance(element, Comment) or not str(element).strip():
            continue
        if isinstance(element, NavigableString):  # in no element of its own
            element = element.wrap(_soup("").new_tag("p"))
        if element.name != "p":  # whose sentences end at their marks
            _hold_together(element)
        if element.find("img") or element.name == "img":
            yield Block("picture", str(element), (element.find("img") or element).get("alt") or "?")
        elif element.name == "p" and element.find(class_="katex-display"):
            yield _block("formula", element)
        elif element.name == "p":
            yield _paragraph(element)
        elif element.name == "details" and element.find("summary"):
            yield _question(element)
        elif element.name in ("ul", "ol"):
            yield _block("list", element, parts=tuple(map(_inner, element.find_all("li", recursive=False))))
        elif element.name == "table":
            yield _block("table", element, parts=tuple(_rows(element)))
        elif element.name == "blockquote":
            yield _block("quote", element)
        elif re.fullmatch("h[1-6]", element.name):
            yield _block("heading", element, level=int(element.name[1]))
        else:
            code = element.name == "pre" or element.find("pre") is not None
            yield _block("listing" if code else "other", element)


def readable(html):
    """The words of some HTML, each formula as the letters that one sees."""
    soup = _soup(html)
    for hidden in soup.find_all(class_="katex-mathml"):
        hidden.decompose()
    return " ".join(soup.get_text().replace("\u200b", "").split())


def spoken(html):
    """The same HTML with every formula as MathML alone, which needs no style sheet and no fonts."""
    soup = _soup(html)
    for formula in soup.find_all(class_="katex"):
        for source in formula.find_all("annotation"):
            source.decompose()
        formula.replace_with(formula.find("math").extract())
    return str(soup)


def _soup(html):
    return BeautifulSoup(html, "html.parser")


def _hold_together(element):
    """Wrap each formula with the mark behind it, which a browser would let fall onto the next line."""
    for formula in element.find_all(class_="katex"):
        behind = formula.next_sibling
        mark = isinstance(behind, NavigableString) and re.match(r"[.,;:?!)\"”]+", behind)
        if mark:
            held = formula.wrap(_soup("").new_tag("span", attrs={"class": "together"}))
            held.append(mark[0])
            behind.replace_with(behind[mark.end() :])


def _inner(element):
    return element.decode_contents().strip()


def _block(kind, element, **more):
    inner = _inner(element) if kind == "heading" else str(element)
    return Block(kind, inner, readable(inner), tall=tallest(inner), **more)


def tallest(html):
    """The height of the tallest formula in some HTML, in em of the formula; 0 where there is none."""
    heights = re.findall(r'katex-strut" style="height:([\d.]+)em', html)
    return max(map(float, heights), default=0.0)


def _question(details):
    summary = details.find("summary").extract()
    return Block(
        "question", _inner(summary), readable(_inner(summary)), parts=(_inner(summary), _inner(details))
    )


def _rows(table):
    for row in table.find_all("tr"):
        yield str(row)


def _paragraph(element):
    piece = list(_with_their_asides(_sentences(element)))
    lead = _lead(piece[0]) if piece else ""
    if lead:
        piece = piece[1:]
    html = " ".join(sentence.html for sentence in piece)
    return Block("text", html, readable(html), lead=lead, parts=tuple(piece), tall=tallest(html))


def _lead(sentence):
    """The bold opening that is a sentence by itself, "Predict first." or "Minutes:"."""
    bold = _soup(sentence.html).find("strong", recursive=False)
    alone = bold is not None and bold.get_text().strip() == sentence.text
    return sentence.text.rstrip(".:") if alone else ""


def _sentences(element):
    piece = []
    for node in element.children:
        if isinstance(node, NavigableString):
            *ended, rest = _cut(str(node))
            for text in ended:
                yield _sentence([*piece, NavigableString(text)])
                piece = []
            if rest.strip():
                piece.append(NavigableString(rest))
            elif piece and rest:
                piece.append(NavigableString(" "))
        else:
            piece.append(copy.copy(node))
            if node.name == "strong" and re.search(r"[.:?!]$", node.get_text()):
                yield _sentence(piece)
                piece = []
    if piece:
        yield _sentence(piece)


def _with_their_asides(sentences):
    """Sentences in one pair of brackets stay together."""
    open_ = None
    for sentence in sentences:
        whole = _joined(open_, sentence) if open_ else sentence
        open_ = whole if whole.text.count("(") > whole.text.count(")") else None
        if open_ is None:
            yield whole
    if open_:
        yield open_


def _joined(one, other):
    html = f"{one.html} {other.html}"
    return Sentence(html, readable(html), one.defines or other.defines)


def _cut(text):
    """Cut a run of plain text after each end of a sentence; what is left over comes last."""
    ends = [found.end() for found in _END.finditer(text)]
    if _END_OF_PIECE.search(text):
        ends.append(len(text))
    start = 0
    for end in ends:
        yield text[start:end]
        start = end
    yield text[start:]


def _sentence(nodes):
    paragraph = _soup("").new_tag("p")
    paragraph.extend(nodes)
    _hold_together(paragraph)
    html = _inner(paragraph)
    return Sentence(html, readable(html), paragraph.find("strong") is not None)
