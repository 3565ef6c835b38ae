"""PyTorch's operations by the names that a watched pass sees them under, and what each makes of a
layer."""

from __future__ import annotations

from digitpad.core.results import LayerKind

NORMS = ("batch_norm", "group_norm", "instance_norm", "layer_norm")
PRODUCTS = ("matmul", "mm", "rmatmul")
JOINT_PRODUCTS = (*PRODUCTS, "bmm", "einsum")
ARITHMETIC = (
    "add",
    "sub",
    "rsub",
    "mul",
    "div",
    "true_divide",
    "neg",
    "square",
    "clamp",
    "iadd",
    "imul",
    "radd",
    "rmul",
)
PADDINGS = ("pad", "constant_pad_nd")
# What is a layer of its own, of no kind that is shown otherwise than by its numbers. Of those in
# PLACED it is known what a unit sees.
UNPLACED = {
    "grid_sample": "grid sampling",
    "lstm": "LSTM",
    "gru": "GRU",
    "rnn_tanh": "recurrent",
    "rnn_relu": "recurrent",
    "multi_head_attention_forward": "attention",
    "native_multi_head_attention": "attention",
    "scaled_dot_product_attention": "attention",
    "transformer_encoder_layer_fwd": "attention",
    "bilinear": "bilinear",
    "conv1d": "convolution in one dimension",
    "conv3d": "convolution in three dimensions",
    "conv_transpose1d": "transposed convolution in one dimension",
    "conv_transpose3d": "transposed convolution in three dimensions",
    "pixel_shuffle": "pixel shuffle",
    "unfold": "patches",
    "fft2": "Fourier transform",
    "rfft2": "Fourier transform",
}
PLACED = {
    "conv_transpose2d": "transposed convolution",
    "interpolate": "upsampling",
    "upsample": "upsampling",
}
PRODUCT_ARGUMENTS = ("input", "weight", "bias", "stride", "padding", "dilation", "groups")
TRANSPOSED_ARGUMENTS = (
    "input",
    "weight",
    "bias",
    "stride",
    "padding",
    "output_padding",
    "groups",
    "dilation",
)
UPSAMPLING_ARGUMENTS = ("input", "size", "scale_factor", "mode", "align_corners")
POOLING_ARGUMENTS = ("input", "kernel_size", "stride", "padding")
MAX = ("max pooling", LayerKind.POOLING_MAX)
AVERAGE = ("average pooling", LayerKind.POOLING_AVERAGE)
POOLINGS = {
    "max_pool2d": MAX,
    "max_pool2d_with_indices": MAX,
    "adaptive_max_pool2d": MAX,
    "avg_pool2d": AVERAGE,
    "adaptive_avg_pool2d": AVERAGE,
}
