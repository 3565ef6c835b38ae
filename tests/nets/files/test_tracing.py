from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from digitpad.core.results import LayerInfo, LayerKind
from digitpad.nets.files.traced_layer import layer_activation, layer_infos_of
from digitpad.nets.files.tracing import Tracer
from digitpad.nets.spec.catalogue import NETWORKS
from tests.nets.pages import PAGES

pytestmark = pytest.mark.filterwarnings("ignore:dropout2d")


def traced(
    module: Callable, side: int = 28, n: int = 1
) -> tuple[tuple[LayerInfo, ...], dict[str, torch.Tensor]]:
    """What is told of a network's layers, and what they gave for random digits."""
    x = torch.rand(n, 1, side, side, generator=torch.Generator().manual_seed(2))
    tracer = Tracer(x)
    with torch.inference_mode(), tracer:
        given = module(x)
    outputs = tracer.outputs(given, n)
    assert outputs is not None
    layers = tracer.layers_until(outputs)
    info = layer_infos_of(layers, side)
    return info, {
        one.name: layer_activation(layer.output) for one, layer in zip(info, layers, strict=True)
    }


class Flow(nn.Module):
    """Some modules, and a forward pass of them that a test writes down."""

    def __init__(self, forward: Callable, **modules: nn.Module) -> None:
        super().__init__()
        self._forward = forward
        for name, module in modules.items():
            self.add_module(name, module)
        self.eval()

    def forward(self, x: torch.Tensor) -> object:
        return self._forward(self, x)


def fed_forward(*modules: nn.Module) -> nn.Module:
    return nn.Sequential(*modules).eval()


@pytest.mark.parametrize("name", PAGES)
def test_the_layers_of_a_page_s_network_are_those_that_the_table_declares(name):
    info, _ = traced(PAGES[name]().eval(), NETWORKS[name].side)
    assert info == NETWORKS[name].layer_infos


def test_activations_belong_to_the_layer_before_them_however_they_are_written():
    flow = Flow(
        lambda m, x: m.d(m.c(m.b(m.a(x).relu_()).tanh().flatten(1)).sigmoid()),
        a=nn.Conv2d(1, 2, 5),
        b=nn.Conv2d(2, 3, 24),
        c=nn.Linear(3, 4),
        d=nn.Linear(4, 10),
    )
    info, given = traced(flow)
    assert [(one.name, one.kind) for one in info] == [
        ("C1", "convolution 5 × 5, ReLU"),
        ("C2", "convolution 24 × 24, tanh"),
        ("F3", "fully connected, sigmoid"),
        ("output", "fully connected"),
    ]
    assert [(one.low, one.high) for one in info] == [(0, None), (-1, 1), (0, 1), (None, None)]
    assert [one.shape for one in info] == [(2, 24, 24), (3,), (4,), (10,)]
    assert float(given["C1"].min()) == 0 and float(given["C2"].abs().max()) <= 1


def test_what_a_layer_gave_is_what_its_module_gives():
    module = PAGES["lenet5"]().eval()
    _, given = traced(module, n=3)
    x = torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(2))
    for name, until in (("C1", 2), ("S2", 3), ("C3", 5), ("S4", 6), ("F6", 11), ("output", 12)):
        torch.testing.assert_close(given[name], module.net[:until](x))
    torch.testing.assert_close(given["C5"], module.net[:8](x).flatten(1))


def test_a_softmax_at_the_end_leaves_the_logits():
    linear = nn.Linear(784, 10)
    for end in (
        nn.Softmax(1),
        nn.LogSoftmax(1),
        lambda x: x.softmax(1),
        lambda x: (F.softmax(x, dim=1), x),
        lambda x: {"shares": torch.softmax(x, 1)},
    ):
        info, given = traced(Flow(lambda m, x, end=end: end(m.last(x.flatten(1))), last=linear))
        x = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(2))
        torch.testing.assert_close(given["output"], linear(x.flatten(1)))
        assert [one.kind for one in info] == ["fully connected"] and info[0].parameters == 7850


