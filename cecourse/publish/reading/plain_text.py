"""The words of a text, without the marks of Markdown and TeX."""

import re

_HEADING = re.compile(r"^##? .*$", re.MULTILINE)
_MARKS = re.compile(r"[*`]+")
_ROW_MARKS = re.compile(r"^[>#|\s-]+|<[^>]+>|\|", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_DISPLAY = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_FRACTION = re.compile(r"\\[dt]?frac *(\{[^{}]*\}|\w) *(\{[^{}]*\}|\w)")
_FORMULA = re.compile(r"\$([^$]+)\$")


def plain(markdown):
    """The words of a Markdown text below its heading; a formula on a line of its own is left out.

    >>> plain("The **entropy** $H(p) = -\\\\log_2 p$, see [here](02_entropy.ipynb).")
    'The entropy H(p) = -log_2 p, see here.'
    """
    text = _DISPLAY.sub(" … ", _HEADING.sub("", markdown))
    text = _FORMULA.sub(lambda formula: typed(formula[1]), text)
    text = _MARKS.sub("", _LINK.sub(r"\1", text))
    return " ".join(_ROW_MARKS.sub(" ", text).split())


def typed(tex):
    """A formula, or a text with formulas, as one would type it.

    >>> typed(r"\\tfrac12\\,\\log_2 p")
    '1/2 log_2 p'
    """
    tex = _FRACTION.sub(r"\1/\2", tex)
    return re.sub(r"[\\{}]", "", re.sub(r"\\[,;!]", " ", tex))
