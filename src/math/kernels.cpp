#include "math/kernels.h"

#include "math/activation.h"
#include "math/gates.h"
#include "math/vector_ops.h"

namespace inkling::math {
namespace {

constexpr Kernels kScalar{
    .name = "scalar",
    .dot = reference::dot,
    .axpy = reference::axpy,
    .scale = reference::scale,
    .add = reference::add,
    .multiply = reference::multiply,
    .matrix_vector = reference::matrix_vector,
    .product_nt = reference::product_nt,
    .product_nn = reference::product_nn,
    .exp = reference::exp,
    .tanh = reference::tanh,
    .sigmoid = reference::sigmoid,
    .relu = reference::relu,
    .softmax = reference::softmax,
    .gru_gates = reference::gru_gates,
    .lstm_gates = reference::lstm_gates,
};

constexpr Kernels kSimd{
    .name = "simd",
    .dot = math::dot,
    .axpy = math::axpy,
    .scale = math::scale,
    .add = math::add,
    .multiply = math::multiply,
    .matrix_vector = math::matrix_vector,
    .product_nt = math::product_nt,
    .product_nn = math::product_nn,
    .exp = math::exp,
    .tanh = math::tanh,
    .sigmoid = math::sigmoid,
    .relu = math::relu,
    .softmax = math::softmax,
    .gru_gates = math::gru_gates,
    .lstm_gates = math::lstm_gates,
};

}  // namespace

const Kernels& scalar_kernels() {
  return kScalar;
}
const Kernels& simd_kernels() {
  return kSimd;
}

}  // namespace inkling::math
