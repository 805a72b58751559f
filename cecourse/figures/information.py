"""Figures of notebook 01: surprise, and the codewords that spend it."""

import math
from itertools import accumulate, product

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from ..coding import kraft_sum, prefix_code, shannon_lengths
from ..information import information
from .drawing.canvas import COST, INK, PAPER, QUIET, TRUTH, canvas
from .drawing.controls import LogSlider, Moves, Shares, Slider
from .drawing.handles import along
from .drawing.interactive import described
from .drawing.pieces import as_pmf
from .drawing.registry import figure

_SIDE = 8  # squares along one edge of the board
_QUESTIONS = {"U": "upper?", "L": "left?", "S": "this one?"}
_ROWS = 10  # answers that the record of a game shows; of a longer game, the last ones
_RAREST = 2.0**-12
_SYMBOLS = "abcd"
_LONGEST = 9  # bits of the longest codeword that the picture shows


def _games(depth, runs):
    """Strings of U and L with at most one S among them, up to `depth` letters, and longer runs of S."""
    short = ["".join(asked) for length in range(depth + 1) for asked in product("ULS", repeat=length)]
    few = [asked for asked in short if asked.count("S") <= 1]
    return tuple(dict.fromkeys([*few, *("S" * count for count in range(runs + 1))]))


@figure(
    notebook="01",
    caption="Yes/no questions find one square among 64, and their surprises add up.",
    controls={
        "questions": Moves((("U", "upper half?"), ("L", "left half?"), ("S", "this one square?"))),
        "game": Slider("game (each hides another square)", 0, 9, 1),
    },
    presets={
        "ask in halves": {"questions": "ULULUL"},
        "square by square": {"questions": "SSSSSSSS"},
        "start over": {"questions": ""},
    },
    grid={"questions": _games(depth=6, runs=10), "game": (0, 1)},
)
def guessing_game(questions="ULULUL", game=0):
    fig, (board, record) = canvas(1, 2, width_ratios=[1, 1.45])
    squares, mark, name = _board(board)
    bars, asked, bits = _record(record)

    def move(questions, game):
        left, answers = _play(questions, game)
        surprises = [float(information(share)) for _, _, share in answers]
        squares.set_verts([_box(column, row, 1, 1) for row, column in np.argwhere(left)])
        _name_first(mark, left)
        name.set_text(f"game {game}")
        _write_record(bars, asked, bits, answers, surprises)
        return _game_in_words(left, answers, surprises, game)

    return described(fig, move, [squares, mark, name, bars, *asked, *bits], questions=questions, game=game)


def _board(ax):
    """The squares that are still possible, the mark on one of them, and the name of the game."""
    every = [_box(column, row, 1, 1) for row in range(_SIDE) for column in range(_SIDE)]
    ax.add_collection(PolyCollection(every, facecolor="none", edgecolor=QUIET, linewidth=0.5, alpha=0.6))
    squares = ax.add_collection(PolyCollection([], facecolor=TRUTH, edgecolor=PAPER, linewidth=1))
    mark = ax.text(0, 0, "", color=PAPER, weight="bold", ha="center", va="center")
    ax.set(
        xlim=(-0.06, _SIDE + 0.06), ylim=(_SIDE + 0.06, -0.06), aspect="equal", xlabel="column", ylabel="row"
    )
    ax.set_xticks(np.arange(_SIDE) + 0.5, list("abcdefgh"))
    ax.set_yticks(np.arange(_SIDE) + 0.5, [str(_SIDE - row) for row in range(_SIDE)])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return squares, mark, ax.text(0, -0.3, "", color=QUIET)


def _record(ax):
    """One line per answer: its words, the bits known before and after, and what it added."""
    ax.set(xlim=(-4.6, 8), ylim=(_ROWS, -1), xticks=range(7), yticks=[])
    ax.set_xlabel("bits known", x=(3 + 4.6) / 12.6)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_bounds(0, 6)
    ax.plot([6, 6], [-0.2, _ROWS], ":", color=QUIET, linewidth=1.2)
    ax.text(-4.6, -0.5, "answer", color=QUIET, va="center")
    ax.text(8, -0.5, "bits", color=QUIET, va="center", ha="right")
    bars = ax.add_collection(PolyCollection([], facecolor=COST, edgecolor=COST, linewidth=1))
    asked = [ax.text(-4.6, row + 0.5, "", va="center") for row in range(_ROWS)]
    bits = [ax.text(8, row + 0.5, "", color=COST, va="center", ha="right") for row in range(_ROWS)]
    return bars, asked, bits


