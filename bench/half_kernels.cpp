// How fast reduced precision is on this machine, at the shapes of DIPN's forward pass for one shopper: every
// available path of math/half_product.h and math/half_matrix.h beside the float kernels, interleaved, each answer
// held against one computed in double. Prints a table and, as its last line, one JSON document; fails if an answer is
// wrong.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/random.h"
#include "math/half_gru.h"
#include "math/half_product.h"
#include "math/product.h"
#include "math/recurrence.h"

namespace {

using namespace inkling;
using base::Json;
using math::HalfLine;
using math::MatrixPath;
using math::Output;
using math::ProductPath;

int wrong_answers = 0;

std::vector<float> random_floats(std::size_t count, double reach) {
  static base::Random random(20190804);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.uniform(-reach, reach));
  return values;
}

// One way to compute something: `run` leaves its answer where `answer` looks.
struct Contender {
  std::string name;
  std::function<void()> run;
  const std::vector<float>* answer;
  double tolerance;  // against the exact answer, as a part of its largest entry
  std::vector<double> times_us;
  double error = 0;
};

double time_us(const std::function<void()>& work, int calls) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count() / calls;
}

void judge(Contender& contender, const std::vector<double>& exact) {
  contender.run();
  double largest = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    largest = std::max(largest, std::abs(exact[i]));
    contender.error = std::max(contender.error, std::abs((*contender.answer)[i] - exact[i]));
  }
  contender.error /= largest;
  if (contender.error > contender.tolerance || !std::isfinite(contender.error)) {
    std::printf("WRONG ANSWER: %s errs by %g\n", contender.name.c_str(), contender.error);
    ++wrong_answers;
  }
}

double middle(std::vector<double> values, double part) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

// Interleaved rounds of some 200 us each; medians and the inner half as spread.
void race(Json& rows, const std::string& task, double operations, const std::vector<double>& exact,
          std::vector<Contender> contenders, int rounds) {
  for (Contender& contender : contenders) judge(contender, exact);
  const int calls = std::max(1, static_cast<int>(200 / time_us(contenders[0].run, 3)));
  for (int round = 0; round < rounds; ++round) {
    for (Contender& contender : contenders) contender.times_us.push_back(time_us(contender.run, calls));
  }
  const double first = middle(contenders[0].times_us, 0.5);
  for (const Contender& contender : contenders) {
    const double us = middle(contender.times_us, 0.5);
    const double spread = (middle(contender.times_us, 0.75) - middle(contender.times_us, 0.25)) / us;
    std::printf("%-26s %-24s %9.3f us  +-%2.0f %% %8.0f GF/s %6.2fx  error %.1e\n", task.c_str(),
                contender.name.c_str(), us, 50 * spread, operations / us * 1e-3, first / us, contender.error);
    Json row = Json::object();
    row.set("task", task).set("path", contender.name).set("us", us).set("spread", spread);
    rows.push(row.set("times_float", first / us).set("error", contender.error));
  }
}

// Relative to the largest entry of the result; sums of 64 to 150 random terms with factors off by 2^-9 on average.
constexpr double kBf16Tolerance = 1e-2;
constexpr double kFloatTolerance = 1e-5;

struct Product {
  std::string name;
  math::ProductShape shape;
  bool by_columns;           // B is [n x k], as weights and keys are; else [k x n], as values are
  bool right_is_activation;  // packed anew in every call
};

struct ProductData {
  std::vector<float> a, b, c;
  std::vector<HalfLine> rows, panels;
};

std::vector<double> exact_product(const Product& product, const ProductData& data) {
  const std::size_t m = product.shape.m, n = product.shape.n, k = product.shape.k;
  std::vector<double> exact(m * n, 0.0);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t t = 0; t < k; ++t) {
        exact[i * n + j] +=
            data.a[i * k + t] * static_cast<double>(data.b[product.by_columns ? j * k + t : t * n + j]);
      }
    }
  }
  return exact;
}

math::Bf16Panels pack_right(const Product& product, ProductData& data) {
  const auto pack = product.by_columns ? math::to_panels_nt : math::to_panels_nn;
  return pack(data.b, product.shape.n, product.shape.k, data.panels);
}

std::vector<float> row_major(const math::PackedMatrix& matrix) {
  std::vector<float> rows;
  for (std::size_t t = 0; t < matrix.depth(); ++t) {
    for (std::size_t j = 0; j < matrix.columns(); ++j) rows.push_back(matrix.at(t, j));
  }
  return rows;
}

