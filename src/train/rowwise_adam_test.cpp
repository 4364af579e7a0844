#include "train/rowwise_adam.h"

#include <gtest/gtest.h>
#include <torch/serialize.h>

#include <sstream>

namespace inkling::train {
namespace {

using torch::Tensor;

constexpr RowwiseAdam::Options kOptions{0.01, 0.1};

Tensor parameter(std::vector<std::int64_t> shape, std::uint64_t seed) {
  torch::manual_seed(seed);
  return torch::randn(shape).requires_grad_();
}

// A matrix, a vector and a table, and steps over made-up gradients.
struct Trained {
  Tensor matrix = parameter({5, 7}, 1), vector = parameter({9}, 2), table = parameter({6, 3}, 3);
  RowwiseAdam optimizer{{matrix, vector, table}, {table}, kOptions};

  // Gradients of step `number`; `rows` of the table get one.
  void step(std::uint64_t number, const std::vector<std::int64_t>& rows) {
    optimizer.zero_grad();
    torch::manual_seed(100 + number);
    const torch::NoGradGuard no_gradient;
    matrix.mutable_grad().add_(torch::randn_like(matrix));
    vector.mutable_grad().add_(torch::randn_like(vector));
    for (const std::int64_t row : rows) table.mutable_grad()[row].add_(torch::randn({3}));
    optimizer.step();
  }
  [[nodiscard]] std::vector<Tensor> all() const { return {matrix, vector, table}; }
};

bool same(const Trained& a, const Trained& b) {
  return torch::equal(a.matrix, b.matrix) && torch::equal(a.vector, b.vector) && torch::equal(a.table, b.table);
}

TEST(RowwiseAdamTest, is_adamw_where_every_row_is_touched_at_every_step) {
  Trained ours;
  const Tensor matrix = parameter({5, 7}, 1), vector = parameter({9}, 2), table = parameter({6, 3}, 3);
  const auto group = [](std::vector<Tensor> tensors, double decay) {
    auto options = std::make_unique<torch::optim::AdamWOptions>(kOptions.learning_rate);
    options->weight_decay(decay);
    return torch::optim::OptimizerParamGroup(std::move(tensors), std::move(options));
  };
  torch::optim::AdamW theirs({group({matrix, table}, kOptions.weight_decay), group({vector}, 0)});
  for (std::uint64_t number = 0; number < 20; ++number) {
    ours.step(number, {0, 1, 2, 3, 4, 5});
    matrix.mutable_grad() = ours.matrix.grad().clone();
    vector.mutable_grad() = ours.vector.grad().clone();
    table.mutable_grad() = ours.table.grad().clone();
    theirs.step();
  }
  EXPECT_TRUE(torch::allclose(ours.matrix, matrix, 1e-5, 1e-6));
  EXPECT_TRUE(torch::allclose(ours.vector, vector, 1e-5, 1e-6));
  EXPECT_TRUE(torch::allclose(ours.table, table, 1e-5, 1e-6));
}

TEST(RowwiseAdamTest, leaves_rows_without_gradient_as_they_are) {
  Trained trained;
  const Tensor before = trained.table.detach().clone();
  for (std::uint64_t number = 0; number < 3; ++number) trained.step(number, {1, 4});
  for (const std::int64_t row : {0, 2, 3, 5}) EXPECT_TRUE(torch::equal(trained.table[row], before[row])) << row;
  for (const std::int64_t row : {1, 4}) EXPECT_FALSE(torch::equal(trained.table[row], before[row])) << row;
}

TEST(RowwiseAdamTest, a_row_that_comes_late_starts_as_one_that_came_first) {
  Trained early, late;
  early.step(0, {2});
  for (std::uint64_t number = 1; number <= 50; ++number) late.step(number, {0});
  const Tensor before = late.table[2].detach().clone();
  late.step(0, {2});  // the same gradients as early's
  EXPECT_TRUE(torch::equal(before, parameter({6, 3}, 3)[2]));
  EXPECT_TRUE(torch::allclose(late.table[2], early.table[2], 1e-6, 1e-7));
}

TEST(RowwiseAdamTest, the_form_for_other_devices_takes_the_same_steps) {
  Trained kernels;
  const Tensor matrix = parameter({5, 7}, 1).to(torch::kFloat64).detach().requires_grad_();
  const Tensor table = parameter({6, 3}, 3).to(torch::kFloat64).detach().requires_grad_();
  RowwiseAdam operators({matrix, table}, {table}, kOptions);  // double has no kernels here
  for (std::uint64_t number = 0; number < 10; ++number) {
    kernels.step(number, {1, static_cast<std::int64_t>(number % 6)});
    operators.zero_grad();
    matrix.mutable_grad().add_(kernels.matrix.grad());
    table.mutable_grad().add_(kernels.table.grad());
    operators.step();
  }
  EXPECT_TRUE(torch::allclose(kernels.matrix.to(torch::kFloat64), matrix, 1e-5, 1e-6));
  EXPECT_TRUE(torch::allclose(kernels.table.to(torch::kFloat64), table, 1e-5, 1e-6));
}

TEST(RowwiseAdamTest, clips_matrices_and_tables_by_one_norm) {
  Trained trained;
  const torch::NoGradGuard no_gradient;
  trained.matrix.mutable_grad()[0][0] = 3;
  trained.table.mutable_grad()[5][1] = 4;
  EXPECT_NEAR(trained.optimizer.clip(10), 5, 1e-6);
  EXPECT_EQ(trained.matrix.grad()[0][0].item<float>(), 3);
  EXPECT_NEAR(trained.optimizer.clip(1), 5, 1e-6);
  EXPECT_NEAR(trained.matrix.grad()[0][0].item<float>(), 0.6, 1e-5);
  EXPECT_NEAR(trained.table.grad()[5][1].item<float>(), 0.8, 1e-5);
}

TEST(RowwiseAdamTest, goes_on_from_a_saved_state_with_the_same_bytes) {
  Trained whole, first, second;
  for (std::uint64_t number = 0; number < 9; ++number) whole.step(number, {1, static_cast<std::int64_t>(number % 6)});
  for (std::uint64_t number = 0; number < 4; ++number) first.step(number, {1, static_cast<std::int64_t>(number % 6)});
  torch::serialize::OutputArchive out;
  first.optimizer.save(out);
  std::stringstream bytes;
  out.save_to(bytes);
  torch::serialize::InputArchive in;
  in.load_from(bytes);
  second.optimizer.load(in);
  const auto from = first.all();
  auto to = second.all();
  for (std::size_t i = 0; i < to.size(); ++i) {
    const torch::NoGradGuard no_gradient;
    to[i].copy_(from[i]);
  }
  for (std::uint64_t number = 4; number < 9; ++number)
    second.step(number, {1, static_cast<std::int64_t>(number % 6)});
  EXPECT_TRUE(same(second, whole));
  EXPECT_FALSE(same(first, whole));
}

}  // namespace
}  // namespace inkling::train