def _play(questions, game):
    """The squares left after the questions, and each answer as (letter, yes or no, its probability)."""
    if unknown := set(questions) - set(_QUESTIONS):
        raise ValueError(
            f"The question {sorted(unknown)[0]!r} was given; expected are the letters U (upper half?), "
            "L (left half?) and S (this one square?); press their buttons."
        )
    hidden = tuple(np.random.default_rng(game).integers(_SIDE, size=2))
    left, answers = np.ones((_SIDE, _SIDE), bool), []
    for letter in questions:
        inside = left & _meant(letter, left)
        yes = bool(inside[hidden])
        after = inside if yes else left & ~inside
        answers.append((letter, yes, after.sum() / left.sum()))
        left = after
    return left, answers


def _meant(letter, left):
    """The squares that a question asks about: half of the frame around what is left, or its first square."""
    rows, columns = np.nonzero(left)
    row, column = np.indices(left.shape)
    if letter == "U":
        return 2 * row <= rows.min() + rows.max()
    if letter == "L":
        return 2 * column <= columns.min() + columns.max()
    return (row == rows[0]) & (column == columns[0])


def _name_first(mark, left):
    row, column = np.argwhere(left)[0]
    mark.set(position=(column + 0.5, row + 0.5), text=_square(left) if left.sum() == 1 else "?")


def _square(left):
    row, column = np.argwhere(left)[0]
    return f"{'abcdefgh'[column]}{_SIDE - row}"


def _write_record(bars, asked, bits, answers, surprises):
    first = max(0, len(answers) - _ROWS)
    known = list(accumulate(surprises, initial=0.0))
    shown = range(first, len(answers))
    bars.set_verts([_box(known[i], i - first + 0.2, surprises[i], 0.6) for i in shown])
    for row, (words, number) in enumerate(zip(asked, bits, strict=True)):
        i = first + row
        words.set_text(f"{i + 1}. {_answer(answers[i])}" if i in shown else "")
        number.set_text(f"{surprises[i]:.3f}" if i in shown else "")


def _answer(answer):
    letter, yes, _ = answer
    return f"{_QUESTIONS[letter]} {'yes' if yes else 'no'}"


def _game_in_words(left, answers, surprises, game):
    count, squares = len(answers), int(left.sum())
    board = f"Game {game}: a board of 64 squares beside a bar of bits for each answer. "
    if not answers:
        return (
            board + "No question is asked yet, each of the 64 squares may be the one: 0.000 of 6 bits known."
        )
    known = float(information(squares / _SIDE**2))
    end = f"the square is {_square(left)}" if squares == 1 else f"{squares} squares are left"
    return (
        f"{board}After {count} question{'s' if count > 1 else ''} {end}: log2(64/{squares}) = {known:.3f} "
        f"of 6 bits are known. The last answer ({_answer(answers[-1])}) had probability {answers[-1][2]:.4g} "
        f"and brought {surprises[-1]:.3f} bits; all answers together brought {math.fsum(surprises):.3f} bits."
    )


