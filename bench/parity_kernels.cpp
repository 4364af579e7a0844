#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "base/core/random.h"
#include "bench/parity.h"
#include "hwy/targets.h"
#include "math/kernels.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Random;
using math::Kernels;
using math::Output;
using math::ProductShape;

// 0, 1, every vector width from 4 to 16 floats less one, itself and plus one, and one that fills many and leaves
// some.
constexpr std::array<std::size_t, 12> kLengths = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 1027};
constexpr std::array<std::size_t, 3> kOffsets = {0, 1, 3};  // floats past an aligned address

// Random floats in -2..2 that start `offset` floats into a buffer, between guards that no kernel may touch.
class Floats {
 public:
  Floats(std::size_t size, std::size_t offset, Random& random) : begin_(kGuards + offset), size_(size) {
    buffer_.assign(begin_ + size + kGuards, kGuard);
    for (float& value : span()) value = static_cast<float>(random.uniform(-2, 2));
  }
  [[nodiscard]] std::span<float> span() { return std::span(buffer_).subspan(begin_, size_); }
  [[nodiscard]] bool intact() const {
    for (std::size_t i = 0; i < buffer_.size(); ++i) {
      if ((i < begin_ || i >= begin_ + size_) && buffer_[i] != kGuard) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t kGuards = 32;
  static constexpr float kGuard = 12345.0F;
  std::size_t begin_;
  std::size_t size_;
  std::vector<float> buffer_;
};

// How one call of a kernel differs from its reference.
struct Trial {
  double error = 0;
  bool intact = true;

  // Of outputs: a part of each value, or of `magnitude` where the value is smaller.
  void judge(Floats& found, Floats& expected, double magnitude = 1) {
    const auto a = found.span(), b = expected.span();
    for (std::size_t i = 0; i < a.size(); ++i) {
      const double unit = std::max(magnitude, std::abs(static_cast<double>(b[i])));
      const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])) / unit;
      error = std::isnan(difference) ? INFINITY : std::max(error, difference);
    }
    intact = intact && found.intact();
  }
};

struct Place {
  std::size_t length, offset;
  Random& random;
  [[nodiscard]] Floats floats(std::size_t size) const { return {size, offset, random}; }
};

// The mean magnitude of a product of two of our random floats is 1; a sum of `terms` of them has about `terms`.
double sum_magnitude(std::size_t terms) {
  return static_cast<double>(std::max<std::size_t>(terms, 1));
}

Trial try_dot(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats a = at.floats(at.length), b = at.floats(at.length), found = at.floats(1), expected = found;
  found.span()[0] = fast.dot(a.span(), b.span());
  expected.span()[0] = plain.dot(a.span(), b.span());
  Trial trial;
  trial.judge(found, expected, sum_magnitude(at.length));
  return trial;
}

