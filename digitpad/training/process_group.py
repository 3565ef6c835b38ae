"""The place of this process among those that torchrun started, or alone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass

import torch
import torch.distributed
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _


@dataclass(frozen=True)
class ProcessGroup:
    """rank of size processes that train one network together; the first reports and writes."""

    rank: int = 0
    size: int = 1
    local_rank: int = 0

    @classmethod
    def from_environment(cls) -> ProcessGroup:
        """What torchrun says in the environment; alone where it says nothing.

        Raises DigitpadError where the environment is no torchrun's.
        """
        if "WORLD_SIZE" not in os.environ:
            return cls()
        try:
            rank, size, local = (
                int(os.environ[name]) for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK")
            )
        except (KeyError, ValueError) as error:
            raise DigitpadError(
                _("WORLD_SIZE is set without RANK and LOCAL_RANK; start with torchrun")
            ) from error
        return cls(rank, size, local)

    @property
    def is_first(self) -> bool:
        """Whether this process reports and writes."""
        return self.rank == 0

    def device(self, chosen: torch.device) -> torch.device:
        """This process's own device of the chosen kind; raises DigitpadError where there are too
        few."""
        if chosen.type != "cuda" or self.size == 1:
            return chosen
        if self.local_rank >= torch.cuda.device_count():
            raise DigitpadError(
                _(
                    "there are {device_count} CUDA devices for more processes; lower "
                    "--nproc-per-node or choose --device cpu"
                ).format(device_count=torch.cuda.device_count())
            )
        torch.cuda.set_device(self.local_rank)
        return torch.device("cuda", self.local_rank)

    @contextlib.contextmanager
    def joined(self, device: torch.device) -> Iterator[None]:
        """While it lasts, the processes are connected (nccl between CUDA devices, gloo otherwise);
        nothing to do when alone, or when the caller has connected them."""
        if self.size == 1 or torch.distributed.is_initialized():
            yield
            return
        torch.distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
        try:
            yield
        finally:
            torch.distributed.destroy_process_group()

    def wrap(self, network: nn.Module) -> nn.Module:
        """The network with its gradients averaged over the processes; itself when alone."""
        return nn.parallel.DistributedDataParallel(network) if self.size > 1 else network

    def sum(self, values: torch.Tensor) -> torch.Tensor:
        """The values added up over the processes, in place."""
        if self.size > 1:
            torch.distributed.all_reduce(values)
        return values

    def wait(self) -> None:
        """Wait for the others."""
        if self.size > 1:
            torch.distributed.barrier()