@figure(
    notebook="01",
    caption="The surprise of an event against its probability, on two scales.",
    controls={"p": LogSlider("probability P", -12, 0, 0.01, base=2)},
    presets={
        "a coin": {"p": 0.5},
        "a card": {"p": 1 / 52},
        "a birthday": {"p": 1 / 365},
        "sure thing": {"p": 1.0},
    },
)
def probability_to_surprise(p=0.25):
    fig, (linear, logarithmic) = canvas(1, 2, sharey=True)
    pieces = [_surprise_curve(ax) for ax in (linear, logarithmic)]
    linear.set(xlim=(0, 1), ylim=(0, 12.5), xlabel="probability P", ylabel="surprise (bits)")
    linear.set_yticks(range(0, 13, 2))
    logarithmic.set(xlabel="probability P (log scale)", xlim=(_RAREST, 1))
    logarithmic.set_xscale("log", base=2)
    logarithmic.set_xticks([2.0**-k for k in (12, 8, 4, 0)], ["1/4096", "1/256", "1/16", "1"])
    logarithmic.text(
        0.97, 0.78, "each halving\nadds 1 bit", color=QUIET, ha="right", transform=logarithmic.transAxes
    )
    value = linear.text(0.97, 0.78, "", color=COST, ha="right", transform=linear.transAxes)

    def move(p):
        if not _RAREST <= p <= 1:
            raise ValueError(
                f"The probability {p:g} was given; the axes reach from 1/4096 to 1; choose one of those."
            )
        bits = float(information(p))
        for point, guide in pieces:
            point.set_data([p], [bits])
            guide.set_data([p, p, 0], [0, bits, bits])
        value.set_text(f"P = {p:.3g}\n{bits:.3f} bits")
        return (
            "A curve that falls from 12 bits at P = 1/4096 to 0 bits at P = 1, bent on a plain scale and "
            f"straight on a logarithmic one. At P = {p:.3g}, one in {1 / p:,.4g}, the surprise is {bits:.3f} "
            f"bits: {_heads_in_a_row(bits)}."
        )

    return described(
        fig, move, [*sum(pieces, ()), value], [h for point, _ in pieces for h in along("p", point)], p=p
    )


def _surprise_curve(ax):
    p = np.geomspace(_RAREST, 1, 400)
    ax.plot(p, information(p), color=COST)
    (point,) = ax.plot([], [], "o", color=COST, clip_on=False)
    (guide,) = ax.plot([], [], ":", color=QUIET, linewidth=1.2)
    return point, guide


def _heads_in_a_row(bits):
    """Bits told as coins: an event as surprising as a run of heads."""
    if bits == 0:
        return "no surprise at all, it had to happen"
    whole = math.floor(bits + 1e-9)
    if abs(bits - whole) < 1e-9:
        return f"as surprising as {whole} head{'s' if whole > 1 else ''} in a row"
    if whole == 0:
        return "less surprising than one head"
    return f"more surprising than {whole} head{'s' if whole > 1 else ''} in a row, less than {whole + 1}"


@figure(
    notebook="01",
    caption="Probabilities of independent events multiply, their surprises add.",
    controls={
        "first": Slider("P(A)", 0.05, 1.0, 0.05),
        "second": Slider("P(B)", 0.05, 1.0, 0.05),
    },
    presets={
        "coin and suit": {"first": 0.5, "second": 0.25},
        "one in twenty and sure thing": {"first": 0.05, "second": 1.0},
    },
)
def surprise_adds(first=0.5, second=0.25):
    fig, (area, bits) = canvas(1, 2, width_ratios=[1, 1.35])
    bands, both, product = _unit_square(area)
    bars, numbers = _bars_end_to_end(bits)

    def move(first, second):
        if not (0.05 <= first <= 1 and 0.05 <= second <= 1):
            raise ValueError(
                f"The probabilities {first:g} and {second:g} were given; the axes have room for 0.05 to 1; "
                "choose from there."
            )
        a, b, joint = (float(information(p)) for p in (first, second, first * second))
        bands.set_verts([_box(0, 0, first, 1), _box(0, 0, 1, second)])
        both.set_verts([_box(0, 0, first, second)])
        product.set_text(f"P(A and B) = {first * second:.4g}")
        bars.set_verts(
            [_box(x, row - 0.25, width, 0.5) for row, (x, width) in enumerate([(0, a), (a, b), (0, joint)])]
        )
        for text, sign, number in zip(numbers, ("", "+ ", "= "), (a, b, joint), strict=True):
            text.set_text(f"{sign}{number:.3f}")
        return (
            f"A unit square with a rectangle {first:.2f} wide and {second:.2f} high, of area "
            f"{first * second:.4g}; beside it a bar of {a:.3f} bits for A, one of {b:.3f} bits for B that "
            f"begins where the first ends, and one of {joint:.3f} bits for both, as long as the two together."
        )

    return described(fig, move, [bands, both, product, bars, *numbers], first=first, second=second)