template <Kernels::Scaling Kernels::*kEntry>
Trial try_scaling(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats x = at.floats(at.length), found = at.floats(at.length), expected = found;
  (fast.*kEntry)(0.75F, x.span(), found.span());
  (plain.*kEntry)(0.75F, x.span(), expected.span());
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

template <Kernels::Binary Kernels::*kEntry>
Trial try_binary(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats a = at.floats(at.length), b = at.floats(at.length), found = at.floats(at.length), expected = found;
  (fast.*kEntry)(a.span(), b.span(), found.span());
  (plain.*kEntry)(a.span(), b.span(), expected.span());
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

template <Kernels::Unary Kernels::*kEntry>
Trial try_unary(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats x = at.floats(at.length), found = at.floats(at.length), expected = found;
  for (float& value : x.span()) value *= 10;  // into the tails of the curves
  (fast.*kEntry)(x.span(), found.span());
  (plain.*kEntry)(x.span(), expected.span());
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

Trial try_softmax(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats found = at.floats(at.length);
  for (float& value : found.span()) value *= 10;
  Floats expected = found;
  fast.softmax(found.span());
  plain.softmax(expected.span());
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

Trial try_matrix_vector(const Kernels& fast, const Kernels& plain, const Place& at) {
  Trial trial;
  for (const auto& [rows, columns] : {std::pair{at.length, std::size_t{17}}, std::pair{std::size_t{5}, at.length}}) {
    Floats w = at.floats(rows * columns), bias = at.floats(rows), x = at.floats(columns), found = at.floats(rows);
    Floats expected = found;
    fast.matrix_vector(w.span(), bias.span(), x.span(), found.span());
    plain.matrix_vector(w.span(), bias.span(), x.span(), expected.span());
    trial.judge(found, expected, sum_magnitude(columns));
  }
  return trial;
}

template <Kernels::Product Kernels::*kEntry>
Trial try_product(const Kernels& fast, const Kernels& plain, const Place& at) {
  Trial trial;
  for (const ProductShape shape : {ProductShape{at.length, 5, 17}, {3, at.length, 33}, {3, 17, at.length}}) {
    for (const Output output : {Output::kReplace, Output::kAdd}) {
      Floats a = at.floats(shape.m * shape.k), b = at.floats(shape.n * shape.k), found = at.floats(shape.m * shape.n);
      Floats expected = found;
      (fast.*kEntry)(a.span(), b.span(), found.span(), shape, output);
      (plain.*kEntry)(a.span(), b.span(), expected.span(), shape, output);
      trial.judge(found, expected, sum_magnitude(shape.k));
    }
  }
  return trial;
}

Trial try_gru_gates(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats input = at.floats(3 * at.length), hidden = at.floats(3 * at.length), state = at.floats(at.length);
  Floats found = at.floats(at.length), expected = found;
  fast.gru_gates(input.span(), hidden.span(), state.span(), found.span());
  plain.gru_gates(input.span(), hidden.span(), state.span(), expected.span());
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

Trial try_lstm_gates(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats input = at.floats(4 * at.length), hidden = at.floats(4 * at.length), state = at.floats(at.length);
  Floats found = at.floats(at.length), cell = at.floats(at.length), expected = found, expected_cell = cell;
  fast.lstm_gates(input.span(), hidden.span(), state.span(), found.span(), cell.span());
  plain.lstm_gates(input.span(), hidden.span(), state.span(), expected.span(), expected_cell.span());
  Trial trial;
  trial.judge(found, expected);
  trial.judge(cell, expected_cell);
  return trial;
}

struct Kernel {
  const char* name;
  Trial (*attempt)(const Kernels& fast, const Kernels& plain, const Place& at);
};
constexpr std::array<Kernel, 15> kKernels = {{{"dot", try_dot},
                                              {"axpy", try_scaling<&Kernels::axpy>},
                                              {"scale", try_scaling<&Kernels::scale>},
                                              {"add", try_binary<&Kernels::add>},
                                              {"multiply", try_binary<&Kernels::multiply>},
                                              {"matrix_vector", try_matrix_vector},
                                              {"product_nt", try_product<&Kernels::product_nt>},
                                              {"product_nn", try_product<&Kernels::product_nn>},
                                              {"exp", try_unary<&Kernels::exp>},
                                              {"tanh", try_unary<&Kernels::tanh>},
                                              {"sigmoid", try_unary<&Kernels::sigmoid>},
                                              {"relu", try_unary<&Kernels::relu>},
                                              {"softmax", try_softmax},
                                              {"gru_gates", try_gru_gates},
                                              {"lstm_gates", try_lstm_gates}}};

Json kernel_row(const Kernel& kernel, std::int64_t instruction_set, std::uint64_t seed) {
  Random random(seed);
  double error = 0;
  bool intact = true;
  std::int64_t calls = 0;
  for (const std::size_t length : kLengths) {
    for (const std::size_t offset : kOffsets) {
      const Trial trial = kernel.attempt(math::simd_kernels(), math::scalar_kernels(), {length, offset, random});
      error = std::max(error, trial.error);
      intact = intact && trial.intact;
      ++calls;
    }
  }
  Json row = Json::object();
  row.set("kernel", kernel.name).set("instruction_set", hwy::TargetName(instruction_set));
  return row.set("cases", calls).set("error", error).set("stays_inside", intact);
}

}  // namespace

Json compare_kernels(std::uint64_t seed) {
  Json rows = Json::array();
  for (const std::int64_t instruction_set : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(instruction_set);
    for (const Kernel& kernel : kKernels) rows.push(kernel_row(kernel, instruction_set, seed));
  }
  hwy::SetSupportedTargetsForTest(0);
  return rows;
}

}  // namespace inkling::bench
