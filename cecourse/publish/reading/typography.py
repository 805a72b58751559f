"""Where a line of prose may not end: between a formula and the mark beside it, between a number and its %."""

import re

_FORMULA = '<span class="katex">'
_TAG = re.compile(r"<(/?)span\b")
_OPENING = re.compile(r"[(“]$")
_CLOSING = re.compile(r"[.,;:?!)”]+")
_PART = '<span class="katex-base">'


def held(html):
    """Hold each formula together with the marks beside it.  Inside, it breaks where it did.

    >>> held("so 5 % of them")
    'so 5\\xa0% of them'
    """
    before, *rest = re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", html).split(_FORMULA)
    pieces = [before]
    for piece in rest:
        end = _end(piece)
        formula, behind = f"{_FORMULA}{piece[:end]}", piece[end:]
        opening = _OPENING.search(pieces[-1])
        closing = _CLOSING.match(behind)
        if opening or closing:
            # A browser ends no line within what is held together, but at <wbr>.
            formula = formula.replace(f"</span>{_PART}", f"</span><wbr>{_PART}")
            pieces[-1] = pieces[-1][: opening.start()] if opening else pieces[-1]
            marks = closing[0] if closing else ""
            formula = f'<span class="together">{opening[0] if opening else ""}{formula}{marks}</span>'
            behind = behind[len(marks) :]
        pieces += [formula, behind]
    return "".join(pieces)


def _end(html):
    """Where the element ends whose opening tag stands before this HTML."""
    depth = 1
    for tag in _TAG.finditer(html):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end() + len(">")
    raise ValueError(f"{html[:60]!r} was given; expected HTML in which the formula ends.")
