#include "nn/reduced_product.h"

#include <cassert>

namespace inkling::nn {

ReducedProduct::ReducedProduct(math::ProductPath path, std::size_t depth, std::size_t columns)
    : path_(path), depth_(depth), columns_(columns), panels_(math::panels_lines(columns, depth)) {}

ReducedProduct ReducedProduct::from_rows(math::ProductPath path, std::span<const float> values, std::size_t columns) {
  ReducedProduct product(path, values.size() / columns, columns);
  (void)math::to_panels_nn(values, columns, product.depth_, product.panels_);
  return product;
}

ReducedProduct ReducedProduct::from_columns(math::ProductPath path, std::span<const float> values,
                                            std::size_t columns) {
  ReducedProduct product(path, values.size() / columns, columns);
  (void)math::to_panels_nt(values, columns, product.depth_, product.panels_);
  return product;
}

void ReducedProduct::forward(std::span<const float> a, std::span<const float> bias, std::span<float> c,
                             std::span<math::HalfLine> lines) const {
  const std::size_t rows = c.size() / columns_;
  assert(a.size() == rows * depth_ && lines.size() >= lines_size(rows));
  forward_lines(math::to_rows(a, rows, depth_, lines).lines, bias, c);
}

void ReducedProduct::forward_lines(std::span<const math::HalfLine> a, std::span<const float> bias,
                                   std::span<float> c) const {
  const std::size_t rows = c.size() / columns_;
  math::half_product(path_, {a, rows, depth_}, {panels_, columns_, depth_}, bias, c, math::Output::kReplace);
}

}  // namespace inkling::nn
