// The layers in reduced precision beside the same layers in float. Factors of few bits need no rounding, so with them
// both agree up to the order of summation; with others they differ by what the rounding may cost, and not by less.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "nn/exact_layers_test.h"
#include "nn/input_projection.h"
#include "nn/inter_attention.h"
#include "nn/intra_attention.h"
#include "nn/recurrent_cell.h"

namespace inkling::nn {
namespace {

using math::HalfLine;
using math::Kernels;
using math::ReducedPaths;

// Multiples of 1/64 up to 1/2: bf16 holds them, and twice them, exactly.
exact::Tensor short_tensor(std::string_view name, std::size_t rows, std::size_t cols, base::Random& random) {
  exact::Tensor tensor(name, rows, cols, random);
  for (float& value : tensor.values) value = std::round(value * 64) / 64;
  return tensor;
}

// As callers have them: full of anything but zeros.
std::vector<HalfLine> used_lines(std::size_t count) {
  HalfLine line;
  line.values.fill(0x7FC0);  // not a number
  return std::vector<HalfLine>(count, line);
}

double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = a.size() == b.size() ? 0 : INFINITY;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
    largest = std::isnan(difference) ? INFINITY : std::max(largest, difference);
  }
  return largest;
}

// On the scalar paths and on this machine's, where it has some.
class ReducedLayersTest : public testing::TestWithParam<const Kernels*> {
 protected:
  void SetUp() override {
    paths_ = math::reduced_paths(math::Precision::kReduced, *GetParam());
    if (!paths_) GTEST_SKIP() << "this machine multiplies nothing faster than floats";
  }
  std::optional<ReducedPaths> paths_;
};

struct Tables {
  std::vector<exact::Tensor> tables;
  exact::Tensor weight, bias;
  explicit Tables(base::Random& random)
      : weight(short_tensor("weight", 45, 5 + 8 + 16 + 3, random)), bias("bias", 45, 1, random) {
    for (const std::size_t dim : {5u, 8u, 16u, 3u}) tables.push_back(short_tensor("table", 9, dim, random));
  }
  [[nodiscard]] base::Result<InputProjection> make(unsigned folded, const Kernels& kernels,
                                                   const std::optional<ReducedPaths>& paths) const {
    std::vector<InputProjection::Feature> features;
    for (std::size_t f = 0; f < tables.size(); ++f) {
      features.push_back({*Embedding::make(tables[f].weight()), ((folded >> f) & 1U) != 0});
    }
    return InputProjection::make(features, weight.weight(), bias.values, kernels, paths);
  }
};

std::vector<float> projected_by(const InputProjection& layer, const std::vector<std::uint32_t>& ids) {
  const std::size_t records = ids.size() / layer.feature_count();
  std::vector<float> projected(records * layer.gates_size(), 99), scratch(layer.scratch_size(records));
  auto lines = used_lines(layer.lines_size(records));
  layer.project(ids, projected, scratch, lines);
  return projected;
}

TEST_P(ReducedLayersTest, projections_agree_over_folded_and_gathered_tables_and_unknown_ids) {
  base::Random random(51);
  const Tables tables(random);
  for (const unsigned folded : {0U, 5U, 8U, 15U}) {
    const auto layer = tables.make(folded, *GetParam(), paths_), wanted = tables.make(folded, *GetParam(), {});
    ASSERT_TRUE(layer.ok() && wanted.ok());
    EXPECT_EQ(layer->lines_size(1) > 0, folded != 15U);
    for (const std::size_t records : {0u, 1u, 2u, 16u, 17u, 128u}) {
      std::vector<std::uint32_t> ids(records * tables.tables.size());
      for (std::uint32_t& id : ids) id = static_cast<std::uint32_t>(random.below(12));  // tables end at 9
      EXPECT_LT(largest_difference(projected_by(*layer, ids), projected_by(*wanted, ids)), 1e-5)
          << "folded " << folded << ", " << records << " records";
    }
  }
}

