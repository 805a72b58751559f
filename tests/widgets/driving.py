"""Moving a widget's controls from a test, as a hand would."""

from cecourse.figures.drawing.controls import Choice, LogSlider, Moves, Shares, Slider, Steps

# What a line of text has to answer with a picture or a sentence.
ENTRIES = ("", "1234567890", "1" * 10_000, "z" * 10_000)
SENTENCES = ("a", "Pack my box with five dozen liquor jugs", "1234 !? äß 漢字 \t", "z" * 400, *ENTRIES)


def telling_values(control):
    """Both ends and the middle of a control; every option of a choice; some lines to type."""
    match control:
        case LogSlider(low=low, high=high, base=base):
            return [base**place for place in (low, (low + high) / 2, high)]
        case Slider(low=low, high=high, step=int()):
            return [low, (low + high) // 2, high]
        case Slider(low=low, high=high):
            return [low, (low + high) / 2, high]
        case Steps(last=last):
            return [0, last // 2, last]
        case Choice():
            return [value for _, value in control.named]
        case Shares(labels=labels):
            return [
                one_set(len(labels), place, share) for place in range(len(labels)) for share in (0, 0.5, 1)
            ]
        case Moves(moves=moves):
            letters = [letter for letter, _ in moves]
            return ["", *letters, "".join(letters), letters[0] * 12]
    return list(SENTENCES)


def one_set(count, place, share):
    """A pmf in which one outcome has this share, and the others have the rest between them."""
    return tuple(share if i == place else (1 - share) / (count - 1) for i in range(count))