def test_strides_paddings_and_dilations_make_the_receptive_field():
    info, given = traced(
        fed_forward(
            nn.Conv2d(1, 4, 3, stride=2, padding=1),
            nn.Hardsigmoid(),
            nn.MaxPool2d(3, stride=2, padding=1),
            nn.Conv2d(4, 4, 3, dilation=2, padding="same", groups=4),
            nn.BatchNorm2d(4),
            nn.SiLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(4, 10),
        )
    )
    assert [(one.name, one.receptive_field, one.stride, one.start) for one in info] == [
        ("C1", 3, 2, -1),
        ("S2", 7, 4, -3),
        ("C3", 23, 4, -11),
        ("S4", 47, 1, -11),
        ("output", 47, 1, 0),
    ]
    assert info[2].kind == "convolution 3 × 3, batch norm, silu" and info[2].parameters == 40 + 8
    assert info[2].connections == ((0,), (1,), (2,), (3,)) and info[0].high == 1.0 == info[1].high
    torch.testing.assert_close(given["S4"], given["C3"].mean((2, 3)))


def test_a_unit_sees_what_its_traced_info_say():
    network = fed_forward(
        nn.Conv2d(1, 2, 3, stride=2, padding=1), nn.Tanh(), nn.AvgPool2d(3, 2), nn.Flatten()
    )
    info, _ = traced(nn.Sequential(*network, nn.Linear(72, 10)).eval())
    x = torch.rand(1, 1, 28, 28).requires_grad_()
    network[:3](x)[0, :, 2, 3].sum().backward()
    touched = x.grad[0, 0].nonzero()
    left, top, right, bottom = info[1].field(2, 3, 28)
    assert (touched.min(0).values.tolist(), (touched.max(0).values + 1).tolist()) == (
        [top, left],
        [bottom, right],
    )


