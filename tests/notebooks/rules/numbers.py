"""Numbers with a unit that prose quotes, and the numbers that code computes, prints or asserts."""

import ast
import re

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?(?:/\d+)?"
UNIT = r"(?:bits?|nats?|hartleys?|percent|mm|degrees?|flips?)\b|%|°"
# "4.18 bits", "80 %", "between 4.18 and 4.2 bits", "1/2 bit"; not "5-bit", not an exponent or an index.
QUOTED = re.compile(
    rf"(?<![\w.,^/{{-])({NUMBER}(?:(?:, and|,| to| and| or|–|-)(?: about)? ?{NUMBER})*) ?(?:{UNIT})"
)
# Three decimals are never a guess.
PRECISE = re.compile(r"(?<![\w.,^/{-])(\d+\.\d{3,})(?!\.?\w)")
PRINTED = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)


def plain(markdown):
    """A Markdown text with its numbers as they are read: no code blocks, no marks of emphasis or TeX."""
    text = re.sub(r"```.*?```", lambda match: "\n" * match.group().count("\n"), markdown, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)|https?://\S+|doi:\S+", "]", text)
    text = text.replace("{,}", ",").replace("\\%", "%").replace("\\tfrac", "\\frac")
    text = re.sub(r"\\d?frac\{(\d+)\}\{(\d+)\}", r"\1/\2", text)
    text = re.sub(r"\\(?:text|mathrm|textrm)\{([^}]*)\}", r"\1", text)
    text = re.sub(r"\\[,;:! ]|~|&nbsp;|[\u00a0\u2009\u202f]", " ", text)
    return re.sub(r" +", " ", re.sub(r"[$*`]", "", text))


def quoted(markdown):
    """(line, number, quotation) for each number with a unit or three decimals; lines count from 1."""
    for line, text in enumerate(plain(markdown).splitlines(), start=1):
        matches = [*QUOTED.finditer(text), *PRECISE.finditer(QUOTED.sub("", text))]
        for match in matches:
            for number in re.findall(NUMBER, match.group(1)):
                yield line, number, match.group()


def printed(text):
    """The numbers in an output."""
    return [float(number.replace(",", "")) for number in PRINTED.findall(text)]


def written(source):
    """The numbers that stand in code, in what it asserts or in what it is given."""
    constants = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return [float(value) for value in constants if type(value) in (int, float)]


def stands_for(number, quotation, value, exact=False):
    """Whether a quoted number is a computed value, rounded to the digits that are quoted (or exactly).

    A per cent may be computed as a share. Small whole numbers are counts, not roundings of 2.6.
    """
    over, _, under = number.replace(",", "").partition("/")
    quote = float(over) / float(under or 1)
    digits = len(over.partition(".")[2])
    if exact or under:
        slack = 1e-9
    elif digits == 0 and quote < 10:
        slack = 0.05
    else:
        slack = 0.5 * 10.0**-digits * (1 + 1e-9)
    values = [value, 100 * value] if "%" in quotation or "percent" in quotation else [value]
    return any(abs(quote - candidate) <= slack for candidate in values)
