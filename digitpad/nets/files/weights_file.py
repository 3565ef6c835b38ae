"""Weights files: safetensors with their record inside; see nets/spec/record.py for what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.errors import DigitpadError
from digitpad.core.files import write_beside
from digitpad.nets.spec.record import read_checked

if TYPE_CHECKING:
    import torch
    from torch import nn


def save_weights(path: Path, state_dict: dict[str, torch.Tensor], metadata: dict[str, str]) -> None:
    """Write tensors and their record, beside and moved into place; the tensors are taken to the
    CPU first."""
    from safetensors.torch import save

    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in state_dict.items()}
    write_beside(
        Path(path), save(tensors, metadata={key: str(value) for key, value in metadata.items()})
    )


def load_weights(path: Path, module: nn.Module) -> dict[str, str]:
    """Put a file's weights into module and give the file's record.

    module.name is the network that the record must name. Raises DigitpadError where the file
    belongs to another network or its tensors do not fit, as nets/files/matching.py says; module is
    then as it was.
    """
    path = Path(path)
    metadata, tensors = read_weights(path)
    wanted = getattr(module, "name", None)
    if metadata.get("network") != wanted:
        found = metadata.get("network")
        what = f"belongs to the network {found[:40]!r}" if found else "does not say its network"
        raise DigitpadError(
            f"{path} {what}, not to {wanted!r}; name a file that was trained for it"
        )
    from digitpad.nets.files.matching import fitted

    module.load_state_dict(fitted(path, module.state_dict(), tensors, str(wanted))[0])
    return metadata


def read_weights(path: Path) -> tuple[dict[str, str], dict[str, torch.Tensor]]:
    """The record and the tensors of a file, on the CPU; raises DigitpadError as read_metadata does."""
    from safetensors import SafetensorError
    from safetensors.torch import load

    path = Path(path)
    metadata, content = read_checked(path)
    try:
        return metadata, load(content)
    except (SafetensorError, ValueError, KeyError) as error:
        raise DigitpadError(f"{path} is not whole: {error}; get the file again") from error