struct Attended {
  std::vector<float> rows, alpha;
};

Attended attended_by(const IntraAttention& layer, const exact::Tensor& states) {
  Attended result{std::vector<float>(states.values.size()), std::vector<float>(states.rows)};
  std::vector<float> scratch(layer.scratch_size(states.rows));
  auto lines = used_lines(layer.lines_size(states.rows));
  layer.forward(states.values, states.rows, result.rows, result.alpha, scratch, lines);
  return result;
}

TEST_P(ReducedLayersTest, attention_inside_a_view_agrees_where_nothing_needs_rounding_and_errs_little_elsewhere) {
  base::Random random(52);
  const auto both = [&](const exact::Tensor& state, const exact::Tensor& states) {
    const exact::Tensor last("last", state.rows, state.cols, random), bias("bias", state.rows, 1, random);
    const exact::Tensor query("query", state.rows, 1, random);
    const IntraAttentionWeights weights{state.weight(), last.weight(), bias.weight(), query.weight()};
    const auto layer = IntraAttention::make(weights, true, *GetParam(), paths_);
    const auto wanted = IntraAttention::make(weights, true, *GetParam());
    return largest_difference(attended_by(*layer, states).rows, attended_by(*wanted, states).rows);
  };
  for (const std::size_t steps : {1u, 15u, 16u, 33u}) {
    for (const std::size_t hidden : {1u, 21u, 64u}) {
      const auto state = short_tensor("state", 11, hidden, random);
      EXPECT_LT(both(state, short_tensor("states", steps, hidden, random)), 2e-5) << steps << " x " << hidden;
    }
  }
  const exact::Tensor state("state", 32, 64, random, 0.125);
  const double error = both(state, exact::Tensor("states", 50, 64, random, 1.0));
  EXPECT_GT(error, 1e-5);
  EXPECT_LT(error, 1e-2);
}

struct Context {
  std::vector<float> rows, last, mean;
};

Context context_by(const InterAttention& layer, const InterAttentionInput& input) {
  const std::size_t hidden = layer.hidden_size();
  Context context{std::vector<float>(input.queries.size(), 99), std::vector<float>(hidden, 99),
                  std::vector<float>(hidden, 99)};
  std::vector<float> scratch(layer.scratch_size(input.query_rows, input.other_rows),
                             std::numeric_limits<float>::quiet_NaN());
  auto lines = used_lines(layer.lines_size(input.query_rows, input.other_rows));
  layer.forward(input, context.rows, scratch, lines);
  layer.forward_pooled(input, context.last, context.mean, scratch, lines);
  return context;
}

// Without other_columns, which the reduced form must not need.
TEST_P(ReducedLayersTest, attention_between_views_errs_little_over_lengths_and_widths) {
  base::Random random(53);
  double largest = 0;
  for (const std::size_t hidden : {1u, 16u, 21u, 64u}) {
    const double range = 1 / std::sqrt(static_cast<double>(hidden));
    const exact::Tensor merged("m", hidden, hidden, random, range), bias("c", hidden, 1, random);
    const auto layer = InterAttention::make(merged.weight(), bias.weight(), *GetParam(), paths_);
    const auto wanted = InterAttention::make(merged.weight(), bias.weight(), *GetParam());
    ASSERT_TRUE(layer.ok() && wanted.ok());
    for (const std::size_t query_rows : {0u, 1u, 16u, 33u}) {
      for (const std::size_t other_rows : {0u, 1u, 16u, 17u, 50u}) {
        const exact::Tensor queries("q", query_rows, hidden, random, 1.0),
            others("o", other_rows, hidden, random, 1.0);
        const std::size_t stride = InterAttention::padded_columns(other_rows);
        std::vector<float> columns(hidden * stride);
        math::reference::transpose(others.values, hidden, columns, stride);
        InterAttentionInput input{queries.values, query_rows, others.values, other_rows, columns, stride};
        const Context expected = context_by(*wanted, input);
        input.other_columns = {};
        const Context found = context_by(*layer, input);
        largest =
            std::max({largest, largest_difference(found.rows, expected.rows),
                      largest_difference(found.last, expected.last), largest_difference(found.mean, expected.mean)});
        ASSERT_LT(largest, 1e-2) << query_rows << " x " << other_rows << " x " << hidden;
      }
    }
  }
  EXPECT_GT(largest, 1e-4);
}

