#include "nn/weight.h"

#include <string>

namespace inkling::nn {
namespace {

std::string shape_text(std::size_t rows, std::size_t cols) {
  return "[" + std::to_string(rows) + " x " + std::to_string(cols) + "]";
}

std::string wrong(const Weight& weight, const std::string& what) {
  return "tensor \"" + std::string(weight.name) + "\" " + what;
}

}  // namespace

base::Status check_filled(const Weight& weight) {
  if (weight.rows == 0 || weight.cols == 0) {
    return base::invalid_input(wrong(weight, "has the empty shape " + shape_text(weight.rows, weight.cols) +
                                                 ", but needs at least one row and one column"));
  }
  // Compared by division, because rows * cols of a damaged file may overflow.
  if (weight.values.size() / weight.cols != weight.rows || weight.values.size() % weight.cols != 0) {
    return base::invalid_input(wrong(weight, "holds " + std::to_string(weight.values.size()) +
                                                 " numbers, which do not fill its shape " +
                                                 shape_text(weight.rows, weight.cols)));
  }
  return {};
}

base::Status check_shape(const Weight& weight, std::size_t rows, std::size_t cols) {
  if (weight.rows != rows || weight.cols != cols) {
    return base::invalid_input(
        wrong(weight, "has shape " + shape_text(weight.rows, weight.cols) + ", expected " + shape_text(rows, cols)));
  }
  return check_filled(weight);
}

base::Status check_slope(float slope) {
  if (slope >= 0.0f && slope <= 1.0f) return {};
  return base::invalid_input("leaky ReLU has the slope " + std::to_string(slope) + ", expected 0 to 1");
}

}  // namespace inkling::nn
