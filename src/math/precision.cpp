#include "math/precision.h"

#include <algorithm>
#include <cassert>

namespace inkling::math {

Precision precision_named(std::string_view name) {
  assert(std::ranges::find(kPrecisionNames, name) != kPrecisionNames.end());
  return name == kPrecisionNames[0] ? Precision::kFloat : Precision::kReduced;
}

Reducible<ReducedPaths> reduced_paths(Precision precision, const Kernels& kernels) {
#if defined(__EMSCRIPTEN__)
  static_cast<void>(precision), static_cast<void>(kernels);
  return std::nullopt;
#else
  if (precision == Precision::kFloat) return std::nullopt;
  if (&kernels == &scalar_kernels()) return ReducedPaths{ProductPath::kScalar, MatrixPath::kScalarBf16};
  const std::optional<ProductPath> product = best_product_path();
  if (!product) return std::nullopt;
  return ReducedPaths{*product, best_matrix_path()};
#endif
}

std::string arithmetic_name(const Reducible<ReducedPaths>& paths, bool reduced_recurrence) {
  if (!paths) return "float";
  const char* recurrence = reduced_recurrence ? path_name(paths->matrix) : "float";
  return std::string(path_name(paths->product)) + " products, " + recurrence + " recurrence";
}

}  // namespace inkling::math
