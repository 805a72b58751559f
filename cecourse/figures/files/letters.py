"""What a reader of a figure reads: its letters, whether they meet, and a figure without them."""

from itertools import pairwise

from matplotlib.text import Text

from ..drawing.canvas import course_style


def texts(drawn):
    """The texts that are really drawn, each with its box in pixels."""
    seen, draw = [], Text.draw

    def recording(text, renderer, *args, **kwargs):
        if text.get_visible() and text.get_text().strip():
            seen.append(text)
        return draw(text, renderer, *args, **kwargs)

    Text.draw = recording
    try:
        with course_style(drawn.theme):
            drawn.figure.canvas.draw()
    finally:
        Text.draw = draw
    renderer = drawn.figure.canvas.get_renderer()
    with course_style(drawn.theme):
        return [(text, text.get_window_extent(renderer)) for text in dict.fromkeys(seen)]


def text_faults(drawn, slack=1.0):
    """Texts whose boxes meet by more than `slack` pixels, or that leave the paper."""
    boxes = [(text.get_text(), box) for text, box in texts(drawn)]
    paper = drawn.figure.bbox
    faults = [
        f"{text!r} leaves the paper"
        for text, box in boxes
        if min(box.x0, box.y0) < -slack or box.x1 > paper.x1 + slack or box.y1 > paper.y1 + slack
    ]
    for i, (first, a) in enumerate(boxes):
        for second, b in boxes[i + 1 :]:
            if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack:
                faults.append(f"{first!r} and {second!r} overlap")
    return [*faults, *_crossed_spines(drawn, boxes), *_crowded_labels(drawn)]


def without_letters(drawn):
    """Hide every text, and leave everything else where it is."""
    for ax in drawn.figure.axes:
        ax.tick_params(which="both", **{f"label{side}": False for side in ("left", "right", "top", "bottom")})
        if ax.get_legend():
            ax.get_legend().set_visible(False)
    for text in drawn.figure.findobj(Text):
        text.set_visible(False)


def _crossed_spines(drawn, boxes):
    """Texts that an axis line runs through."""
    for ax in drawn.figure.axes:
        for side, spine in ax.spines.items():
            if spine.get_visible() and ax.axison:
                line = spine.get_transform().transform_path(spine.get_path()).get_extents()
                yield from (
                    f"the {side} axis line runs through {text!r}" for text, box in boxes if line.overlaps(box)
                )


def _crowded_labels(drawn):
    """Words along an axis with less than a space, a third of their height, between them."""
    boxes = dict(texts(drawn))
    for ax in drawn.figure.axes:
        labels = [text for text in ax.get_xticklabels() if text in boxes]
        space = ax.figure.dpi / 72 * min((text.get_fontsize() for text in labels), default=0) / 3
        for left, right in pairwise(sorted(labels, key=lambda text: boxes[text].x0)):
            if boxes[right].x0 - boxes[left].x1 < space:
                yield f"{left.get_text()!r} and {right.get_text()!r} stand too close"
