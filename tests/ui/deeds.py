"""Everything that the mouse can do: one row a deed, with what keys and fingers do in its place.

``tests/ui/test_by_keys_alone.py`` does each of them by keys, ``test_by_touch.py`` beside it by
touch. Everywhere: hovering is Ctrl+F1 or a finger that rests, a right click the menu key or a
finger that rests, the wheel and a scroll bar the arrow and Page keys or a swipe.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Deed:
    """What is done, named by its room; how by mouse, by keys from where Tab leads, by touch."""

    name: str
    mouse: str
    keys: str
    touch: str


DEEDS = (
    # The pad.
    Deed("pad: draw", "drag", "arrows, Space puts the pen down and up", "drag"),
    Deed("pad: rub out", "drag with the right button", "E, then as drawing", "Eraser, then drag"),
    # The buttons beneath it and the menu bar.
    Deed("tools: buttons", "click", "Tab to it and Space, or its key", "tap"),
    Deed("tools: pen width", "drag the slider", "Tab to it and arrows, or [ and ]", "drag"),
    Deed("menus: choose", "click", "F10 or Alt and its letter, arrows, Enter", "tap"),
    # The settings.
    Deed("settings: change one", "click it, and a choice", "Ctrl+, Tab, Space, arrows", "tap"),
    # The input and the network.
    Deed("input: a pixel's ink", "hover", "arrows", "tap"),
    Deed("network: point at a unit", "hover", "arrows", "tap"),
    Deed("network: pin a unit", "click", "Space", "tap"),
    Deed("network: enlarge a layer", "double click, or click its title", "Enter", "tap its title"),
    Deed("network: hidden maps", "wheel", "Home and End", "swipe"),
    Deed("network: a layer's menu", "right click", "menu key", "rest"),
    Deed("network: a table's column", "hover", "Left and Right", "tap"),
    # The answer.
    Deed("answer: ask why", "click Why?", "Tab to it and Space, or W", "tap"),
    Deed("answer: against which digit", "click its bar", "Up and Down, Enter", "tap"),
    Deed("answer: say what it is", "click No, it is… and the digit", "C, the digit", "tap both"),
    Deed("answer: one digit of several", "click its button", "Tab to it and Space", "tap"),
    # The drawer.
    Deed("drawer: open and close", "click a name, click ×", "its letter, Esc", "tap"),
    Deed("drawer: six decimals", "click exact", "Tab to it and Space", "tap"),
    Deed("kernels: choose a layer", "click its name", "Tab to it and Space", "tap"),
    Deed("kernels: a weight", "hover", "arrows, with Ctrl kernels", "tap"),
    Deed("why: what is pictured", "click a mode", "Tab to it and Space", "tap"),
    Deed("why: take a piece away", "click it, again brings it back", "arrows, Space", "tap"),
    Deed("history: go to a step", "click the chart, drag the slider", "Left and Right", "drag"),
    Deed("history: play", "click Play", "Space at the slider", "tap"),
    Deed("road: a step", "hover", "Left and Right", "tap"),
    Deed("sweeps: a value", "hover", "Left and Right", "tap"),
    Deed("film: go to a snapshot", "click the strip, drag the slider", "Left and Right", "tap"),
    Deed("film: a curve's point", "hover", "Left and Right at the chart", "tap it"),
    # Comparing.
    Deed("compare: with another", "click Compare, and a row", "V, arrows, Enter", "tap both"),
    Deed("compare: a heading's list", "click it", "Tab to it and Space", "tap"),
    # The foot, cards, offers, presenting.
    Deed(
        "foot: list of networks", "click its name, and a row", "N, letters find, Enter", "tap both"
    ),
    Deed("foot: take a file off the list", "click its cross", "Del", "tap its cross"),
    Deed("foot: the card about it", "click About, wheel", "I, arrows, Esc", "tap, swipe"),
    Deed("card: answer what is asked of a file", "click", "Tab and Space, Enter", "tap"),
    Deed("offer: take it, or leave it", "click", "Tab from the pad, Space; Esc", "tap"),
    Deed("notice: take it away", "click", "Esc", "tap"),
    Deed("present: walk", "click ‹ › or a name", "arrows, Home, End", "swipe, tap a name"),
    Deed("files: open", "drop them", "Ctrl+O", "Open"),
    Deed("pictures of panels: save", "right click", "menu key", "rest"),
    # Test images, My drawings, pictures.
    Deed("browser: put an image on the pad", "double click", "arrows, Enter", "double tap"),
    Deed("browser: filter", "click a list, and a class", "Tab to it and arrows", "tap"),
    Deed("browser: a square of the matrix", "click", "arrows, Enter", "tap"),
    Deed("drawings: select several", "click with Ctrl or Shift", "Shift and arrows", "tap"),
    Deed("drawings: relabel, delete, undo", "click a button", "digits, Del, Ctrl+Z", "tap"),
    Deed("drawings: filter", "click a label", "Tab and arrows", "tap"),
    Deed("sheet: put a picture on the pad", "click", "arrows, Enter", "tap"),
    Deed("picture: read it in a box", "drag", "arrows, with Shift its size", "drag"),
    Deed("picture: take one digit", "click it", "Space", "tap"),
    Deed("picture: look at it", "click its button on the pad", "O", "tap"),
    # Teaching, training, the game.
    Deed("game: play", "click the button", "Enter", "tap"),
    Deed("game: leave one out", "click it", "arrows, Space", "tap"),
    Deed("teach: keep or forget", "click", "Tab and Space", "tap"),
    Deed("versions: use one", "click Use it", "arrows, Enter", "tap"),
    Deed("train: choose what", "click the fields", "Tab, arrows, letters", "tap"),
)