def test_products_written_out_are_full_connections():
    class Written(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.w, self.b = nn.Parameter(torch.rand(784, 5)), nn.Parameter(torch.rand(5))
            self.v = nn.Parameter(torch.rand(5, 10))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return 1.7159 * torch.tanh((x.reshape(len(x), -1) @ self.w + self.b) * 2 / 3) @ self.v

    info, given = traced(Written())
    assert [(one.name, one.kind, one.parameters) for one in info] == [
        ("F1", "fully connected, tanh", 3925),
        ("output", "fully connected", 50),
    ]
    # What the activation is scaled by afterwards is in what is shown, and its range is not known.
    assert float(given["F1"].max()) == pytest.approx(1.7159, abs=1e-3) and info[0].high is None


def test_ways_that_part_and_meet_again_keep_the_newest_layer():
    flow = Flow(
        lambda m, x: m.out((m.b(m.a(x)) + m.a(x)).flatten(1)),
        a=nn.Conv2d(1, 2, 3, padding=1),
        b=nn.Conv2d(2, 2, 3, padding=1),
        out=nn.Linear(1568, 10),
    )
    info, _ = traced(flow)
    assert info[-1].name == "output" and info[-1].shape == (10,) and len(info) == 4


def test_maps_of_different_convolutions_that_are_joined_are_one_layer():
    flow = Flow(
        lambda m, x: m.out(F.relu(torch.cat([m.a(x), m.b(x)], 1)).flatten(1)),
        a=nn.Conv2d(1, 2, 3, padding=1),
        b=nn.Conv2d(1, 3, 5, padding=2),
        out=nn.Linear(3920, 10),
    )
    info, _ = traced(flow)
    assert [(one.name, one.shape, one.parameters) for one in info] == [
        ("C1", (5, 28, 28), 20 + 78),
        ("output", (10,), 39210),
    ]
    assert (info[0].receptive_field, info[0].start, info[0].connections) == (5, -2, ())


def test_logits_that_no_known_layer_gives_are_a_layer_of_their_own():
    info, given = traced(Flow(lambda m, x: m.a(x).mean((2, 3)), a=nn.Conv2d(1, 10, 3)))
    assert [(one.name, one.shape) for one in info] == [("C1", (10, 26, 26)), ("output", (10,))]
    torch.testing.assert_close(given["output"], given["C1"].mean((2, 3)))
    info, _ = traced(Flow(lambda m, x: torch.zeros(1, 10)))
    assert [(one.name, one.shape, one.parameters) for one in info] == [("output", (10,), 0)]


def test_layers_that_do_not_lead_to_the_logits_are_left_out():
    flow = Flow(
        lambda m, x: (m.out(x.flatten(1)), m.beside(x)),
        out=nn.Linear(784, 10),
        beside=nn.Conv2d(1, 3, 3),
    )
    assert [one.name for one in traced(flow)[0]] == ["output"]


def sees(module: nn.Module, row: int, column: int) -> tuple[int, int, int, int]:
    """The first and last pixel, by rows and columns, that a unit of the maps changes with."""
    x = torch.rand(1, 1, 28, 28).requires_grad_()
    module(x)[0, :, row, column].sum().backward()
    touched = x.grad[0, 0].nonzero()
    low, high = touched.min(0).values.tolist(), (touched.max(0).values + 1).tolist()
    return low[1], low[0], high[1], high[0]


@pytest.mark.parametrize(
    ("between", "words", "after"),
    [
        (nn.ConvTranspose2d(4, 6, 2, stride=2), "transposed convolution 2 × 2", (7, 3, -1)),
        (nn.ConvTranspose2d(4, 6, 4, 2, 1), "transposed convolution 4 × 4", (9, 3, -3)),
        (nn.Upsample(scale_factor=2), "upsampling", (7, 3, -1)),
        (nn.Upsample(scale_factor=2, mode="bilinear"), "upsampling", (11, 3, -3)),
    ],
)
def test_what_has_more_units_than_before_leaves_its_neighbours_as_they_are(between, words, after):
    before = nn.Conv2d(1, 4, 3, stride=2, padding=1)
    channels = 6 if isinstance(between, nn.ConvTranspose2d) else 4
    last = nn.Conv2d(channels, 8, 5, stride=3)
    network = fed_forward(before, between, last, nn.Flatten(), nn.Linear(512, 10))
    info, given = traced(network)
    assert [one.name for one in info] == ["C1", "L2", "C3", "output"]
    assert info[1].kind == words and info[1].layer_kind is LayerKind.OTHER
    assert given["L2"].shape[-1] == 28 and info[0].receptive_field == 3
    assert (info[2].receptive_field, info[2].stride, info[2].start) == after
    left, top, right, bottom = info[2].field(2, 4, 28)
    seen = sees(network[:3], 2, 4)
    assert left <= seen[0] and top <= seen[1] and right >= seen[2] and bottom >= seen[3]


def test_where_units_are_closer_than_pixels_what_is_seen_is_not_known():
    info, _ = traced(
        fed_forward(
            nn.ConvTranspose2d(1, 2, 2, stride=2),
            nn.Conv2d(2, 3, 5),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(3 * 26 * 26, 10),
        )
    )
    assert info[0].kind.endswith("whose units may each see all of the input")
    assert [one.name for one in info] == ["L1", "C2", "S3", "output"]
    for one in info[:3]:
        assert one.field(7, 9, 28) == (0, 0, 28, 28)


def test_sampling_and_attention_are_layers_and_end_what_is_known_of_fields():
    class Turned(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = nn.Conv2d(1, 2, 3), nn.Conv2d(2, 3, 3)
            self.attend = nn.MultiheadAttention(24, 2, batch_first=True)
            self.out = nn.Linear(3 * 24 * 24, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            x = self.a(x)
            grid = F.affine_grid(torch.eye(2, 3)[None].repeat(len(x), 1, 1), list(x.shape), False)
            x = self.b(F.grid_sample(x, grid, align_corners=False))
            tokens = x.flatten(1, 2)
            return self.out(self.attend(tokens, tokens, tokens)[0].flatten(1))

    info, _ = traced(Turned().eval())
    assert [(one.name, one.kind.partition(",")[0]) for one in info] == [
        ("C1", "convolution 3 × 3"),
        ("L2", "grid sampling"),
        ("C3", "convolution 3 × 3"),
        ("L4", "attention"),
        ("output", "fully connected"),
    ]
    assert info[0].field(1, 1, 28) == (1, 1, 4, 4) and info[2].field(1, 1, 28) == (0, 0, 28, 28)


def test_paper_put_around_maps_beforehand_is_seen_like_padding():
    info, _ = traced(
        fed_forward(nn.ZeroPad2d(2), nn.Conv2d(1, 2, 5), nn.Flatten(), nn.Linear(2 * 784, 10))
    )
    assert (info[0].receptive_field, info[0].start) == (5, -2)
