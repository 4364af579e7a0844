#include "train/rowwise_adam.h"

#include <torch/csrc/autograd/variable.h>
#include <torch/serialize.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace inkling::train {
namespace {

using torch::Tensor;

constexpr double kBeta1 = 0.9, kBeta2 = 0.999, kEpsilon = 1e-8;
constexpr std::size_t kCorrections = 20'000;  // 0.999^20000 is below a float's rounding

double correction(double beta, std::int64_t count) {
  return 1 - std::pow(beta, static_cast<double>(count));
}

bool runs_kernels(const Tensor& tensor) {
  return tensor.device().is_cpu() && tensor.scalar_type() == torch::kFloat32 && tensor.is_contiguous();
}

std::span<float> span_of(const Tensor& tensor) {
  return {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())};
}

bool is_one_of(const Tensor& tensor, const std::vector<Tensor>& tensors) {
  return std::any_of(tensors.begin(), tensors.end(), [&](const Tensor& other) { return other.is_same(tensor); });
}

}  // namespace

RowwiseAdam::RowwiseAdam(const std::vector<Tensor>& parameters, const std::vector<Tensor>& tables,
                         const Options& options)
    : torch::optim::Optimizer({torch::optim::OptimizerParamGroup(parameters)},
                              std::make_unique<torch::optim::AdamWOptions>(options.learning_rate)),
      options_(options),
      inverse1_(1, 1.0F),
      inverse2_(1, 1.0F) {
  std::int64_t size = 0;
  for (const Tensor& parameter : parameters) {
    if (is_one_of(parameter, tables)) {
      const Tensor zero = torch::zeros_like(parameter).detach();
      tables_.push_back({parameter, zero, zero.clone(), zero.clone(),
                         torch::zeros({parameter.size(0)}, zero.options().dtype(torch::kInt32))});
      parameter.mutable_grad() = zero;
    } else {
      dense_.push_back({parameter, size, parameter.dim() > 1});
      size += parameter.numel();
    }
  }
  const torch::TensorOptions of = parameters.front().options().requires_grad(false);
  gradients_ = torch::zeros({size}, of);
  mean_ = torch::zeros({size}, of);
  square_ = torch::zeros({size}, of);
  for (const Dense& dense : dense_) {
    dense.weight.mutable_grad() = gradients_.narrow(0, dense.begin, dense.weight.numel()).view(dense.weight.sizes());
  }
}

void RowwiseAdam::zero_grad() {
  gradients_.zero_();
  for (Table& table : tables_) table.gradient.zero_();
}

double RowwiseAdam::clip(double largest_norm) {
  double squares = gradients_.pow(2).sum().item<double>();
  for (const Table& table : tables_) squares += table.gradient.pow(2).sum().item<double>();
  const double norm = std::sqrt(squares);
  if (!(norm > largest_norm)) return norm;
  const double factor = largest_norm / (norm + 1e-6);  // as LibTorch's clip_grad_norm_
  gradients_.mul_(factor);
  for (Table& table : tables_) table.gradient.mul_(factor);
  return norm;
}

void RowwiseAdam::correct_one_more() {
  ++steps_;
  while (inverse1_.size() <= std::min<std::size_t>(static_cast<std::size_t>(steps_), kCorrections)) {
    const auto count = static_cast<std::int64_t>(inverse1_.size());
    inverse1_.push_back(static_cast<float>(1 / correction(kBeta1, count)));
    inverse2_.push_back(static_cast<float>(1 / correction(kBeta2, count)));
  }
}

