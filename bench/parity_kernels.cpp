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
using math::PackedGates;
using math::PackedMatrix;
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

Trial try_scale(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats x = at.floats(at.length), found = at.floats(at.length), expected = found;
  fast.scale(0.75F, x.span(), found.span());
  plain.scale(0.75F, x.span(), expected.span());
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

template <auto kEntry>
Trial try_binary(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats a = at.floats(at.length), b = at.floats(at.length), found = at.floats(at.length), expected = found;
  (fast.*kEntry)(a.span(), b.span(), found.span());
  (plain.*kEntry)(a.span(), b.span(), expected.span());
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

template <auto kEntry>
Trial try_unary(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats x = at.floats(at.length), found = at.floats(at.length), expected = found;
  for (float& value : x.span()) value *= 10;  // into the tails of the curves
  (fast.*kEntry)(x.span(), found.span());
  (plain.*kEntry)(x.span(), expected.span());
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

constexpr std::size_t kRows = 5;  // of kernels that walk rows

Trial try_scale_rows(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats factors = at.floats(kRows), x = at.floats(kRows * at.length), found = x, expected = x;
  fast.scale_rows(factors.span(), x.span(), found.span());
  plain.scale_rows(factors.span(), x.span(), expected.span());
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

Trial try_column_sums(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats x = at.floats(kRows * (at.length + 2)), found = at.floats(at.length), expected = found;
  fast.column_sums(x.span(), at.length + 2, found.span());
  plain.column_sums(x.span(), at.length + 2, expected.span());
  Trial trial;
  trial.judge(found, expected, sum_magnitude(kRows));
  return trial;
}

Trial try_column_dots(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats a = at.floats(kRows * at.length), b = at.floats(kRows * at.length), found = at.floats(at.length);
  Floats expected = found;
  fast.column_dots(a.span(), b.span(), found.span());
  plain.column_dots(a.span(), b.span(), expected.span());
  Trial trial;
  trial.judge(found, expected, sum_magnitude(kRows));
  return trial;
}

Trial try_transpose(const Kernels& fast, const Kernels& plain, const Place& at) {
  Trial trial;
  for (const auto& [rows, columns] : {std::pair{at.length, std::size_t{9}}, std::pair{std::size_t{9}, at.length}}) {
    Floats x = at.floats(rows * columns), found = at.floats(columns * (rows + 1)), expected = found;
    fast.transpose(x.span(), columns, found.span(), rows + 1);
    plain.transpose(x.span(), columns, expected.span(), rows + 1);
    trial.judge(found, expected);
  }
  return trial;
}

Trial try_softmax_rows(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats found = at.floats(kRows * (at.length + 2));
  for (float& value : found.span()) value *= 10;
  Floats expected = found;
  fast.softmax_rows(found.span(), at.length, at.length + 2);
  plain.softmax_rows(expected.span(), at.length, at.length + 2);
  Trial trial;
  trial.judge(found, expected);
  return trial;
}

Trial try_exp_rows(const Kernels& fast, const Kernels& plain, const Place& at) {
  Trial trial;
  if (at.length == 0) return trial;
  Floats found = at.floats(kRows * (at.length + 2)), factors = at.floats(kRows), expected_factors = factors;
  for (float& value : found.span()) value *= 10;
  Floats expected = found;
  fast.exp_rows(found.span(), at.length, at.length + 2, factors.span());
  plain.exp_rows(expected.span(), at.length, at.length + 2, expected_factors.span());
  trial.judge(found, expected);
  trial.judge(factors, expected_factors);
  return trial;
}

Trial try_tanh_dots(const Kernels& fast, const Kernels& plain, const Place& at) {
  Floats rows = at.floats(kRows * at.length), weights = at.floats(at.length), found = at.floats(kRows);
  Floats expected = found;
  fast.tanh_dots(rows.span(), weights.span(), found.span());
  plain.tanh_dots(rows.span(), weights.span(), expected.span());
  Trial trial;
  trial.judge(found, expected, sum_magnitude(at.length));
  return trial;
}

Trial try_product(const Kernels& fast, const Kernels& plain, const Place& at) {
  Trial trial;
  for (const ProductShape shape : {ProductShape{at.length, 5, 17}, {3, at.length, 33}, {3, 17, at.length}}) {
    Floats a = at.floats(shape.m * shape.k), b = at.floats(shape.n * shape.k), found = at.floats(shape.m * shape.n);
    Floats expected = found;
    fast.product(a.span(), b.span(), found.span(), shape);
    plain.product(a.span(), b.span(), expected.span(), shape);
    trial.judge(found, expected, sum_magnitude(shape.k));
  }
  return trial;
}

Trial try_packed_product(const Kernels& fast, const Kernels& plain, const Place& at) {
  Trial trial;
  const std::size_t length = std::max<std::size_t>(at.length, 1);  // a package has no empty matrices
  for (const ProductShape shape : {ProductShape{at.length, 5, 17}, {3, length, 33}, {6, 17, length}}) {
    Floats a = at.floats(shape.m * shape.k), b = at.floats(shape.n * shape.k), bias = at.floats(shape.n);
    const auto packed = PackedMatrix::from_rows(b.span(), shape.n);
    for (const Output output : {Output::kReplace, Output::kAdd}) {
      Floats found = at.floats(shape.m * shape.n), expected = found;
      const auto added = output == Output::kAdd ? std::span<float>() : bias.span();
      fast.packed_product(a.span(), packed, added, found.span(), output);
      plain.packed_product(a.span(), packed, added, expected.span(), output);
      trial.judge(found, expected, sum_magnitude(shape.k));
    }
  }
  return trial;
}

// Recurrent weights small enough for a state that neither saturates nor explodes, three steps.
struct Steps {
  Steps(std::size_t gates, const Place& at)
      : size(std::clamp<std::size_t>(at.length, 1, 67)),
        weights(at.floats(gates * size * size)),
        projected(at.floats(3 * gates * size)),
        state(at.floats(size)),
        bias(at.floats(size)),
        found(at.floats(3 * size)),
        expected(found) {
    for (float& value : weights.span()) value /= std::sqrt(static_cast<float>(size));
  }
  std::size_t size;
  Floats weights, projected, state, bias, found, expected;
};

Trial try_gru_steps(const Kernels& fast, const Kernels& plain, const Place& at) {
  Steps steps(3, at);
  const PackedGates packed(steps.weights.span(), 3, steps.size);
  const auto run = [&](const Kernels& kernels, Floats& rows) {
    kernels.gru_steps(packed, steps.bias.span(), steps.projected.span(), steps.state.span(), rows.span());
  };
  run(fast, steps.found);
  run(plain, steps.expected);
  Trial trial;
  trial.judge(steps.found, steps.expected);
  return trial;
}

Trial try_lstm_steps(const Kernels& fast, const Kernels& plain, const Place& at) {
  Steps steps(4, at);
  const PackedGates packed(steps.weights.span(), 4, steps.size);
  Floats cell = steps.bias, expected_cell = cell;
  fast.lstm_steps(packed, steps.projected.span(), steps.state.span(), cell.span(), steps.found.span());
  plain.lstm_steps(packed, steps.projected.span(), steps.state.span(), expected_cell.span(), steps.expected.span());
  Trial trial;
  trial.judge(steps.found, steps.expected);
  trial.judge(cell, expected_cell);
  return trial;
}

struct Kernel {
  const char* name;
  Trial (*attempt)(const Kernels& fast, const Kernels& plain, const Place& at);
};
constexpr std::array<Kernel, 19> kKernels = {{{"dot", try_dot},
                                              {"scale", try_scale},
                                              {"add", try_binary<&Kernels::add>},
                                              {"multiply", try_binary<&Kernels::multiply>},
                                              {"scale_rows", try_scale_rows},
                                              {"column_sums", try_column_sums},
                                              {"column_dots", try_column_dots},
                                              {"transpose", try_transpose},
                                              {"product", try_product},
                                              {"packed_product", try_packed_product},
                                              {"exp", try_unary<&Kernels::exp>},
                                              {"tanh", try_unary<&Kernels::tanh>},
                                              {"sigmoid", try_unary<&Kernels::sigmoid>},
                                              {"relu", try_unary<&Kernels::relu>},
                                              {"softmax_rows", try_softmax_rows},
                                              {"exp_rows", try_exp_rows},
                                              {"tanh_dots", try_tanh_dots},
                                              {"gru_steps", try_gru_steps},
                                              {"lstm_steps", try_lstm_steps}}};

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
