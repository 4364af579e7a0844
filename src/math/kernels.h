// One table of all kernels, so that a caller chooses scalar or SIMD once, by handing over a table, and no global
// switch exists: the same layer can run both ways at the same time (tests and benches do).
//
// scalar_kernels() points at math::reference::*, simd_kernels() at math::*. The SIMD entries choose the best
// instruction set of the machine at run time (one atomic load and an indirect call each). Contracts of the entries:
// vector_ops.h, product.h, activation.h, cached_attention.h, recurrence.h, recurrence_many.h, lane_layer.h. Lifetime:
// both tables live for ever; hold them by pointer or reference. Thread safety: immutable. Results of the SIMD table
// may differ between machines in the last bits (lanes change the order of summation); those of the scalar table
// follow the standard library's exp and tanh.
#pragma once

#include "math/activation.h"
#include "math/cached_attention.h"
#include "math/fold_steps.h"
#include "math/lane_layer.h"
#include "math/product.h"
#include "math/recurrence.h"
#include "math/recurrence_many.h"
#include "math/vector_ops.h"

namespace inkling::math {

struct Kernels {
  const char* name;  // "scalar" or "simd"

  decltype(&math::dot) dot;
  decltype(&math::scale) scale;
  decltype(&math::add) add;
  decltype(&math::multiply) multiply;
  decltype(&math::scale_rows) scale_rows;
  decltype(&math::column_sums) column_sums;
  decltype(&math::column_dots) column_dots;
  decltype(&math::transpose) transpose;

  decltype(&math::product) product;
  decltype(&math::packed_product) packed_product;

  decltype(&math::exp) exp;
  decltype(&math::tanh) tanh;
  decltype(&math::sigmoid) sigmoid;
  decltype(&math::relu) relu;
  decltype(&math::softmax_rows) softmax_rows;
  decltype(&math::exp_rows) exp_rows;
  decltype(&math::tanh_dots) tanh_dots;

  decltype(&math::cached_attention_rows) cached_attention_rows;
  decltype(&math::cached_attention_sums) cached_attention_sums;
  decltype(&math::add_weighed_dots) add_weighed_dots;
  decltype(&math::row_dots) row_dots;
  decltype(&math::tanh_dots_of_exps) tanh_dots_of_exps;

  decltype(&math::gru_steps) gru_steps;
  decltype(&math::lstm_steps) lstm_steps;
  decltype(&math::gru_steps_many) gru_steps_many;

  decltype(&math::lane_layer) lane_layer;
  decltype(&math::gate_lanes) gate_lanes;
  decltype(&math::fold_columns) fold_columns;
};

[[nodiscard]] const Kernels& scalar_kernels();
[[nodiscard]] const Kernels& simd_kernels();

}  // namespace inkling::math
