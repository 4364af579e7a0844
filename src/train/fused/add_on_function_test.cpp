// The fused operators are held to LibTorch's automatic differentiation: values and every gradient, in float as
// training runs them, and in double, where only formulas can differ.
#include "train/fused/add_on_function.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "train/fused/add_on_body.h"
#include "train/fused/add_on_net_test.h"
#include "train/fused/tensor_spans.h"

namespace inkling::train::fused {
namespace {

using torch::Tensor;
using Loss = AddOnFunction::Loss;

// Without history, without triggers, without both, one behaviour, all 100 of them, more triggers than behaviours, a
// request without candidates, sizes that fill no vector.
const std::vector<RequestSizes> kEdges = {{7, 3, 2, 3},    {0, 3, 1, 2}, {26, 0, 2, 4},   {0, 0, 0, 1}, {1, 1, 0, 2},
                                          {100, 10, 4, 5}, {3, 2, 1, 0}, {53, 32, 0, 20}, {2, 5, 0, 1}};

struct Case {
  const char* name;
  AddOnShape shape;
};

AddOnShape shape_of(std::size_t dim, std::size_t first, std::size_t second, std::size_t heads) {
  AddOnShape shape;
  shape.dim = dim;
  shape.unit_first = first;
  shape.unit_second = second;
  shape.heads = heads;
  shape.context = 3;
  shape.request_numbers = 4;
  shape.candidate_numbers = 5;
  return shape;
}

AddOnShape without_cart(AddOnShape shape) {
  shape.pools_ticked = shape.pools_unticked = false;
  return shape;
}

const std::vector<Case> kCases = {{"published", shape_of(32, 80, 40, 4)},
                                  {"odd", shape_of(6, 7, 5, 3)},
                                  {"without_trigger_attention", shape_of(9, 17, 13, 0)},
                                  {"din", without_cart(shape_of(8, 16, 8, 0))},
                                  {"one_head", shape_of(5, 3, 1, 1)}};

struct Forms {
  explicit Forms(const AddOnShape& shape, const std::vector<RequestSizes>& sizes = kEdges)
      : net((torch::manual_seed(11), shape), {19, 7}),
        batch(make_add_on_batch(shape, sizes)),
        labels(torch::rand({batch.candidates.ids.size(0)}) * torch::randint(0, 2, {batch.candidates.ids.size(0)})),
        function(shape, net.parameters) {}

  std::vector<Tensor> take_gradients() {
    std::vector<Tensor> taken;
    for (auto& [name, tensor] : net.named) {
      taken.push_back(tensor.grad().defined() ? tensor.grad().clone() : Tensor());
      if (tensor.grad().defined()) tensor.mutable_grad().zero_();
    }
    return taken;
  }

  ReferenceAddOnNet net;
  AddOnBatch batch;
  Tensor labels;
  AddOnFunction function;
};

double relative_difference(const Tensor& found, const Tensor& expected) {
  const double magnitude = expected.abs().max().item<double>();
  return (found - expected).abs().max().item<double>() / magnitude;
}

void expect_equal(Forms& forms, const std::vector<Tensor>& found, const std::vector<Tensor>& expected,
                  double tolerance) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string& name = forms.net.named[i].first;
    if (!expected[i].defined()) continue;  // the MLP, which is no part of the body
    ASSERT_TRUE(found[i].defined()) << name;
    EXPECT_GT(expected[i].abs().max().item<double>(), 1e-6) << name << ": a gradient of zero compares nothing";
    EXPECT_LT(relative_difference(found[i], expected[i]), tolerance) << name;
  }
}

// Unlike for every entry, so that no two errors cancel.
Tensor coefficients(const Tensor& like) {
  torch::manual_seed(3);
  return torch::randn(like.sizes(), torch::kFloat64).to(like.dtype());
}

class FusedAddOn : public testing::TestWithParam<Case> {};

TEST_P(FusedAddOn, body_equals_automatic_differentiation) {
  Forms forms(GetParam().shape);
  const Tensor expected = forms.net.read(forms.batch);
  (expected * coefficients(expected)).sum().backward();
  const auto wanted = forms.take_gradients();
  const Tensor found = forms.function.forward(forms.batch);
  (found * coefficients(found)).sum().backward();
  EXPECT_LT(relative_difference(found, expected), 1e-5);
  expect_equal(forms, forms.take_gradients(), wanted, 5e-5);
}