def _unit_square(ax):
    bands = ax.add_collection(PolyCollection([], facecolor=TRUTH, edgecolor="none", alpha=0.18))
    both = ax.add_collection(PolyCollection([], facecolor=TRUTH, edgecolor=INK, linewidth=0.8, clip_on=False))
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal", xlabel="P(A)", ylabel="P(B)")
    ax.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    product = ax.text(0.5, 1.05, "", color=TRUTH, ha="center", transform=ax.transAxes)
    return bands, both, product


def _bars_end_to_end(ax):
    ax.set(xlim=(0, 11), ylim=(2.6, -0.9), xlabel="surprise (bits)", xticks=range(0, 10, 3))
    ax.xaxis.set_label_coords(4.5 / 11, -0.11)
    ax.set_yticks(range(3), ["A", "B", "A and B"])
    ax.tick_params(axis="y", length=0)
    ax.spines["bottom"].set_bounds(0, 9)
    ax.text(11, -0.6, "bits", color=QUIET, ha="right", va="center")
    bars = ax.add_collection(PolyCollection([], facecolor=COST, edgecolor=COST, linewidth=1))
    return bars, [ax.text(11, row, "", color=COST, ha="right", va="center") for row in range(3)]


@figure(notebook="01", caption="What it takes to name one of many equally likely things.")
def surprise_ladder():
    fig, ax = canvas()
    rungs = {
        "side of a coin, 1 in 2": 2,
        "suit, 1 in 4": 4,
        "card, 1 in 52": 52,
        "birthday, 1 in 365": 365,
        "PIN, 1 in $10^4$": 10**4,
        "lottery 6 of 49, 1 in 13,983,816": math.comb(49, 6),
        "password of 12 letters\nand digits, 1 in $62^{12}$": 62**12,
        "order of a shuffled deck, 1 in 52!": math.factorial(52),
    }
    bits = information([1 / ways for ways in rungs.values()])
    ax.plot(bits, range(len(bits)), "o", color=COST)
    ax.hlines(range(len(bits)), 0.7, bits, color=QUIET, linewidth=0.8, linestyle=":")
    for rung, number in enumerate(bits):
        ax.annotate(
            f"{number:.2f} bits", (number, rung), (9, 0), textcoords="offset points", va="center", color=COST
        )
    ax.set(xscale="log", xlim=(0.7, 1500), ylim=(-0.6, len(bits) - 0.4), xlabel="surprise (bits, log scale)")
    ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    ax.set_yticks(range(len(bits)), list(rungs))
    ax.set_ylabel("event")
    ax.tick_params(axis="y", length=0)

    def move():
        named = ", ".join(
            f"{name.replace(chr(10), ' ').split(', ')[0]} {b:.2f}"
            for name, b in zip(rungs, bits, strict=True)
        )
        return (
            "A ladder of eight dots on a logarithmic axis, from the coin at the foot to the deck at the top, "
            f"in bits: {named}."
        )

    return described(fig, move)


