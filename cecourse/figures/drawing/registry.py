"""The list of the course's figures, kept by the decorator that every one of them wears."""

import difflib
import functools
import inspect

from .canvas import THEMES, course_style

FIGURES = {}


def figure(notebook, caption, controls=None, presets=None, grid=None):
    """Enter a function into the list of figures, with all that is known about it.

    The function's name is the figure's name, and its title with the underscores taken out.  `controls` are
    {argument: control}, `presets` {words on a button: {argument: value}}.  `grid` says for a control with
    many values which of them a page without a kernel shows: {argument: a step, the values, or a `Choice`}.
    The figure takes one argument more than the function: `theme`, one of canvas.THEMES.
    """
    facts = {"notebook": notebook, "caption": caption}
    facts |= {"controls": controls or {}, "presets": presets or {}, "grid": grid or {}}

    def enter(draw):
        @functools.wraps(draw)
        def titled(*args, theme=None, **kwargs):
            with course_style(theme):
                drawn = draw(*args, **kwargs)
            drawn.name, drawn.title = titled.name, titled.title
            drawn.notebook, drawn.caption = notebook, caption
            return drawn

        titled.name = draw.__name__
        titled.title = draw.__name__.replace("_", " ").capitalize()
        titled.arguments = {name: p.default for name, p in inspect.signature(draw).parameters.items()}
        vars(titled).update(facts)
        _refuse_what_is_wrong(titled)
        titled.__doc__ = _in_words(titled)
        FIGURES[titled.name] = titled
        return titled

    return enter


def nearest(word, known):
    """What may have been meant by a word that is not among the known ones."""
    near = difflib.get_close_matches(word, known, n=3, cutoff=0.4)
    return f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known) or 'none'}."


def _refuse_what_is_wrong(entry):
    """Raises ValueError where the decorator contradicts itself, its function or another figure."""
    for problem in _problems(entry):
        raise ValueError(f"The figure {entry.name} in {entry.__module__} {problem}")


def _problems(entry):
    if entry.name in FIGURES:
        other = FIGURES[entry.name].__module__
        yield f"has the name of a figure in {other}; a figure needs a name of its own. Rename one of the two."
    for argument in entry.controls.keys() - entry.arguments.keys():
        yield (
            f"has a control for {argument!r}; its arguments are {_listed(entry.arguments)}. "
            "Give the control the name of its argument."
        )
    for argument in entry.grid.keys() - entry.controls.keys():
        yield (
            f"has a grid for {argument!r}; its controls are {_listed(entry.controls)}. "
            "Take it out of the grid, or add its control."
        )
    names = ["reset", *entry.presets]  # every figure with controls has a button of this name
    for words in names:
        if [name.casefold() for name in names].count(words.casefold()) > 1:
            yield f"has two buttons named {words!r}; a reader tells them apart by their names. Rename one."
    start = {argument: entry.arguments[argument] for argument in entry.controls}
    for words, state in {"reset": start, **entry.presets}.items():
        for argument, value in state.items():
            if argument not in entry.controls:
                yield (
                    f"has a preset {words!r} for {argument!r}; its controls are {_listed(entry.controls)}. "
                    "Give the preset the name of a control, or add the control."
                )
            elif not entry.controls[argument].reaches(value):
                yield (
                    f"is set to {argument}={value!r} by {words!r}; its control reaches "
                    f"{entry.controls[argument]}. Choose a value from there, or change the control."
                )


def _listed(names):
    return ", ".join(names) or "none"


def _in_words(entry):
    """What `help` says of a figure: its caption, its arguments with their ranges, its presets."""
    lines = [entry.caption, "", "Arguments:"]
    for argument, value in entry.arguments.items():
        told = f"; {entry.controls[argument]}" if argument in entry.controls else ""
        lines.append(f"    {argument}={value!r}{told}")
    lines.append(f"    theme=None; one of {', '.join(THEMES)}")
    if entry.presets:
        lines += ["", "Presets:"]
    for words, state in entry.presets.items():
        lines.append(f"    {words}: {', '.join(f'{name}={value!r}' for name, value in state.items())}")
    return "\n".join([*lines, "", f"A figure of notebook {entry.notebook}."])
