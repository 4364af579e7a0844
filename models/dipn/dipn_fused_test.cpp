// The fused form of the body is held to the composite one: values and all gradients, in float as training runs it,
// and in double, where only formulas can differ.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/dipn/dipn_fused_forms_net_test.h"
#include "train/micro_batch.h"
#include "train/rowwise_adam.h"

namespace inkling::models::dipn {
namespace {

using torch::Tensor;

class FusedForm : public testing::TestWithParam<Case> {};

TEST_P(FusedForm, equals_the_composite_form_in_values_and_all_gradients) {
  Forms forms = make_forms(GetParam().assignments, GetParam().input);
  ASSERT_GT(forms.twins.network->micro_batch(), 0) << "this case must run fused";
  ASSERT_EQ(forms.composite->micro_batch(), 0);
  Tensor found, expected;
  backward_of(*forms.twins.network, forms.batch, found);
  backward_of(*forms.composite, forms.batch, expected);
  EXPECT_LT(relative_difference(found, expected), 1e-5);
  expect_equal_gradients(*forms.twins.network, *forms.composite, 5e-5);
}

TEST_P(FusedForm, agrees_in_double_with_automatic_differentiation) {
  Forms forms = make_forms(GetParam().assignments, GetParam().input);
  forms.composite->to(torch::kFloat64);
  forms.twins.network->to(torch::kFloat64);
  Tensor expected;
  backward_of(*forms.composite, forms.batch, expected);

  std::vector<train::fused::ViewTensors<const double>> weights;
  std::vector<train::fused::ViewTensors<double>> gradients;
  for (const auto& view : forms.twins.network->body_parameters()) {
    weights.push_back(train::fused::values_of<double>(view));
    gradients.push_back(train::fused::gradients_of<double>(view));
  }
  const train::fused::Body<double> body(forms.twins.network->body_shape(), weights);
  train::fused::BodyTrace<double> trace;
  Tensor found = torch::empty_like(expected);
  const auto span = [](const Tensor& tensor) {
    return std::span<double>(tensor.data_ptr<double>(), static_cast<std::size_t>(tensor.numel()));
  };
  ASSERT_TRUE(body.forward(train::fused::inputs_of(forms.batch.views), trace, span(found)).ok());
  const Tensor out_gradient = coefficients(found);
  body.backward(span(out_gradient), trace, gradients);
  EXPECT_LT(relative_difference(found, expected), 1e-12);
  expect_equal_gradients(*forms.twins.network, *forms.composite, 1e-10);
}

INSTANTIATE_TEST_SUITE_P(On, FusedForm, testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(FusedFormTest, other_cells_scopes_and_combinations_run_composite) {
  for (const char* assignment : {"cell=lstm", "inter_scope=all", "combine=tanh_product"}) {
    EXPECT_EQ(make_twins(kOdd + Assignments{assignment}).network->micro_batch(), 0) << assignment;
  }
}

TEST(FusedFormTest, micro_batches_add_up_to_the_whole_batch) {
  Forms forms = make_forms(kOdd + Assignments{"dropout=0"});
  forms.twins.network->eval();  // dropout draws differently for every micro-batch
  forms.composite->eval();
  const std::vector<double> loss_weights = {1, 0.5};
  ASSERT_GT(forms.batch.size(), forms.twins.network->micro_batch());
  const double found = train::accumulate_gradients(*forms.twins.network, forms.batch, loss_weights);
  const double expected = train::accumulate_gradients(*forms.composite, forms.batch, loss_weights);
  EXPECT_NEAR(found, expected, 1e-5 * expected);
  expect_equal_gradients(*forms.twins.network, *forms.composite, 5e-5);
}

// With every weight's gradient: statistics and their embeddings, the wide layer, hidden layers and heads. Twice,
// since gradients add up.
TEST(FusedFormTest, loss_and_dropout_equal_those_of_the_composite_form) {
  for (const char* mlp : {"mlp=[19,7]", "mlp=[]"}) {
    Forms forms = make_forms(kOdd + Assignments{mlp, "wide=true"});
    for (int pass = 0; pass < 2; ++pass) {
      torch::manual_seed(5);
      const double found = forms.twins.network->add_gradients(forms.batch, {1, 0.3}, 0.7);
      torch::manual_seed(5);
      const double expected = forms.composite->add_gradients(forms.batch, {1, 0.3}, 0.7);
      EXPECT_NEAR(found, expected, 1e-5 * expected) << mlp;
    }
    ASSERT_TRUE(forms.composite->named_parameters()["wide.weight"].grad().defined());
    expect_equal_gradients(*forms.twins.network, *forms.composite, 5e-5);
  }
}

TEST(FusedFormTest, sees_weights_that_changed_since_the_last_pass) {
  Forms forms = make_forms(kOdd);
  const torch::NoGradGuard no_gradient;
  const Tensor before = forms.twins.network->read_views(forms.batch.views);
  for (auto& tensor : forms.twins.network->parameters()) tensor.mul_(1.1);
  for (auto& tensor : forms.composite->parameters()) tensor.mul_(1.1);
  const Tensor after = forms.twins.network->read_views(forms.batch.views);
  EXPECT_GT(relative_difference(after, before), 1e-3);
  EXPECT_LT(relative_difference(after, forms.composite->read_views(forms.batch.views)), 1e-5);
}

TEST(FusedFormTest, two_passes_may_be_open_at_once) {
  Forms forms = make_forms(kOdd);
  Tensor out;
  backward_of(*forms.composite, forms.batch, out);
  const train::Batch first = train::part_of(forms.batch, 0, 7), rest = train::part_of(forms.batch, 7, 17);
  const Tensor c = coefficients(out);
  const Tensor a = forms.twins.network->read_views(first.views), b = forms.twins.network->read_views(rest.views);
  (a * c.narrow(0, 0, 7)).sum().backward();
  (b * c.narrow(0, 7, 17)).sum().backward();
  expect_equal_gradients(*forms.twins.network, *forms.composite, 5e-5);
}

TEST(FusedFormTest, trains_to_the_weights_that_the_composite_form_reaches) {
  Forms forms = make_forms(kOdd);
  forms.twins.network->eval();
  forms.composite->eval();
  const std::vector<double> loss_weights = {1, 0.5};
  double first = 0, last = 0;
  for (DipnNet* network : {forms.twins.network.get(), forms.composite.get()}) {
    train::RowwiseAdam optimizer(network->parameters(), network->tables(), {1e-3, 1e-2});
    for (int step = 0; step < 10; ++step) {
      optimizer.zero_grad();
      last = train::accumulate_gradients(*network, forms.batch, loss_weights);
      if (step == 0) first = last;
      optimizer.clip(5);
      optimizer.step();
    }
  }
  EXPECT_LT(last, 0.9 * first);
  torch::Tensor found, expected;
  const torch::NoGradGuard no_gradient;
  found = forms.twins.network->forward(forms.batch);
  expected = forms.composite->forward(forms.batch);
  EXPECT_LT(relative_difference(found, expected), 1e-3);
}

TEST(FusedFormTest, refuses_an_id_outside_its_table) {
  Forms forms = make_forms(kOdd);
  forms.batch.views[0].ids.fill_(1000);
  try {
    (void)forms.twins.network->read_views(forms.batch.views);
    FAIL() << "an id outside its table was read";
  } catch (const c10::Error& error) {
    EXPECT_THAT(error.what_without_backtrace(), testing::HasSubstr("feature 0 has the id 1000, but its table has"));
  }
}

}  // namespace
}  // namespace inkling::models::dipn