@figure(
    notebook="01",
    caption="Codewords of ceil(-log2 p) bits never need more room than there is.",
    controls={"p": Shares(("a", "b", "c", "d"))},
    presets={
        "uniform": {"p": (0.25, 0.25, 0.25, 0.25)},
        "halves": {"p": (0.5, 0.25, 0.125, 0.125)},
        "nearly certain": {"p": (0.97, 0.01, 0.01, 0.01)},
    },
    grid={"p": (0, 0.1, 0.2, 0.3, 0.4)},
)
def codewords_in_the_unit_interval(p=(0.4, 0.3, 0.2, 0.1)):
    fig, ax = canvas(size=(6.4, 3.8))
    shares, words, leaders, letters, lines, total = _code_axes(ax)

    def move(p):
        probabilities, lengths, code = _shannon_code(p)
        order = np.argsort(lengths, kind="stable")  # in which the codewords fill the interval
        share, lengths = probabilities[order], lengths[order]
        room = 0.5**lengths
        share_start, start = np.cumsum(share) - share, np.cumsum(room) - room
        sent = [i for i in range(len(order)) if share[i] > 0]
        shares.set_verts([_box(-1.4, share_start[i], 1, share[i]) for i in sent])
        words.set_verts([_box(0, start[i], lengths[i], room[i]) for i in sent])
        leaders.set_segments([_leader(lengths[i], start[i] + room[i] / 2, (i + 0.5) / 4) for i in sent])
        for i, symbol in enumerate(order):
            letters[i].set(y=share_start[i] + share[i] / 2, text=_SYMBOLS[symbol] if share[i] > 0.07 else "")
            lines[i].set_text(f"{_SYMBOLS[symbol]}, {share[i]:.3f}, {code[symbol] or 'never sent'}")
        total.set_text(f"Kraft sum {kraft_sum(lengths):.4f}")
        return _code_in_words(p)

    return described(fig, move, [shares, words, leaders, *letters, *lines, total], p=p)


def _code_axes(ax):
    """Probabilities on the left, codewords as bars in the middle, their words on the right."""
    ax.set(xlim=(-1.6, 16), ylim=(1, -0.09), xlabel="length of the codeword (bits)")
    ax.set(xticks=range(_LONGEST + 1), yticks=[0, 0.25, 0.5, 0.75, 1], ylabel="share of the whole")
    ax.xaxis.set_label_coords((_LONGEST / 2 + 1.6) / 17.6, -0.09)
    ax.spines["bottom"].set_bounds(0, _LONGEST)
    ax.spines["left"].set_bounds(0, 1)
    ax.text(-0.9, -0.05, "p", color=TRUTH, ha="center", va="center")
    ax.text(0, -0.05, "codewords", color=COST, va="center")
    ax.text(_LONGEST + 1.2, -0.05, "symbol, p, codeword", va="center")
    shares = ax.add_collection(PolyCollection([], facecolor=TRUTH, edgecolor=PAPER, linewidth=0.6))
    words = ax.add_collection(PolyCollection([], facecolor=COST, edgecolor=PAPER, linewidth=0.6))
    leaders = ax.add_collection(LineCollection([], color=QUIET, linewidth=0.8))
    letters = [ax.text(-0.9, 0, "", color=PAPER, ha="center", va="center") for _ in _SYMBOLS]
    lines = [ax.text(_LONGEST + 1.2, (row + 0.5) / 4, "", va="center") for row in range(4)]
    return shares, words, leaders, letters, lines, ax.text(_LONGEST + 1.2, 1, "", color=COST, va="center")


def _leader(length, y, slot):
    """From the end of a codeword's bar to its line of words, crossing no other bar."""
    return [(length + 0.1, y), (_LONGEST, y), (_LONGEST + 1, slot)]


def _shannon_code(p):
    """Probabilities, lengths in bits, and codewords."""
    p = as_pmf(p)
    lengths = np.maximum(shannon_lengths(p), 1)  # a certain symbol gets one bit, to count it
    longest = lengths[np.isfinite(lengths)].max()
    if longest > _LONGEST:
        raise ValueError(
            f"A codeword of {longest:.0f} bits is due; the picture ends at {_LONGEST}. "
            "Make the smallest share larger, or 0."
        )
    return p, lengths, prefix_code(lengths)


def _code_in_words(p):
    p, lengths, code = _shannon_code(p)
    total = kraft_sum(lengths)
    spelled = ", ".join(
        f"{symbol} (p = {share:.3f}) has {word}" if word else f"{symbol} is never sent"
        for symbol, share, word in zip(_SYMBOLS, p, code, strict=True)
    )
    return (
        "Bars stacked in a unit interval: a codeword of n bits is n long and takes a share of 2^-n, at most "
        f"the probability p of its symbol. Symbol {spelled}. Together they take {total:.4f}, the Kraft sum; "
        f"{1 - total:.4f} is free."
    )


def _box(x, y, width, height):
    """The four corners of a rectangle."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
