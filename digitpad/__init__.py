"""Digitpad: a drawing pad that reads the digit you draw with LeNet-5 and shows you how.

    import digitpad

    recognizer = digitpad.Recognizer()               # the shipped LeNet-5
    digit = digitpad.read_picture("photo.jpg")       # float32 (28, 28) in [0, 1]
    recognition = recognizer.recognize(digit)
    recognition.answer, recognition.accepted         # 7, True
    recognition.activations["C3"].shape              # (16, 10, 10)

    for network in digitpad.networks():              # those whose weights are on this computer
        digitpad.Recognizer(network.weights)

    settings = digitpad.TrainingSettings(network="lenet5-relu", epochs=5)
    result = digitpad.train(settings, out="mine.safetensors", events=print)

    drawing = digitpad.Drawing()                     # strokes, as the pad has them
    opened = digitpad.open_weights("mine.safetensors")   # the PyTorch module, and its record

Each name is loaded when it is first used: importing digitpad alone loads neither NumPy nor PyTorch
nor Qt.
"""

# The type checker's own word for it: importing typing would take time, and this module is imported
# while Python's path may still have the working folder on it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from digitpad.core.results import Recognition
    from digitpad.ink.drawing import Drawing
    from digitpad.ink.pipeline import picture_to_digit as read_picture
    from digitpad.nets.files.opening import open_weights
    from digitpad.nets.recognizer import Recognizer
    from digitpad.nets.spec.installed import installed_networks as networks
    from digitpad.training.run import train
    from digitpad.training.settings import TrainingSettings

__version__ = "0.1.0"

__all__ = [
    "Drawing",
    "Recognition",
    "Recognizer",
    "TrainingSettings",
    "__version__",
    "networks",
    "open_weights",
    "read_picture",
    "train",
]

_PLACES = {
    "Drawing": ("digitpad.ink.drawing", "Drawing"),
    "Recognition": ("digitpad.core.results", "Recognition"),
    "Recognizer": ("digitpad.nets.recognizer", "Recognizer"),
    "TrainingSettings": ("digitpad.training.settings", "TrainingSettings"),
    "networks": ("digitpad.nets.spec.installed", "installed_networks"),
    "open_weights": ("digitpad.nets.files.opening", "open_weights"),
    "read_picture": ("digitpad.ink.pipeline", "picture_to_digit"),
    "train": ("digitpad.training.run", "train"),
}
"""Where each public name is: its module, and what it is called there."""


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first asked for."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    module, inside = _PLACES[name]
    found: object = getattr(importlib.import_module(module), inside)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The public names, beside what every module has."""
    return sorted({*globals(), *__all__})
