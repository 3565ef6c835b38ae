"""A digit becomes an answer and every layer's activations without PyTorch: networks of the
catalogue, computed in numpy on the CPU.

numpy loads in a twentieth of the time that PyTorch takes, so that the first answer is there at
once; where something else needs PyTorch, a Recognizer takes over with the same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digitpad.core.constants import FIELD
from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited
from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo, ReaderKind
from digitpad.core.weights_record import WeightsRecord
from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.nets.digit_reader import DigitReader, Floats
from digitpad.nets.inputs import InputForm
from digitpad.nets.needing_torch import NeedsTorchError
from digitpad.nets.plain_layers import ACTIVATE, PLAIN_LAYERS, MisfitError, PlainLayer, Tensors
from digitpad.nets.spec.catalogue import NETWORKS, check_belongs
from digitpad.nets.spec.class_names import classes_of
from digitpad.nets.spec.declaration import Network
from digitpad.nets.spec.open_choices import (
    NOTHING_SAID,
    OpenChoices,
    Remembered,
    choices_beside,
    key_of_content,
    recall,
)
from digitpad.nets.spec.record import FILE_LIMIT_BYTES, is_torch_content, parse_header
from digitpad.nets.spec.snapshots import is_snapshot

_LEAST_AT_ONCE, _MOST_AT_ONCE = 8, 32
_MULTIPLY_ADDS_AT_ONCE = 160_000_000


class PlainNetwork:
    """A network of the catalogue with its weights, in numpy.

    layers: as they are computed, in the order of the declaration's.
    """

    def __init__(self, declaration: Network, tensors: Mapping[str, npt.NDArray[Any]]) -> None:
        """tensors: as the network's state_dict has them, by name. Raises MisfitError where they
        are not just those, float32 and finite, or a layer has no row in PLAIN_LAYERS."""
        self.declaration = declaration
        given = Tensors(tensors)
        shape: tuple[int, ...] = (1, declaration.side, declaration.side)
        layers: list[PlainLayer] = []
        for layer, info in zip(declaration.layers, declaration.layer_infos, strict=True):
            side = shape[1] if len(shape) == 3 else 1
            if type(layer) not in PLAIN_LAYERS:
                raise MisfitError(f"{layer.name} is not computed here")
            layers.append(PLAIN_LAYERS[type(layer)](layer, shape[0], side, given))
            shape = info.shape
        given.end()
        self.layers = tuple(layers)

    def activations(self, x: Floats) -> tuple[Floats, dict[str, Floats]]:
        """The logits (n, classes) and the output of every layer, by its name, from one forward pass
        of float32 (n, side, side), as DeclaredNetwork.activations gives them."""
        found: dict[str, Floats] = {}
        x = x[:, None]
        declared = zip(self.declaration.layers, self.declaration.layer_infos, strict=True)
        # Numbers without measure become infinite, as PyTorch's do, without a word.
        with np.errstate(all="ignore"):
            for (layer, info), plain in zip(declared, self.layers, strict=True):
                x = ACTIVATE[layer.activation](plain.compute(x))
                x = found[info.name] = x.reshape(len(x), *info.shape)
        return (-x if self.declaration.gives_distances else x), found


class PlainReader(DigitReader):
    """A network of the catalogue, ready to read digits without PyTorch; as Recognizer, in each
    number but for the last digits of a float32."""

    def __init__(
        self, weights: Path | str, net: str = "", choices: OpenChoices = NOTHING_SAID
    ) -> None:
        """Load weights, and read once to warm up; arguments as Recognizer has them.

        Raises NeedsTorchError for what is not read here: a file that train.py did not write, or of
        which more is known than stands in it, and a module of the reader's own. Raises
        DigitpadError where the file cannot be used by anyone.
        """
        weights = Path(weights)
        declaration, record, tensors = _read(weights, net, choices)
        try:
            self.network = PlainNetwork(declaration, tensors)
        except MisfitError as error:
            raise _needs_torch(weights) from error
        form = InputForm(declaration.side, declaration.fit, record.mean or 0.0, record.std or 1.0)
        info = NetworkInfo(
            network=declaration.name,
            title=declaration.title,
            classes=classes_of(weights, record, declaration.classes),
            parameters=declaration.parameters,
            layers=declaration.layer_infos,
            weights_file=str(weights),
            device="cpu",
            device_report=(_("cpu: taken, numpy"),),
            metadata=record.as_metadata(),
            side=declaration.side,
            fit=declaration.fit,
            gives_distances=declaration.gives_distances,
            tutorial=declaration.tutorial,
            notes=declaration.notes,
            reader=ReaderKind.NUMPY,
        )
        super().__init__(info, form, record)
        # As many as stay in the processor's cache while they are computed.
        fitting = _MULTIPLY_ADDS_AT_ONCE // declaration.multiply_adds
        self.batch = max(_LEAST_AT_ONCE, min(fitting, _MOST_AT_ONCE))
        self.recognize(np.zeros((FIELD, FIELD), np.float32))

    def _layers_of(self, digit: Floats) -> tuple[Floats, dict[str, Floats], Floats]:
        taken = self._form.of_array(digit[None])
        logits, layers = self.network.activations(taken)
        return logits[0], {name: layer[0] for name, layer in layers.items()}, taken[0]

    def _logits_of(self, digits: Floats) -> Floats:
        return self.network.activations(self._form.of_array(digits))[0]


def _read(
    weights: Path, net: str, choices: OpenChoices
) -> tuple[Network, WeightsRecord, dict[str, npt.NDArray[Any]]]:
    """The declared network, the whole record and the tensors of a weights file; raises as
    PlainReader does."""
    content = read_limited(weights, FILE_LIMIT_BYTES)
    if is_torch_content(content):
        raise _needs_torch(weights)
    record = WeightsRecord.from_metadata(parse_header(weights, content, len(content)), weights)
    declaration = NETWORKS.get(record.network)
    if declaration is None or ":" in net or net.endswith(".py"):
        raise _needs_torch(weights)
    check_belongs(weights, record.network, net)
    more_is_said = choices != NOTHING_SAID or choices_beside(weights) != NOTHING_SAID
    if more_is_said or recall(key_of_content(content, net)) != Remembered():
        raise _needs_torch(weights)
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        tensors = load(content)
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise DigitpadError(
            _("{weights} is not whole: {error}; get the file again").format(
                weights=weights, error=error
            )
        ) from error
    if is_snapshot(record.extra):
        # Those of a run are kept in half precision.
        tensors = {name: _widened(tensor) for name, tensor in tensors.items()}
    usual = WeightsRecord(mean=MNIST_MEAN, std=MNIST_STD).as_metadata()
    return declaration, WeightsRecord.from_metadata({**usual, **record.as_metadata()}), tensors


def _widened(tensor: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return tensor.astype(np.float32) if tensor.dtype == np.float16 else tensor


def _needs_torch(weights: Path) -> NeedsTorchError:
    return NeedsTorchError(_("Opening {file} needs PyTorch").format(file=weights.name))