void RowwiseAdam::step_dense(const Dense& dense, const math::AdamStep& step) {
  const auto part = [&](const Tensor& all) { return all.narrow(0, dense.begin, dense.weight.numel()); };
  const Tensor gradient = part(gradients_), mean = part(mean_), square = part(square_);
  if (runs_kernels(dense.weight)) {
    math::adam_update(step, span_of(gradient), span_of(mean), span_of(square), span_of(dense.weight));
    torch::autograd::impl::bump_version(dense.weight);
    return;
  }
  mean.mul_(kBeta1).add_(gradient, 1 - kBeta1);
  square.mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
  Tensor flat = dense.weight.view({-1});
  flat.mul_(1 - step.learning_rate * step.decay);
  flat.addcdiv_(mean, (square / step.correction2).sqrt_().add_(kEpsilon), -step.learning_rate / step.correction1);
}

void RowwiseAdam::step_rows(Table& table) {
  if (!runs_kernels(table.weight)) return step_rows_by_operators(table);
  math::AdamStep step;
  step.learning_rate = options_.learning_rate;
  step.decay = options_.weight_decay;
  math::adam_update_rows(step, {inverse1_, inverse2_}, span_of(table.gradient), span_of(table.mean),
                         span_of(table.square), span_of(table.weight),
                         {table.counts.data_ptr<std::int32_t>(), static_cast<std::size_t>(table.counts.numel())});
  torch::autograd::impl::bump_version(table.weight);
}

void RowwiseAdam::step_rows_by_operators(Table& table) {
  const Tensor rows = table.gradient.ne(0).any(1).nonzero().squeeze(1);
  if (rows.numel() == 0) return;
  const Tensor gradient = table.gradient.index_select(0, rows);
  const Tensor count = table.counts.index_select(0, rows) + 1;
  const Tensor mean = table.mean.index_select(0, rows).mul_(kBeta1).add_(gradient, 1 - kBeta1);
  const Tensor square = table.square.index_select(0, rows).mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
  const Tensor power = count.to(gradient.dtype()).unsqueeze(1);
  const Tensor mean_corrected = mean / (1 - torch::pow(kBeta1, power));
  const Tensor spread = (square / (1 - torch::pow(kBeta2, power))).sqrt_().add_(kEpsilon);
  const Tensor kept = table.weight.index_select(0, rows) * (1 - options_.learning_rate * options_.weight_decay);
  table.weight.index_copy_(0, rows, kept - options_.learning_rate * mean_corrected / spread);
  table.mean.index_copy_(0, rows, mean);
  table.square.index_copy_(0, rows, square);
  table.counts.index_copy_(0, rows, count.to(torch::kInt32));
}

Tensor RowwiseAdam::step(LossClosure closure) {
  Tensor loss;
  if (closure != nullptr) loss = closure();
  const torch::NoGradGuard no_gradient;
  correct_one_more();
  math::AdamStep step{options_.learning_rate,    0, kBeta1, kBeta2, kEpsilon, correction(kBeta1, steps_),
                      correction(kBeta2, steps_)};
  for (const Dense& dense : dense_) {
    step.decay = dense.decays ? options_.weight_decay : 0;
    step_dense(dense, step);
  }
  for (Table& table : tables_) step_rows(table);
  return loss;
}

void RowwiseAdam::save(torch::serialize::OutputArchive& archive) const {
  archive.write("steps", c10::IValue(steps_));
  archive.write("mean", mean_, true);
  archive.write("square", square_, true);
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    const std::string name = "table" + std::to_string(i);
    archive.write(name + ".mean", tables_[i].mean, true);
    archive.write(name + ".square", tables_[i].square, true);
    archive.write(name + ".counts", tables_[i].counts, true);
  }
}

void RowwiseAdam::load(torch::serialize::InputArchive& archive) {
  c10::IValue steps;
  archive.read("steps", steps);
  archive.read("mean", mean_, true);
  archive.read("square", square_, true);
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    const std::string name = "table" + std::to_string(i);
    archive.read(name + ".mean", tables_[i].mean, true);
    archive.read(name + ".square", tables_[i].square, true);
    archive.read(name + ".counts", tables_[i].counts, true);
  }
  for (steps_ = 0; steps_ < steps.toInt();) correct_one_more();
}

}  // namespace inkling::train
