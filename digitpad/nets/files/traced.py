"""Any module as a network that shows its layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import nn

from digitpad.core.constants import FIELD
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _
from digitpad.core.results import LayerInfo
from digitpad.nets.files.layouts import Layout, batch_in_view, layouts
from digitpad.nets.files.own_module import EndlessError, brief, limited, quiet
from digitpad.nets.files.traced_layer import TracedLayer, layer_activation, layer_infos_of
from digitpad.nets.files.tracing import Tracer
from digitpad.nets.files.watching import Ending, Outputs, Watch
from digitpad.nets.inputs import InputForm
from digitpad.nets.spec.open_choices import MOST_OUTPUTS
from digitpad.nets.spec.opening_questions import Option, Question, UndecidedError

_BY_CHANCE = N_(
    "Its answers are by chance: the same digit is read otherwise each time. "
    "Something in it is random while it reads too, as F.dropout is without "
    "training=self.training."
)
_SIGMOIDS = N_(
    "Its outputs are sigmoids: each class's number is shown as it is, and they "
    "do not add up to 100 %."
)
_LEAST = torch.finfo(torch.float32).tiny


class TracedNetwork(nn.Module):
    """A module of a reader's own, its layers found by tracing; offers what DeclaredNetwork offers.

    It takes digits in the first of layouts() that leads to an answer: (n, 1, 28, 28), or else (n,
    1, 32, 32), to which a digit is then resized, and so on. Its logits are the tensor that
    Watch.outputs finds, or the logarithms of what are probabilities. One that reads a batch
    otherwise than its digits one by one is asked one by one.

    ending: what its outputs are. notes: what a person should know of how it reads.
    """

    def __init__(
        self,
        module: nn.Module,
        name: str,
        side: int | None = None,
        fit: str = "",
        classes: int = 0,
        output: int | None = None,
        asks: bool = False,
    ) -> None:
        """side, fit, classes (their number) and output: where they are known, as OpenChoices has
        them. Raises DigitpadError where no forward pass leads to an answer, or its layers change
        between digits; asks: an UndecidedError where several outputs may be the answer, or its side
        has to be said."""
        super().__init__()
        self.module = module.eval()
        self.name = self.title = name
        self.ending = Ending.LOGITS
        self._classes = classes
        self._output = output
        self._asks = asks
        self._layout, self._info = self._trace(side)
        side = self._layout.side
        self.form = InputForm(side, "same" if side == FIELD else fit or "resize", 0.0, 1.0)
        self.ending, is_steady, self._one_by_one = self._try_out()
        self.notes = tuple(
            note
            for note, holds in (
                (_SIGMOIDS, self.ending is Ending.SIGMOIDS),
                (_BY_CHANCE, not is_steady),
            )
            if holds
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (n, classes) of x (n, 1, side, side); n may be 0."""
        if not len(x):
            return x.new_empty((0, *self._info[-1].shape))
        if self._one_by_one:
            return torch.cat([self._logits(one) for one in torch.split(x, 1)])
        return self._logits(x)

    def activations(self, x: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """As DeclaredNetwork.activations; n must be 1 for a module that does not take batches."""
        outputs, traced = self.traced(x, follows=False)
        layers = [layer_activation(layer.output) for layer in traced]
        if [tuple(layer.shape[1:]) for layer in layers] != [info.shape for info in self._info]:
            raise DigitpadError(
                _(
                    "{name} has other layers for one digit than for another; they cannot be shown"
                ).format(name=self.name)
            )
        given = {info.name: layer for info, layer in zip(self._info, layers, strict=True)}
        return self._as_logits(outputs.values), given

    def traced(self, x: torch.Tensor, follows: bool = True) -> tuple[Outputs, list[TracedLayer]]:
        """What the module gives for x, (n, 1, side, side), and its layers at work, as many as
        layer_infos() tells of and in their order. follows: as Tracer takes it."""
        tracer = Tracer(x, follows)
        outputs = self._outputs(tracer, x, self._layout)
        return outputs, tracer.layers_until(outputs)

    @property
    def reads_one_by_one(self) -> bool:
        """Whether it has to be asked for one digit after the other."""
        return self._one_by_one

    def layer_infos(self) -> tuple[LayerInfo, ...]:
        """Each layer's kind, shape, parameters and receptive field, in the order of the forward
        pass."""
        return self._info

    def _logits(self, x: torch.Tensor) -> torch.Tensor:
        return self._as_logits(self._outputs(Watch(), x, self._layout).values)

    def _as_logits(self, values: torch.Tensor) -> torch.Tensor:
        """Numbers whose softmax is what the network gives, where it gives probabilities."""
        return values.clamp_min(_LEAST).log() if self.ending is Ending.PROBABILITIES else values

    def _outputs(self, watch: Watch, x: torch.Tensor, layout: Layout) -> Outputs:
        with quiet(), watch:
            taken = layout.of(x)
            given = self.module(taken)
        outputs = watch.outputs(given, len(x), self._classes, self._output)
        if self._asks and self._output is None:
            self._ask_for_output(watch.choices(given, len(x), self._classes))
        if outputs is None or outputs.source is taken:
            wanted = f"(1, {self._classes or 'classes'})"
            raise DigitpadError(
                _("{name} gives {given} for an input of {words}, not a tensor {wanted}").format(
                    name=self.name, given=_described(given), words=layout.words, wanted=wanted
                )
            )
        return outputs

    def _trace(self, side: int | None) -> tuple[Layout, tuple[LayerInfo, ...]]:
        """The layout of its input and what is told of its layers."""
        errors: list[BaseException] = []
        for layout in layouts(side):
            x = layout.sample(1)
            tracer = Tracer(x)
            try:
                with (
                    limited(_("one forward pass of {name}").format(name=self.name)),
                    torch.inference_mode(),
                    _parts_told(self.module, tracer),
                ):
                    outputs = self._outputs(tracer, x, layout)
            except (EndlessError, UndecidedError, KeyboardInterrupt):
                raise
            except BaseException as error:
                errors.append(error)
                continue
            layers = tracer.layers_until(outputs)
            names = _names_of(self.module)
            return layout, layer_infos_of(layers, layout.side, names)
        raise self._refusal(errors, side) from errors[0]

    def _refusal(self, errors: list[BaseException], side: int | None) -> DigitpadError:
        """What is said where no layout led to an answer, by what each of them failed with."""
        first = errors[0]
        if isinstance(first, DigitpadError):
            return first
        batch = next(filter(None, map(batch_in_view, errors)), None)
        if batch is not None:
            return DigitpadError(
                _(
                    "{name} has a batch of {batch} digits written into its forward ({why}); "
                    "write x.size(0) in place of the number"
                ).format(name=self.name, batch=batch, why=brief(first))
            )
        others = (
            _(
                "on 1 × 1 × 32 × 32, three channels, rows of 784 and other sides; say its "
                "side, or have its forward take one of these"
            )
            if side is None
            else _("in three channels and in rows; is it another side?")
        )
        words = next(layouts(side)).words
        message = _("{name} fails on an input of {words} ({why}), and {others}").format(
            name=self.name, words=words, why=brief(first), others=others
        )
        if not self._asks or side is not None:
            return DigitpadError(message)
        why = _("It fails on an input of {words} ({why}), and on the other usual sides.").format(
            words=words, why=brief(first)
        )
        return UndecidedError(message, Question.SIDE, (), why)

    def _ask_for_output(self, choices: list[tuple[int, int]]) -> None:
        if len(choices) < 2:
            return
        options = tuple(
            Option(
                str(place),
                _("Output {place}").format(place=place + 1),
                _("{width:,} numbers").format(width=width),
            )
            for place, width in choices
        )
        raise UndecidedError(
            _("{name} gives several outputs that may be its answer").format(name=self.name),
            Question.OUTPUT,
            options[:MOST_OUTPUTS],
            _("It gives several outputs."),
        )

    def _try_out(self) -> tuple[Ending, bool, bool]:
        """What its outputs are, whether the same digit is read alike twice, and whether digits have
        to be read one by one."""
        x = self._layout.sample(2, seed=1)
        with torch.inference_mode():
            singles = [self._outputs(Watch(), one, self._layout) for one in torch.split(x, 1)]
            again = [self._outputs(Watch(), one, self._layout) for one in torch.split(x, 1)]
            alone = torch.cat([one.values for one in singles])
            is_steady = torch.allclose(
                alone,
                torch.cat([one.values for one in again]),
                rtol=1e-3,
                atol=1e-4,
                equal_nan=True,
            )
            ending = singles[0].ending
            if ending is Ending.LOGITS and _are_probabilities(alone):
                ending = Ending.PROBABILITIES
            try:
                with limited(_("a batch read by {name}").format(name=self.name)):
                    together = self._outputs(Watch(), x, self._layout).values
                is_same = torch.allclose(together, alone, rtol=1e-3, atol=1e-4)
            except Exception:
                return ending, is_steady, True
        return ending, is_steady, not (is_same or (not is_steady and together.shape == alone.shape))


def _are_probabilities(rows: torch.Tensor) -> bool:
    """Whether all are in [0, 1] and each row adds up to 1."""
    total = rows.sum(1)
    return bool((rows >= 0).all()) and torch.allclose(total, torch.ones_like(total), atol=1e-4)


@contextmanager
def _parts_told(module: nn.Module, tracer: Tracer) -> Iterator[None]:
    """While it lasts, the tracer knows what the reader calls the part that is at work."""

    def tell(name: str) -> Callable[..., None]:
        def hook(*_: object) -> None:
            tracer.part = name

        return hook

    handles = []
    for name, part in module.named_modules():
        if name and not any(True for _ in part.children()):
            handles.append(part.register_forward_pre_hook(tell(name)))
            handles.append(part.register_forward_hook(tell("")))
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _names_of(module: nn.Module) -> dict[int, str]:
    """What the reader calls the part that holds each parameter, by the parameter's id."""
    return {
        id(parameter): name.rpartition(".")[0] or name
        for name, parameter in module.named_parameters()
    }


def _described(given: object) -> str:
    if isinstance(given, torch.Tensor):
        return _("a tensor {shape}").format(shape=tuple(given.shape))
    return f"a {type(given).__name__}"
