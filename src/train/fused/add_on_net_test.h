// The add-on network once more in LibTorch's operators, request by request as the formulas stand in models.md B.2,
// and made-up batches on every edge: what the fused operators are held to. Not for speed.
#pragma once

#include <torch/torch.h>

#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "train/fused/add_on_function.h"

namespace inkling::train::fused {

struct RequestSizes {
  std::int64_t behaviours, ticked, unticked, candidates;
};

class ReferenceAddOnNet {
 public:
  ReferenceAddOnNet(const AddOnShape& shape, const std::vector<std::int64_t>& hidden) : shape_(shape) {
    const auto of = [](std::size_t size) { return static_cast<std::int64_t>(size); };
    const std::int64_t e = of(shape.dim), h1 = of(shape.unit_first), h2 = of(shape.unit_second);
    for (std::size_t t = 0; t < shape.item_tables + shape.behaviour_tables; ++t) {
      parameters.tables.push_back(draw("table" + std::to_string(t), {kIds + of(t), e}, 0.5));
      const torch::NoGradGuard no_gradient;
      parameters.tables.back()[0].zero_();
    }
    const auto spread = [](std::int64_t inputs) { return 1.5 / std::sqrt(static_cast<double>(inputs)); };
    parameters.unit_weight1 = draw("unit.weight1", {h1, 4 * e}, spread(2 * e));
    parameters.unit_bias1 = draw("unit.bias1", {h1}, 0.2);
    parameters.unit_weight2 = draw("unit.weight2", {h2, h1}, spread(h1));
    parameters.unit_bias2 = draw("unit.bias2", {h2}, 0.2);
    parameters.unit_weight3 = draw("unit.weight3", {1, h2}, spread(h2));
    parameters.unit_bias3 = draw("unit.bias3", {1}, 0.2);
    if (shape.heads > 0) {
      parameters.trigger_query = draw("trigger.query", {e, e}, spread(e));
      parameters.trigger_key = draw("trigger.key", {e, e}, spread(e));
      parameters.trigger_heads = draw("trigger.heads", {of(shape.heads)}, 0.5);
      parameters.gate_scale = draw("gate.scale", {2}, 0.5);
      parameters.gate_context = draw("gate.context", {of(shape.context)}, 0.5);
      parameters.gate_bias = draw("gate.bias", {1}, 0.5);
    }
    std::int64_t inputs = of(shape.width());
    for (const std::int64_t outputs : hidden) {
      mlp.emplace_back(inputs, outputs);
      inputs = outputs;
    }
    mlp.emplace_back(inputs, 1);
    for (std::size_t l = 0; l < mlp.size(); ++l) {
      named.emplace_back("mlp.weight" + std::to_string(l), mlp[l]->weight);
      named.emplace_back("mlp.bias" + std::to_string(l), mlp[l]->bias);
    }
  }

  // [candidates, width()]
  torch::Tensor read(const AddOnBatch& batch) const {
    std::vector<torch::Tensor> rows;
    std::array<std::int64_t, 4> begins{};
    for (std::int64_t i = 0; i < batch.candidates.counts.size(0); ++i) {
      const auto items = [&](const AddOnBatch::Rows& of, std::size_t role) {
        const std::int64_t count = of.counts[i].item<std::int64_t>(), begin = begins[role];
        begins[role] += count;
        return vectors(of.ids.narrow(0, begin, count));
      };
      const std::int64_t first = begins[3];
      const torch::Tensor s = items(batch.behaviours, 0), c = items(batch.ticked, 1), u = items(batch.unticked, 2);
      const torch::Tensor x = items(batch.candidates, 3);
      const std::int64_t n = x.size(0);
      const torch::Tensor pool = mean(c).expand_as(x), unticked = mean(u).expand_as(x);
      std::vector<torch::Tensor> parts = {read_out(s, c, x, batch.context[i]), x};
      if (shape_.pools_ticked) parts.insert(parts.end(), {pool, x * pool});
      if (shape_.pools_unticked) parts.push_back(unticked);
      parts.insert(parts.end(), {batch.request[i].expand({n, -1}), batch.candidate.narrow(0, first, n)});
      rows.push_back(torch::cat(parts, 1));
    }
    return torch::cat(rows);
  }
  torch::Tensor logits(const AddOnBatch& batch) {
    torch::Tensor x = read(batch);
    for (std::size_t l = 0; l < mlp.size(); ++l) {
      x = mlp[l](x);
      if (l + 1 < mlp.size()) x = torch::leaky_relu(x, shape_.slope);
    }
    return x.squeeze(1);
  }
  torch::Tensor loss(const AddOnBatch& batch, const torch::Tensor& labels, AddOnFunction::Loss kind) {
    const torch::Tensor z = logits(batch);
    if (kind == AddOnFunction::Loss::kGraded) return torch::binary_cross_entropy_with_logits(z, labels);
    torch::Tensor sum = torch::zeros({}, z.options());
    std::int64_t begin = 0, taught = 0;
    for (std::int64_t i = 0; i < batch.candidates.counts.size(0); ++i) {
      const std::int64_t count = batch.candidates.counts[i].item<std::int64_t>();
      const torch::Tensor wanted = labels.narrow(0, begin, count), own = z.narrow(0, begin, count);
      begin += count;
      if (count == 0 || wanted.sum().item<double>() == 0) continue;
      sum = sum - (torch::log_softmax(own, 0) * wanted / wanted.sum()).sum();
      ++taught;
    }
    return sum / taught;
  }
  void to_double() {
    for (auto& [name, tensor] : named) tensor.set_data(tensor.to(torch::kFloat64));
  }

