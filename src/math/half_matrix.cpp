#include "math/half_matrix.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "math/half_kernels.h"
#include "math/half_types.h"

namespace inkling::math {
namespace {

bool is_fp16(MatrixPath path) {
  return path == MatrixPath::kScalarFp16 || path == MatrixPath::kAvx512Fp16;
}

void multiply(MatrixPath path, const half::VectorTask& task) {
  switch (path) {
    case MatrixPath::kScalarFp16:
      return half::vector_scalar_fp16(task);
    case MatrixPath::kScalarBf16:
      return half::vector_scalar_bf16(task);
    case MatrixPath::kScalarWideBf16:
      return half::vector_scalar_wide_bf16(task);
    case MatrixPath::kWideBf16:
      return half::vector_wide_bf16(task);
    case MatrixPath::kAvx512Bf16:
      return half::vector_avx512_bf16(task);
    case MatrixPath::kAvx512Fp16:
      return half::vector_avx512_fp16(task);
  }
}

}  // namespace

HalfMatrix::HalfMatrix(MatrixPath path, std::span<const float> w, std::span<const float> bias, std::size_t outputs,
                       std::size_t inputs)
    : path_(path), outputs_(outputs), inputs_(inputs), panels_(panels_lines(outputs, inputs)) {
  assert(is_available(path) && w.size() == outputs * inputs && (bias.empty() || bias.size() == outputs));
  bias_.resize((outputs + kPanelColumns - 1) / kPanelColumns * kPanelColumns);
  std::ranges::copy(bias, bias_.begin());
  const std::size_t panel_lines = panels_lines(kPanelColumns, inputs);
  for (std::size_t j = 0; j < outputs; ++j) {
    HalfLine* panel = panels_.data() + j / kPanelColumns * panel_lines;
    for (std::size_t t = 0; t < inputs; ++t) {
      const float weight = w[j * inputs + t];
      panel[t / 2].values[j % kPanelColumns * 2 + t % 2] = is_fp16(path) ? to_fp16(weight) : to_bf16(weight);
    }
  }
}

void HalfMatrix::times(std::span<const float> x, std::span<float> y) const {
  assert(x.size() == inputs_ && y.size() == outputs_);
  const std::size_t whole = outputs_ / kPanelColumns;
  const half::VectorTask task{panels_.data(), depth_lines(inputs_), whole, x.data(), inputs_, bias_.data(), y.data()};
  multiply(path_, task);
  const std::size_t done = whole * kPanelColumns;
  if (done == outputs_) return;
  std::array<float, kPanelColumns> last;
  half::VectorTask rest = task;
  rest.panels += done * task.depth;
  rest.count = 1;
  rest.start += done;
  rest.y = last.data();
  multiply(path_, rest);
  std::copy_n(last.begin(), outputs_ - done, y.begin() + static_cast<std::ptrdiff_t>(done));
}

}  // namespace inkling::math
