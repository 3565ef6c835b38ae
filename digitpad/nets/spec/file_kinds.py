"""What kind of file was brought in place of weights, told by its first bytes, and what to do with
it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _

WEIGHTS_ENDINGS = (".safetensors", ".pth", ".pt", ".ckpt", ".pkl", ".bin", ".tar", ".npz")
"""What files of weights usually end in; .npz may hold pictures too, and .tar be an archive."""

LOOKED_AT_BYTES = 512
"""How much of a file's beginning tells its kind."""

SAVE_STATE_DICT = "torch.save(model.state_dict(), 'weights.pth')"
"""What saves weights in a form that is opened, in the program that has the network."""

_FROM_PYTORCH = N_("save the weights where they are PyTorch's: {save}")
_TENSOR_BY_TENSOR = N_(
    "write the network as a torch.nn.Module, copy its weights tensor by tensor "
    "(Keras has a dense layer's kernel transposed, and a convolution's as "
    "height, width, input, output: permute(3, 2, 0, 1)) and save them: {save}"
)


@dataclass(frozen=True)
class _Kind:
    """is_it: whether a file begins so, by at least LOOKED_AT_BYTES of it where it has them. what:
    the kind, with its article; todo: what to do."""

    is_it: Callable[[bytes], bool]
    what: str
    todo: str


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


_KINDS = (
    _Kind(_begins(b"\x89HDF\r\n\x1a\n"), N_("an HDF5 file, as Keras saves"), _TENSOR_BY_TENSOR),
    _Kind(
        lambda content: content[4:8] == b"TFL3",
        N_("a TensorFlow Lite model"),
        N_(
            "take the network that it was converted from; write it as a torch.nn.Module, copy its "
            "weights tensor by tensor (Keras has a dense layer's kernel transposed, and a "
            "convolution's as height, width, input, output: permute(3, 2, 0, 1)) and save them: "
            "{save}"
        ),
    ),
    # A protobuf whose first field is the version of the format (0x08), then who made it (0x12) or
    # the graph (0x3a).
    _Kind(
        lambda content: (
            content[:1] == b"\x08" and content[2:3] in (b"\x12", b"\x3a", b"B", b"\x1a")
        ),
        N_("an ONNX model"),
        N_(
            "take the PyTorch network that it was exported from; save the weights where they are "
            "PyTorch's: {save}"
        ),
    ),
    _Kind(_begins(b"GGUF"), N_("a GGUF file"), _FROM_PYTORCH),
    _Kind(
        _begins(b"version https://git-lfs"),
        N_("a pointer of Git LFS to the file, not the file itself"),
        N_("get the file itself: git lfs pull"),
    ),
    _Kind(
        lambda content: content.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")),
        N_("a web page"),
        N_("download the file itself (on GitHub: Raw)"),
    ),
    _Kind(
        lambda content: content[257:262] == b"ustar",
        N_("a tar archive"),
        N_("unpack it and name the weights in it"),
    ),
    _Kind(
        _begins(b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf'\x1c", b"Rar!"),
        N_("a packed file"),
        N_("unpack it and name the weights in it"),
    ),
    _Kind(
        _begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"),
        N_("a picture"),
        N_("give it its own ending, and open it as a picture"),
    ),
    _Kind(
        _begins(b"\x93NUMPY"),
        N_("a single NumPy array"),
        N_("save all arrays by their names: numpy.savez('weights.npz', **arrays)"),
    ),
    _Kind(
        _begins(b"import ", b"from ", b"#", b'"""', b"class "),
        N_("a program's text"),
        N_(
            "name it with its class, as net.py:Net, and its weights beside; the window "
            "knows it by the ending .py"
        ),
    ),
)


def check_kind(path: Path, start: bytes) -> None:
    """Raise DigitpadError, saying what it is and what to do, where a file begins as one that holds
    no weights which can be opened.

    start: the file's first LOOKED_AT_BYTES, or all of a shorter one. What no kind is known of
    passes.
    """
    # The length of a safetensors header may begin as anything does.
    if start[8:9] == b"{" and not any(start[3:8]):
        return
    for kind in _KINDS:
        if kind.is_it(start):
            raise DigitpadError(
                _("{path} is {what}; {todo}").format(
                    path=path, what=_(kind.what), todo=_(kind.todo).format(save=SAVE_STATE_DICT)
                )
            )


def check_archive_kind(path: Path, names: list[str]) -> None:
    """The same for a zip archive by the names in it: TorchScript, torch.export, Keras, and archives
    that hold no weights at all, are named."""
    lasts = {name.rpartition("/")[2] for name in names}
    if "constants.pkl" in lasts:
        raise DigitpadError(
            _(
                "{path} is a TorchScript program, which would have to be run; save its "
                "weights alone, in a Python of your own: "
                "torch.save(torch.jit.load({name!r}).state_dict(), 'weights.pth')"
            ).format(path=path, name=path.name)
        )
    if "archive_format" in lasts or "serialized_exported_program.json" in lasts:
        raise DigitpadError(
            _(
                "{path} is a program of torch.export; save its weights alone, in a Python "
                "of your own: torch.save(dict(torch.export.load({name!r}).state_dict), "
                "'weights.pth')"
            ).format(path=path, name=path.name)
        )
    if "model.weights.h5" in lasts:
        raise DigitpadError(
            _("{path} is a Keras model; {todo}").format(
                path=path, todo=_(_TENSOR_BY_TENSOR).format(save=SAVE_STATE_DICT)
            )
        )
    if any(name.endswith((".pth", ".pt", ".ckpt", ".safetensors")) for name in lasts):
        raise DigitpadError(
            _("{path} is a zip archive; unpack it and name the weights in it").format(path=path)
        )
