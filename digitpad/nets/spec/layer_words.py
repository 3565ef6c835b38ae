"""What a layer does, in the words of the language that was chosen.

LayerInfo.kind is the same in all languages, since it crosses the pipe and stands in what commands
write for programs: "convolution 5 × 5, tanh", "max pooling 2 × 2 (pool1)".
"""

from __future__ import annotations

import re

from digitpad.core.languages import N_, _

_KIND = re.compile(
    r"(?P<name>[^,(×]*?)(?: (?P<size>\d+ × \d+))?(?P<more>(?:, [^,(]*)*)(?P<own> \(.*\))?"
)
_NAMES = {
    name: name
    for name in (
        N_("convolution"),
        N_("average pooling"),
        N_("max pooling"),
        N_("subsampling"),
        N_("fully connected"),
        N_("squared distance to each class's code"),
        N_("grid sampling"),
        N_("recurrent"),
        N_("attention"),
        N_("bilinear"),
        N_("convolution in one dimension"),
        N_("convolution in three dimensions"),
        N_("transposed convolution"),
        N_("transposed convolution in one dimension"),
        N_("transposed convolution in three dimensions"),
        N_("pixel shuffle"),
        N_("patches"),
        N_("Fourier transform"),
        N_("upsampling"),
        N_("product of activations"),
        N_("scaled tanh"),
        N_("batch norm"),
        N_("layer norm"),
        N_("group norm"),
        N_("instance norm"),
        N_("whose units may each see all of the input"),
        N_("input"),
        N_("output"),
    )
}
# In a figure there is less room, and the size comes first.
_SHORT = {"average pooling": N_("average"), "max pooling": N_("maximum")}
_SHORTEST = {"squared distance to each class's code": N_("squared distance")}


def layer_name(name: str) -> str:
    """A layer's name as people read it: "output" in the language chosen, C1 as it is."""
    return _(_NAMES.get(name, name)) if name in ("input", "output") else name


def kind_words(kind: str) -> str:
    """What a layer does, such as "convolution 5 × 5, tanh"; kind: as LayerInfo has it."""
    found = _KIND.fullmatch(kind)
    if found is None:
        return kind
    name, size = _word(found["name"]), found["size"]
    words = _("{operation} {size}").format(operation=name, size=size) if size else name
    return _with_more(words, found["more"]) + (found["own"] or "")


def figure_words(kind: str) -> list[str]:
    """The same as a figure says it, such as "5 × 5 convolution, tanh" or "2 × 2 average"; behind it
    shorter forms."""
    found = _KIND.fullmatch(kind)
    if found is None:
        return [kind]
    name, size = found["name"], found["size"]
    words = _(_SHORT[name]) if name in _SHORT and size else _word(name)
    if size:
        words = _("{size} {operation}").format(operation=words, size=size)
    with_more = _with_more(words, found["more"])
    # Own modules' layers have the names of their code behind.
    forms = [with_more + (found["own"] or ""), with_more, words]
    if name in _SHORTEST:
        forms.append(_(_SHORTEST[name]))
    return list(dict.fromkeys(forms))


def _word(name: str) -> str:
    return _(_NAMES[name]) if name in _NAMES else name


def _with_more(words: str, more: str) -> str:
    """An operation with its activation and what else is known of it, each after ", "."""
    for one in more.split(", ")[1:]:
        words = _("{operation}, {activation}").format(operation=words, activation=_word(one))
    return words