void race_product(Json& results, const Product& product, int rounds) {
  const std::size_t m = product.shape.m, n = product.shape.n, k = product.shape.k;
  ProductData data{random_floats(m * k, 1), random_floats(n * k, 1), std::vector<float>(m * n),
                   std::vector<HalfLine>(math::rows_lines(m, k)), std::vector<HalfLine>(math::panels_lines(n, k))};
  std::vector<Contender> contenders;
  // As the layers do: weights packed when loading, keys and values as they come (keys turned by whoever made them).
  const math::PackedMatrix packed =
      product.by_columns ? math::PackedMatrix::from_columns(data.b, n) : math::PackedMatrix::from_rows(data.b, n);
  const std::vector<float> right = row_major(packed);
  const auto as_float = [&] {
    if (product.right_is_activation) return math::product(data.a, right, data.c, product.shape);
    math::packed_product(data.a, packed, {}, data.c, Output::kReplace);
  };
  contenders.push_back({"float", as_float, &data.c, kFloatTolerance, {}});
  const math::Bf16Rows rows = math::to_rows(data.a, m, k, data.rows);
  const math::Bf16Panels panels = pack_right(product, data);
  for (const ProductPath path : {ProductPath::kAvx512Bf16, ProductPath::kAmxBf16}) {
    if (!math::is_available(path)) continue;
    const std::string name = math::path_name(path);
    const auto alone = [&, path] { math::half_product(path, rows, panels, {}, data.c, Output::kReplace); };
    const auto whole = [&, path] {
      const math::Bf16Rows fresh = math::to_rows(data.a, m, k, data.rows);
      const math::Bf16Panels fresh_right = product.right_is_activation ? pack_right(product, data) : panels;
      math::half_product(path, fresh, fresh_right, {}, data.c, Output::kReplace);
    };
    contenders.push_back({name, alone, &data.c, kBf16Tolerance, {}});
    contenders.push_back({name + " + rounding", whole, &data.c, kBf16Tolerance, {}});
  }
  const auto operations = static_cast<double>(2 * m * n * k);
  race(results, product.name, operations, exact_product(product, data), contenders, rounds);
}

constexpr std::size_t kHidden = 64;
constexpr std::size_t kSteps = 200;

std::vector<float> bias_of_n() {
  std::vector<float> bias = random_floats(3 * kHidden, 0.125);
  std::fill_n(bias.begin(), 2 * kHidden, 0.0f);
  return bias;
}

struct GruData {
  std::vector<float> w = random_floats(3 * kHidden * kHidden, 0.125);
  std::vector<float> bias = bias_of_n();  // those of r and z are part of the inputs
  std::vector<float> projected = random_floats(kSteps * 3 * kHidden, 2);
  math::PackedGates packed = math::PackedGates(w, 3, kHidden);
  math::PackedMatrix packed_once = math::PackedMatrix::from_columns(w, 3 * kHidden);
  std::vector<float> start = std::vector<float>(kHidden);
  std::vector<float> hidden_rows = std::vector<float>(kSteps * kHidden);
  std::vector<float> scratch = std::vector<float>(3 * kHidden);
  std::vector<float> x = random_floats(kHidden, 1);
  std::vector<float> y = std::vector<float>(3 * kHidden);
};

void race_recurrence(Json& results, int rounds) {
  GruData data;
  std::vector<math::HalfMatrix> matrices;
  for (const MatrixPath path : {MatrixPath::kWideBf16, MatrixPath::kAvx512Bf16, MatrixPath::kAvx512Fp16}) {
    if (math::is_available(path)) matrices.emplace_back(path, data.w, data.bias, 3 * kHidden, kHidden);
  }
  std::vector<Contender> products, sequences;
  const auto float_gru = [&data] {
    math::gru_steps(data.packed, std::span(data.bias).last(kHidden), data.projected, data.start, data.hidden_rows);
  };
  const auto as_float = [&] { math::packed_product(data.x, data.packed_once, data.bias, data.y, Output::kReplace); };
  products.push_back({"float", as_float, &data.y, kFloatTolerance, {}});
  sequences.push_back({"float", float_gru, &data.hidden_rows, kFloatTolerance, {}});
  for (const math::HalfMatrix& matrix : matrices) {
    const auto gru = [&] {
      math::half_gru_steps(matrix, data.projected, data.start, data.hidden_rows, data.scratch);
    };
    const std::string name = math::path_name(matrix.path());
    products.push_back({name, [&] { matrix.times(data.x, data.y); }, &data.y, kBf16Tolerance, {}});
    sequences.push_back({name, gru, &data.hidden_rows, kBf16Tolerance, {}});
  }
  std::vector<double> exact(data.bias.begin(), data.bias.end());
  for (std::size_t i = 0; i < data.w.size(); ++i) {
    exact[i / kHidden] += data.w[i] * static_cast<double>(data.x[i % kHidden]);
  }
  float_gru();
  const std::vector<double> states(data.hidden_rows.begin(), data.hidden_rows.end());
  const auto operations = static_cast<double>(2 * 3 * kHidden * kHidden);
  race(results, "W_hh h, 192 x 64", operations, exact, products, rounds);
  race(results, "GRU, 200 steps", operations * kSteps, states, sequences, rounds);
}

}  // namespace

int main(int count, char** arguments) {
  const bool quick = count == 2 && std::string_view(arguments[1]) == "--quick";
  if (count > 1 && !quick) {
    std::fprintf(stderr, "usage: half_kernels [--quick]\n");
    return 2;
  }
  const int rounds = quick ? 11 : 41;
  const std::vector<Product> products = {
      {"input 100 x 192 x 112", {100, 192, 112}, true, false}, {"input 50 x 192 x 24", {50, 192, 24}, true, false},
      {"input 50 x 192 x 48", {50, 192, 48}, true, false},     {"intra 100 x 64 x 64", {100, 64, 64}, true, false},
      {"scores 100 x 100 x 64", {100, 100, 64}, true, true},   {"scores 50 x 150 x 64", {50, 150, 64}, true, true},
      {"values 100 x 64 x 100", {100, 64, 100}, false, true},  {"values 50 x 64 x 150", {50, 64, 150}, false, true}};
  std::printf("products m x n x k; \"+ rounding\" also lays out what a request brings (rows, and keys or values)\n");
  Json document = Json::array();
  for (const Product& product : products) race_product(document, product, rounds);
  race_recurrence(document, rounds);
  std::printf("%s\n", document.to_text().c_str());
  return wrong_answers == 0 ? 0 : 1;
}