TEST_P(FusedAddOn, body_in_double_differs_in_rounding_only) {
  Forms forms(GetParam().shape);
  forms.net.to_double();
  for (Tensor* numbers : {&forms.batch.context, &forms.batch.request, &forms.batch.candidate}) {
    *numbers = numbers->to(torch::kFloat64);
  }
  const Tensor expected = forms.net.read(forms.batch);
  (expected * coefficients(expected)).sum().backward();
  const auto wanted = forms.take_gradients();

  const AddOnBody<double> body(GetParam().shape, values_of<double>(forms.net.parameters));
  auto gradients = gradients_of<double>(forms.net.parameters);
  AddOnTrace<double> trace;
  UnitSums<double> sums(GetParam().shape);
  const Tensor found = torch::empty_like(expected), of_found = coefficients(found);
  ASSERT_TRUE(body.forward(input_of<double>(forms.batch), trace, span_of<double>(found)).ok());
  const auto learnt = static_cast<std::int64_t>(GetParam().shape.learnt_width());
  body.backward(span_of<const double>(of_found.narrow(1, 0, learnt).contiguous()), trace, gradients, sums);
  sums.add_to(values_of<double>(forms.net.parameters), gradients);
  EXPECT_LT(relative_difference(found, expected), 1e-12);
  expect_equal(forms, forms.take_gradients(), wanted, 1e-10);
}

// Twice, since gradients add up.
TEST_P(FusedAddOn, losses_equal_automatic_differentiation) {
  for (const Loss loss : {Loss::kGraded, Loss::kListwise}) {
    Forms forms(GetParam().shape);
    double found = 0, expected = 0;
    for (int pass = 0; pass < 2; ++pass) {
      const Tensor value = forms.net.loss(forms.batch, forms.labels, loss) * 0.7;
      value.backward();
      expected = value.item<double>();
    }
    auto wanted = forms.take_gradients();
    for (int pass = 0; pass < 2; ++pass) {
      found = forms.function.add_gradients(forms.batch, forms.labels, {forms.net.mlp, loss}, 0.7);
    }
    EXPECT_NEAR(found, expected, 1e-5 * expected);
    auto reached = forms.take_gradients();
    // A softmax does not see what is added to all its logits: that gradient is zero but for rounding.
    if (loss == Loss::kListwise) {
      EXPECT_LT(reached.back().abs().max().item<double>(), 1e-6);
      reached.pop_back();
      wanted.pop_back();
    }
    expect_equal(forms, reached, wanted, 5e-5);
  }
}

// Dropout as its caller draws it: then the candidates of a request share nothing.
TEST_P(FusedAddOn, masks_equal_automatic_differentiation) {
  Forms forms(GetParam().shape);
  const std::int64_t rows = forms.labels.numel(), learnt = static_cast<std::int64_t>(GetParam().shape.learnt_width());
  const auto mask = [&](std::int64_t columns) { return torch::randint(0, 3, {rows, columns}).to(torch::kFloat32); };
  const AddOnFunction::Masks masks{mask(learnt), {mask(19), mask(7)}};
  Tensor x = forms.net.read(forms.batch);
  x = torch::cat({x.narrow(1, 0, learnt) * masks.vectors, x.slice(1, learnt)}, 1);
  for (std::size_t l = 0; l < masks.hidden.size(); ++l) {
    x = torch::leaky_relu(forms.net.mlp[l](x), GetParam().shape.slope) * masks.hidden[l];
  }
  const Tensor loss = torch::binary_cross_entropy_with_logits(forms.net.mlp.back()(x).squeeze(1), forms.labels);
  loss.backward();
  const auto wanted = forms.take_gradients();
  const double found =
      forms.function.add_gradients(forms.batch, forms.labels, {forms.net.mlp, Loss::kGraded, masks}, 1);
  EXPECT_NEAR(found, loss.item<double>(), 1e-5 * loss.item<double>());
  expect_equal(forms, forms.take_gradients(), wanted, 5e-5);
}

TEST_P(FusedAddOn, reads_the_same_when_no_gradient_is_asked_for) {
  Forms forms(GetParam().shape);
  const Tensor expected = forms.function.forward(forms.batch);
  const torch::NoGradGuard no_gradient;
  EXPECT_TRUE(torch::equal(forms.function.forward(forms.batch), expected));
}