  static constexpr std::int64_t kIds = 11;
  AddOnParameters parameters;
  std::vector<torch::nn::Linear> mlp;
  std::vector<std::pair<std::string, torch::Tensor>> named;  // all parameters

 private:
  torch::Tensor draw(const std::string& name, const std::vector<std::int64_t>& sizes, double spread) {
    const torch::Tensor tensor = (torch::randn(sizes) * spread).requires_grad_();
    named.emplace_back(name, tensor);
    return tensor;
  }
  torch::Tensor vectors(const torch::Tensor& ids) const {
    torch::Tensor sum;
    for (std::int64_t t = 0; t < ids.size(1); ++t) {
      const auto table = static_cast<std::size_t>(t);
      const torch::Tensor rows =
          torch::embedding(parameters.tables[table], ids.select(1, t), table < shape_.item_tables ? 0 : -1);
      sum = sum.defined() ? sum + rows : rows;
    }
    return sum;
  }
  static torch::Tensor mean(const torch::Tensor& rows) {
    return rows.size(0) == 0 ? torch::zeros({1, rows.size(1)}, rows.options()) : rows.mean(0, true);
  }
  // [N, T]
  torch::Tensor unit_weights(const torch::Tensor& s, const torch::Tensor& x) const {
    const torch::Tensor steps = s.unsqueeze(0).expand({x.size(0), -1, -1}), target = x.unsqueeze(1).expand_as(steps);
    const torch::Tensor inputs = torch::cat({steps, target, steps - target, steps * target}, 2);
    const auto& p = parameters;
    const torch::Tensor first = torch::leaky_relu(torch::linear(inputs, p.unit_weight1, p.unit_bias1), shape_.slope);
    const torch::Tensor second = torch::leaky_relu(torch::linear(first, p.unit_weight2, p.unit_bias2), shape_.slope);
    return torch::linear(second, p.unit_weight3, p.unit_bias3).squeeze(2);
  }
  // [T]
  torch::Tensor trigger_weights(const torch::Tensor& s, const torch::Tensor& c) const {
    const auto heads = static_cast<std::int64_t>(shape_.heads), width = s.size(1) / heads;
    const auto split = [&](const torch::Tensor& rows) { return rows.view({-1, heads, width}).permute({1, 0, 2}); };
    const torch::Tensor q = split(torch::matmul(c, parameters.trigger_query.t()));
    const torch::Tensor k = split(torch::matmul(s, parameters.trigger_key.t()));
    const torch::Tensor logits = torch::matmul(q, k.transpose(1, 2)) / std::sqrt(static_cast<double>(width));
    const torch::Tensor fused = torch::softmax(logits, 2).mean(1);  // [h, T]
    return (parameters.trigger_heads.unsqueeze(1) * fused).sum(0) * s.size(0);
  }
  torch::Tensor read_out(const torch::Tensor& s, const torch::Tensor& c, const torch::Tensor& x,
                         const torch::Tensor& context) const {
    if (s.size(0) == 0) return torch::zeros_like(x);
    torch::Tensor weights = unit_weights(s, x);
    if (shape_.heads > 0 && c.size(0) > 0) {
      const auto& p = parameters;
      const torch::Tensor other = trigger_weights(s, c).unsqueeze(0);
      const torch::Tensor gate = torch::sigmoid(p.gate_scale[0] * weights + p.gate_scale[1] * other +
                                                (p.gate_context * context).sum() + p.gate_bias);
      weights = gate * weights + (1 - gate) * other;
    }
    return torch::matmul(weights, s) / std::sqrt(static_cast<double>(s.size(0)));
  }

  AddOnShape shape_;
};

inline AddOnBatch make_add_on_batch(const AddOnShape& shape, const std::vector<RequestSizes>& sizes) {
  AddOnBatch batch;
  const auto of = [](std::size_t size) { return static_cast<std::int64_t>(size); };
  const auto rows = [&](std::int64_t RequestSizes::*role, std::size_t tables) {
    std::vector<std::int64_t> counts;
    std::int64_t total = 0;
    for (const RequestSizes& request : sizes) total += counts.emplace_back(request.*role);
    return AddOnBatch::Rows{torch::randint(0, ReferenceAddOnNet::kIds, {total, of(tables)}, torch::kInt64),
                            torch::tensor(counts, torch::kInt64)};
  };
  batch.behaviours = rows(&RequestSizes::behaviours, shape.item_tables + shape.behaviour_tables);
  batch.ticked = rows(&RequestSizes::ticked, shape.item_tables);
  batch.unticked = rows(&RequestSizes::unticked, shape.item_tables);
  batch.candidates = rows(&RequestSizes::candidates, shape.item_tables);
  batch.context = torch::randn({of(sizes.size()), of(shape.context)});
  batch.request = torch::randn({of(sizes.size()), of(shape.request_numbers)});
  batch.candidate = torch::randn({batch.candidates.ids.size(0), of(shape.candidate_numbers)});
  return batch;
}

}  // namespace inkling::train::fused
