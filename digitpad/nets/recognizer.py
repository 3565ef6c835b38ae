"""A digit becomes an answer and every layer's activations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from digitpad.core.constants import FIELD
from digitpad.core.paths import shipped_weights
from digitpad.core.results import NetworkInfo
from digitpad.nets.devices import choose_device
from digitpad.nets.digit_reader import DigitReader, Floats
from digitpad.nets.files.opening import open_weights
from digitpad.nets.modules import InspectableModel
from digitpad.nets.spec.open_choices import NOTHING_SAID, OpenChoices


class Recognizer(DigitReader):
    """A network with its weights, ready to read digits.

        Recognizer().recognize(picture_to_digit("photo.jpg")).answer

    info: what it is and on which device it runs. An ordinary object: it starts no process and no
    thread, and changes no setting of PyTorch's. A program that reads digit by digit on the CPU does
    well to call torch.set_num_threads(1), since a single digit is read fastest by one thread.
    """

    def __init__(
        self,
        weights: Path | str | None = None,
        device: str = "auto",
        net: str = "",
        choices: OpenChoices = NOTHING_SAID,
    ) -> None:
        """Load weights for a device and read once to warm up.

        weights: a file that open_weights takes; without it LeNet-5's, which come with Digitpad.
        device: one of DEVICE_NAMES. net and choices: as open_weights takes them; a module of the
        reader's own runs on the CPU for "auto", since its code may make tensors there. Raises
        DigitpadError where the file, the network or the device cannot be used.
        """
        weights = shipped_weights() if weights is None else Path(weights)
        opened = open_weights(weights, net, choices)
        choice = choose_device("cpu" if opened.is_own and device == "auto" else device)
        self._device = choice.device
        self._network = opened.network.to(choice.device)
        self._network.eval()
        info = NetworkInfo(
            network=opened.network.name,
            title=opened.network.title,
            classes=opened.classes,
            parameters=opened.parameters,
            layers=opened.network.layer_infos(),
            weights_file=str(weights),
            device=choice.device.type,
            device_report=choice.report,
            metadata=opened.record.as_metadata(),
            side=opened.form.side,
            fit=opened.form.fit,
            gives_distances=opened.gives_distances,
            tutorial=opened.tutorial,
            notes=opened.notes,
            gives_sigmoids=opened.gives_sigmoids,
            fed_by=opened.fed_by,
        )
        super().__init__(info, opened.form, opened.record)
        self.recognize(np.zeros((FIELD, FIELD), np.float32))

    @property
    def network(self) -> InspectableModel:
        """The network itself, for what looks inside it."""
        return self._network

    @property
    def device(self) -> torch.device:
        """Where it runs."""
        return self._device

    def _layers_of(self, digit: Floats) -> tuple[Floats, dict[str, Floats], Floats]:
        with torch.inference_mode():
            taken = self._input_of(digit[None])
            logits, layers = self._network.activations(taken)
            activations = {name: layer[0].cpu().numpy() for name, layer in layers.items()}
            return logits[0].cpu().numpy(), activations, taken[0, 0].cpu().numpy()

    def _logits_of(self, digits: Floats) -> Floats:
        with torch.inference_mode():
            found: Floats = self._network(self._input_of(digits)).cpu().numpy()
            return found

    def _input_of(self, digits: Floats) -> torch.Tensor:
        return self._form.of(torch.from_numpy(digits).to(self._device).unsqueeze(1))
