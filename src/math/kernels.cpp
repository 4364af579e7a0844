#include "math/kernels.h"

#include "math/fold_plain.h"

namespace inkling::math {
namespace {

constexpr Kernels kScalar{
    .name = "scalar",
    .dot = reference::dot,
    .scale = reference::scale,
    .add = reference::add,
    .multiply = reference::multiply,
    .scale_rows = reference::scale_rows,
    .column_sums = reference::column_sums,
    .column_dots = reference::column_dots,
    .transpose = reference::transpose,
    .product = reference::product,
    .packed_product = reference::packed_product,
    .exp = reference::exp,
    .tanh = reference::tanh,
    .sigmoid = reference::sigmoid,
    .relu = reference::relu,
    .softmax_rows = reference::softmax_rows,
    .exp_rows = reference::exp_rows,
    .tanh_dots = reference::tanh_dots,
    .cached_attention_rows = reference::cached_attention_rows,
    .cached_attention_sums = reference::cached_attention_sums,
    .add_weighed_dots = reference::add_weighed_dots,
    .row_dots = reference::row_dots,
    .tanh_dots_of_exps = reference::tanh_dots_of_exps,
    .gru_steps = reference::gru_steps,
    .lstm_steps = reference::lstm_steps,
    .gru_steps_many = reference::gru_steps_many,
    .lane_layer = reference::lane_layer,
    .gate_lanes = reference::gate_lanes,
    .fold_columns = reference::fold_columns<float>,
};

#if defined(__EMSCRIPTEN__)

// Devices follow one shopper and load every byte: vectors only where an event spends its time.
constexpr Kernels device_kernels() {
  Kernels kernels = kScalar;
  kernels.name = "simd";
  kernels.packed_product = math::packed_product;
  kernels.product = math::product;
  kernels.cached_attention_rows = math::cached_attention_rows;
  kernels.cached_attention_sums = math::cached_attention_sums;
  kernels.add_weighed_dots = math::add_weighed_dots;
  kernels.row_dots = math::row_dots;
  kernels.tanh_dots_of_exps = math::tanh_dots_of_exps;
  kernels.gru_steps = math::gru_steps;
  kernels.gru_steps_many = nullptr;  // of many shoppers at once
  kernels.lane_layer = nullptr;      // of many candidates at once, as the next two
  kernels.gate_lanes = nullptr;
  kernels.fold_columns = nullptr;
  return kernels;
}
constexpr Kernels kSimd = device_kernels();

#else

constexpr Kernels kSimd{
    .name = "simd",
    .dot = math::dot,
    .scale = math::scale,
    .add = math::add,
    .multiply = math::multiply,
    .scale_rows = math::scale_rows,
    .column_sums = math::column_sums,
    .column_dots = math::column_dots,
    .transpose = math::transpose,
    .product = math::product,
    .packed_product = math::packed_product,
    .exp = math::exp,
    .tanh = math::tanh,
    .sigmoid = math::sigmoid,
    .relu = math::relu,
    .softmax_rows = math::softmax_rows,
    .exp_rows = math::exp_rows,
    .tanh_dots = math::tanh_dots,
    .cached_attention_rows = math::cached_attention_rows,
    .cached_attention_sums = math::cached_attention_sums,
    .add_weighed_dots = math::add_weighed_dots,
    .row_dots = math::row_dots,
    .tanh_dots_of_exps = math::tanh_dots_of_exps,
    .gru_steps = math::gru_steps,
    .lstm_steps = math::lstm_steps,
    .gru_steps_many = math::gru_steps_many,
    .lane_layer = math::lane_layer,
    .gate_lanes = math::gate_lanes,
    .fold_columns = math::fold_columns,
};

#endif

}  // namespace

const Kernels& scalar_kernels() {
  return kScalar;
}
const Kernels& simd_kernels() {
  return kSimd;
}

}  // namespace inkling::math