INSTANTIATE_TEST_SUITE_P(On, FusedAddOn, testing::ValuesIn(kCases),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(FusedAddOnTest, the_order_of_ticked_items_does_not_matter) {
  Forms forms(kCases[0].shape, {{40, 6, 0, 3}});
  const torch::NoGradGuard no_gradient;
  const Tensor before = forms.function.forward(forms.batch);
  forms.batch.ticked.ids = forms.batch.ticked.ids.flip(0).contiguous();
  EXPECT_LT(relative_difference(forms.function.forward(forms.batch), before), 1e-5);
}

TEST(FusedAddOnTest, an_item_ticked_twice_counts_twice) {
  Forms forms(kCases[0].shape, {{40, 3, 0, 3}});
  const torch::NoGradGuard no_gradient;
  const Tensor before = forms.function.forward(forms.batch);
  const auto repeated = [&](std::int64_t times) {
    AddOnBatch batch = forms.batch;
    batch.ticked.ids = torch::cat(std::vector<Tensor>(static_cast<std::size_t>(times), forms.batch.ticked.ids));
    batch.ticked.counts = forms.batch.ticked.counts * times;
    return batch;
  };
  EXPECT_LT(relative_difference(forms.function.forward(repeated(2)), before), 1e-5);
  AddOnBatch one_more = forms.batch;
  one_more.ticked.ids = torch::cat({forms.batch.ticked.ids, forms.batch.ticked.ids.narrow(0, 0, 1)});
  one_more.ticked.counts = forms.batch.ticked.counts + 1;
  EXPECT_GT(relative_difference(forms.function.forward(one_more), before), 1e-3);
}

TEST(FusedAddOnTest, id_0_of_an_item_learns_nothing) {
  Forms forms(kCases[0].shape);
  (void)forms.function.add_gradients(forms.batch, forms.labels, {forms.net.mlp}, 1);
  const std::vector<Tensor>& tables = forms.net.parameters.tables;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    EXPECT_EQ(tables[t].grad()[0].abs().sum().item<double>() == 0, t < kCases[0].shape.item_tables) << t;
    EXPECT_GT(tables[t].grad()[1].abs().sum().item<double>(), 0) << t;
  }
}

TEST(FusedAddOnTest, two_passes_may_be_open_at_once) {
  Forms forms(kCases[1].shape);
  AddOnBatch other = make_add_on_batch(kCases[1].shape, {{9, 2, 1, 3}, {4, 0, 0, 2}});
  const Tensor expected = forms.net.read(forms.batch), expected_other = forms.net.read(other);
  ((expected * coefficients(expected)).sum() + (expected_other * coefficients(expected_other)).sum()).backward();
  const auto wanted = forms.take_gradients();
  const Tensor found = forms.function.forward(forms.batch), found_other = forms.function.forward(other);
  (found * coefficients(found)).sum().backward();
  (found_other * coefficients(found_other)).sum().backward();
  expect_equal(forms, forms.take_gradients(), wanted, 5e-5);
}

TEST(FusedAddOnTest, trains_to_the_loss_that_automatic_differentiation_reaches) {
  std::array<double, 2> last{};
  for (const bool fused : {false, true}) {
    Forms forms(kCases[0].shape);
    std::vector<Tensor> all;
    for (auto& [name, tensor] : forms.net.named) all.push_back(tensor);
    torch::optim::Adam optimizer(all, torch::optim::AdamOptions(1e-2));
    double first = 0;
    for (int step = 0; step < 10; ++step) {
      optimizer.zero_grad();
      double loss = 0;
      if (fused) {
        loss = forms.function.add_gradients(forms.batch, forms.labels, {forms.net.mlp}, 1);
      } else {
        const Tensor value = forms.net.loss(forms.batch, forms.labels, Loss::kGraded);
        value.backward();
        loss = value.item<double>();
      }
      optimizer.step();
      if (step == 0) first = loss;
      last[fused ? 1 : 0] = loss;
    }
    EXPECT_LT(last[fused ? 1 : 0], 0.9 * first);
  }
  EXPECT_NEAR(last[1], last[0], 1e-3 * last[0]);
}

template <class Call>
std::string refusal_of(const Call& call) {
  try {
    call();
  } catch (const c10::Error& error) {
    return error.what_without_backtrace();
  }
  return "nothing was refused";
}

TEST(FusedAddOnTest, refuses_what_does_not_fit_with_a_sentence) {
  Forms forms(kCases[0].shape);
  const auto train = [&](const AddOnBatch& batch) {
    return refusal_of([&] { (void)forms.function.add_gradients(batch, forms.labels, {forms.net.mlp}, 1); });
  };
  AddOnBatch batch = forms.batch;
  batch.ticked.ids = torch::full_like(batch.ticked.ids, 500);
  EXPECT_THAT(train(batch), testing::HasSubstr("ticked: table 0 is asked for id 500, but has ids 0 to 10"));
  batch = forms.batch;
  batch.behaviours.counts = batch.behaviours.counts + 1;
  EXPECT_THAT(train(batch), testing::HasSubstr("behaviours: 192 rows do not fit the requests' counts"));
  EXPECT_THAT(refusal_of([&] { (void)forms.function.forward(batch); }),
              testing::HasSubstr("behaviours: 192 rows do not fit the requests' counts"));
  batch = forms.batch;
  batch.request = batch.request.narrow(1, 0, 2).contiguous();
  EXPECT_THAT(train(batch), testing::HasSubstr("request: the numbers are [9, 2], but must be [9, 4]"));
  const std::vector<torch::nn::Linear> narrow = {torch::nn::Linear(3, 1)};
  EXPECT_THAT(refusal_of([&] { (void)forms.function.add_gradients(forms.batch, forms.labels, {narrow}, 1); }),
              testing::HasSubstr("the top MLP must read 169 numbers of a candidate"));
}

}  // namespace
}  // namespace inkling::train::fused