struct Steps {
  std::vector<float> rows, state;
};

Steps steps_of(const RecurrentCell& cell, const exact::Tensor& projected, std::vector<float> state) {
  Steps run{std::vector<float>(projected.rows * cell.hidden_size()), std::move(state)};
  std::vector<float> scratch(cell.scratch_size());
  cell.run(projected.values, run.state, run.rows, scratch);
  return run;
}

base::Result<RecurrentCell> cell_of(CellKind kind, std::size_t hidden, base::Random random, const Kernels& kernels,
                                    const std::optional<ReducedPaths>& paths) {
  const std::size_t gates = (kind == CellKind::kGru ? 3 : 4) * hidden;
  const auto weight_hh = short_tensor("hh", gates, hidden, random);
  const exact::Tensor bias_ih("bi", gates, 1, random), bias_hh("bh", gates, 1, random);
  return RecurrentCell::make(kind, {weight_hh.weight(), bias_ih.weight(), bias_hh.weight()}, kernels, paths);
}

TEST_P(ReducedLayersTest, gru_steps_agree_from_a_state_of_few_bits_and_drift_little_afterwards) {
  for (const std::size_t hidden : {1u, 16u, 21u, 64u}) {
    base::Random random(54);
    const auto cell = cell_of(CellKind::kGru, hidden, base::Random(55), *GetParam(), paths_);
    const auto wanted = cell_of(CellKind::kGru, hidden, base::Random(55), *GetParam(), {});
    ASSERT_TRUE(cell.ok() && wanted.ok());
    EXPECT_EQ(cell->scratch_size(), 3 * hidden);
    const auto state = short_tensor("state", hidden, 1, random).values;
    const exact::Tensor one("projected", 1, 3 * hidden, random), many("projected", 40, 3 * hidden, random);
    EXPECT_LT(largest_difference(steps_of(*cell, one, state).rows, steps_of(*wanted, one, state).rows), 2e-6)
        << hidden;
    const Steps drifted = steps_of(*cell, many, state), expected = steps_of(*wanted, many, state);
    EXPECT_LT(largest_difference(drifted.rows, expected.rows), 1e-2) << hidden;
    if (hidden > 1) {
      EXPECT_GT(largest_difference(drifted.rows, expected.rows), 1e-5) << hidden;
    }
    const std::vector<float> last_row(drifted.rows.end() - static_cast<std::ptrdiff_t>(hidden), drifted.rows.end());
    EXPECT_EQ(drifted.state, last_row);
  }
}

TEST_P(ReducedLayersTest, an_lstm_has_no_reduced_form_and_stays_float) {
  base::Random random(56);
  const auto cell = cell_of(CellKind::kLstm, 21, base::Random(57), *GetParam(), paths_);
  const auto wanted = cell_of(CellKind::kLstm, 21, base::Random(57), *GetParam(), {});
  ASSERT_TRUE(cell.ok() && wanted.ok());
  EXPECT_EQ(cell->scratch_size(), 0U);
  const exact::Tensor projected("projected", 9, 4 * 21, random), state("state", 2 * 21, 1, random);
  EXPECT_EQ(steps_of(*cell, projected, state.values).rows, steps_of(*wanted, projected, state.values).rows);
}

INSTANTIATE_TEST_SUITE_P(On, ReducedLayersTest, testing::Values(&math::scalar_kernels(), &math::simd_kernels()),
                         [](const auto& kernels) { return std::string(kernels.param->name); });

}  // namespace
}  // namespace inkling::nn
