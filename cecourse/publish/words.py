"""The words of a text, without the marks of Markdown and TeX."""

import re

_MARKS = re.compile(r"^[>#|\s-]+|<[^>]+>|[*`|]|\(\d+ min\)", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_DISPLAY = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_FORMULA = re.compile(r"\$([^$]+)\$")


def plain(markdown):
    """The words of a Markdown text; a formula on a line of its own is left out.

    >>> plain("The **entropy** $H(p) = -\\\\log_2 p$, see [here](02_entropy.ipynb).")
    'The entropy H(p) = -log_2 p, see here.'
    """
    text = _DISPLAY.sub(" … ", markdown)
    text = _FORMULA.sub(lambda formula: typed(formula[1]), text)
    return " ".join(_MARKS.sub(" ", _LINK.sub(r"\1", text)).split())


def typed(tex):
    """A formula, or a text with formulas, as one would type it.

    >>> typed(r"p\\,\\log_2(p/q)")
    'p log_2(p/q)'
    """
    return re.sub(r"[\\{}]", "", re.sub(r"\\[,;!]", " ", tex))
