"""Weights in safetensors with their record inside; core/weights_record.py has what that holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited, write_beside
from digitpad.core.languages import _
from digitpad.core.weights_record import WeightsRecord
from digitpad.nets.spec.record import FILE_LIMIT_BYTES, parse_header

if TYPE_CHECKING:
    import torch
    from torch import nn


def save_weights(
    path: Path,
    state_dict: Mapping[str, torch.Tensor],
    record: WeightsRecord | Mapping[str, str],
) -> None:
    """Write tensors and their record, beside and moved into place.

    The tensors are taken to the CPU first. record: as values, or as the texts that the file keeps.
    Raises DigitpadError where the place cannot be written.
    """
    from safetensors.torch import save

    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in state_dict.items()}
    texts = record.as_metadata() if isinstance(record, WeightsRecord) else record
    write_beside(
        Path(path), save(tensors, metadata={key: str(text) for key, text in texts.items()})
    )


def load_weights(path: Path, module: nn.Module) -> WeightsRecord:
    """Put a file's weights into module and give the file's record.

    module.name is the network that the record must name. Raises DigitpadError where the file
    belongs to another network or its tensors do not fit, as nets/files/matching.py says; module is
    then as it was.
    """
    path = Path(path)
    record, tensors = parse_weights(path, read_limited(path, FILE_LIMIT_BYTES))
    wanted = getattr(module, "name", None)
    if record.network != wanted:
        found = record.network
        said = (
            _(
                "{path} belongs to the network {found!r}, not to {wanted!r}; name a file that was "
                "trained for it"
            )
            if found
            else _(
                "{path} does not say its network, not to {wanted!r}; name a file that was "
                "trained for it"
            )
        )
        raise DigitpadError(said.format(path=path, found=found[:40], wanted=wanted))
    from digitpad.nets.files.matching import match_state_dict

    module.load_state_dict(match_state_dict(path, module.state_dict(), tensors, str(wanted))[0])
    return record


def parse_weights(path: Path, content: bytes) -> tuple[WeightsRecord, dict[str, torch.Tensor]]:
    """The record and the tensors, on the CPU, in the whole content of a safetensors file.

    path is only named in errors. Raises DigitpadError where the content is damaged, or has a record
    that WeightsRecord.from_metadata refuses.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load

    record = WeightsRecord.from_metadata(parse_header(path, content, len(content)), path)
    try:
        return record, load(content)
    except (SafetensorError, ValueError, KeyError) as error:
        raise DigitpadError(
            _("{path} is not whole: {error}; get the file again").format(path=path, error=error)
        ) from error
