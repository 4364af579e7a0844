// DIPN served in reduced precision, beside the same weights served in float.
#include <gtest/gtest.h>

#include <cmath>

#include "artifact/test_folder.h"
#include "models/dipn/dipn_twins_net_test.h"

namespace inkling::models::dipn {
namespace {

using base::Random;
using math::Precision;

struct Form {
  const char* name;
  Assignments assignments;
  const math::Kernels* kernels;
};

std::vector<Form> forms() {
  std::vector<Form> forms;
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    const bool scalar = kernels == &math::scalar_kernels();
    forms.push_back({scalar ? "as_by_default_scalar" : "as_by_default", {}, kernels});
    forms.push_back({scalar ? "product_scalar" : "product", {"readout=product"}, kernels});
    forms.push_back(
        {scalar ? "lstm_scalar" : "lstm", {"cell=lstm", "inter_scope=all", "combine=tanh_product"}, kernels});
    forms.push_back({scalar ? "no_attention_scalar" : "no_attention", {"inter=false", "intra=false"}, kernels});
  }
  return forms;
}

class DipnReduced : public testing::TestWithParam<Form> {
 protected:
  void SetUp() override {
    if (!math::reduced_paths(Precision::kReduced, *GetParam().kernels)) {
      GTEST_SKIP() << "this machine multiplies nothing faster than floats";
    }
  }
};

// Logits and states of nothing but random numbers; errors mean something only beside the deviation of the logits.
// Measured, largest of 116 logits: 1.1 % and 1.3 % of it with a GRU, 0.06 % with an LSTM; the bound is about twice
// that.
TEST_P(DipnReduced, logits_err_by_a_small_part_of_their_deviation) {
  twin::Input input;
  input.pages = 5000;  // gathered; all other features are folded
  const Assignments sizes = {"hidden=37", "embedding_dim=5", "attention_size=19", "mlp=[19]"};
  const Twins twins = make_twins(sizes + GetParam().assignments, input);
  Random random(61);
  const auto columns =
      twin::random_columns(twins.blueprint, twin::edge_lengths(twins.blueprint.spec(), 40, random), random);
  const auto expected = twin::scorer_logits(*served(twins, Precision::kFloat, *GetParam().kernels), columns);
  const auto found = twin::scorer_logits(*served(twins, Precision::kReduced, *GetParam().kernels), columns);
  const double deviation = twin::deviation(expected);
  const double error = twin::largest_difference(expected, found) / deviation;
  EXPECT_GT(deviation, 0.1) << "samples that all score the same compare nothing";
  EXPECT_GT(error, 1e-4) << "nothing was rounded";
  EXPECT_LT(error, 0.03);
  RecordProperty("largest_error", std::to_string(error));
}

TEST_P(DipnReduced, the_scorer_tells_its_arithmetic_and_an_lstm_keeps_a_float_recurrence) {
  const Twins twins = make_twins(kSmall + GetParam().assignments);
  const auto paths = math::reduced_paths(Precision::kReduced, *GetParam().kernels);
  const bool gru = std::string(GetParam().name).find("lstm") == std::string::npos;
  EXPECT_EQ(served(twins, Precision::kReduced, *GetParam().kernels)->info().arithmetic,
            std::string(math::path_name(paths->product)) + " products, " +
                (gru ? math::path_name(paths->matrix) : "float") + " recurrence");
  EXPECT_EQ(served(twins)->info().arithmetic, "float");
}

INSTANTIATE_TEST_SUITE_P(In, DipnReduced, testing::ValuesIn(forms()),
                         [](const auto& form) { return std::string(form.param.name); });

}  // namespace
}  // namespace inkling::models::dipn
