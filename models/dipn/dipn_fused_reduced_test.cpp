// The fused body with bf16 factors is held to the composite form in float, on every path that this machine has.
#include <algorithm>

#include "models/dipn/dipn_fused_forms_net_test.h"
#include "train/micro_batch.h"
#include "train/rowwise_adam.h"

namespace inkling::models::dipn {
namespace {

using math::ProductPath;
using torch::Tensor;

const std::vector<double> kLossWeights = {1, 0.5};

struct ReducedCase {
  ProductPath path;
  Case shape;
};

std::string name_of(const ReducedCase& on) {
  std::string name = std::string(math::path_name(on.path)) + "_" + on.shape.name;
  std::ranges::replace(name, '-', '_');
  return name;
}
void PrintTo(const ReducedCase& on, std::ostream* out) {
  *out << name_of(on);
}

std::vector<ReducedCase> reduced_cases() {
  std::vector<ReducedCase> all;
  for (const ProductPath path : {ProductPath::kScalar, ProductPath::kAvx512Bf16, ProductPath::kAmxBf16}) {
    for (const Case& shape : cases()) all.push_back({path, shape});
  }
  return all;
}

class ReducedForm : public testing::TestWithParam<ReducedCase> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam().path)) GTEST_SKIP() << "this machine has no " << path_name(GetParam().path);
  }
  static Forms forms(const Assignments& more = {}) {
    return make_forms(GetParam().shape.assignments + more, GetParam().shape.input, GetParam().path);
  }
};

// Each tensor's error by its largest entry. A factor errs by at most 2^-8 and terms err independently, so errors are
// some tenths of a percent. The scorer's bias and last-state weights sum what softmax makes cancel, and err by more:
// measured 3.2 % at most. All others: 2.4 %; the middle tensor of a network: 0.4 to 0.9 %.
TEST_P(ReducedForm, stays_near_the_composite_form_in_values_and_all_gradients) {
  Forms both = forms();
  ASSERT_GT(both.twins.network->micro_batch(), 0) << "this case must run fused";
  Tensor found, expected;
  backward_of(*both.twins.network, both.batch, found);
  backward_of(*both.composite, both.batch, expected);
  EXPECT_LT(relative_difference(found, expected), 0.015);
  EXPECT_GT(relative_difference(found, expected), 1e-4) << "or nothing was rounded";
  expect_equal_gradients(*both.twins.network, *both.composite, 0.045);

  std::vector<double> errors;
  const auto parameters = both.twins.network->named_parameters();
  for (const auto& item : both.composite->named_parameters()) {
    if (item.value().grad().defined()) {
      errors.push_back(relative_difference(parameters[item.key()].grad(), item.value().grad()));
    }
  }
  std::ranges::nth_element(errors, errors.begin() + static_cast<std::ptrdiff_t>(errors.size() / 2));
  EXPECT_LT(errors[errors.size() / 2], 0.012);
}

INSTANTIATE_TEST_SUITE_P(On, ReducedForm, testing::ValuesIn(reduced_cases()),
                         [](const auto& on) { return name_of(on.param); });

struct Losses {
  double first = 0, last = 0;
};

Losses train_steps(DipnNet& network, const train::Batch& batch, int steps) {
  network.eval();  // dropout would draw differently
  train::RowwiseAdam optimizer(network.parameters(), network.tables(), {1e-3, 1e-2});
  Losses losses;
  for (int step = 0; step < steps; ++step) {
    optimizer.zero_grad();
    losses.last = train::accumulate_gradients(network, batch, kLossWeights);
    if (step == 0) losses.first = losses.last;
    optimizer.clip(5);
    optimizer.step();
  }
  return losses;
}

class ReducedTraining : public testing::TestWithParam<ProductPath> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "this machine has no " << path_name(GetParam());
  }
};

TEST_P(ReducedTraining, learns_one_batch_as_well_as_float) {
  for (const char* readout : {"readout=product", "readout=last_and_mean"}) {
    const Forms both = make_forms(kOdd + Assignments{readout}, {}, GetParam());
    const Losses reduced = train_steps(*both.twins.network, both.batch, 25);
    const Losses in_float = train_steps(*both.composite, both.batch, 25);
    EXPECT_LT(in_float.last, 0.8 * in_float.first) << readout;
    EXPECT_NEAR(reduced.last, in_float.last, 0.005 * in_float.first) << readout;  // measured: 0.0024 at most
  }
}

TEST_P(ReducedTraining, gives_the_same_bytes_again) {
  const Forms one = make_forms(kOdd, {}, GetParam()), other = make_forms(kOdd, {}, GetParam());
  EXPECT_EQ(train_steps(*one.twins.network, one.batch, 3).last,
            train_steps(*other.twins.network, other.batch, 3).last);
  const auto expected = one.twins.network->parameters(), found = other.twins.network->parameters();
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_TRUE(torch::equal(found[i], expected[i])) << i;
}

INSTANTIATE_TEST_SUITE_P(On, ReducedTraining,
                         testing::Values(ProductPath::kScalar, ProductPath::kAvx512Bf16, ProductPath::kAmxBf16),
                         [](const auto& on) {
                           std::string name = path_name(on.param);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace inkling::models::dipn
