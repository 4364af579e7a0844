#include "models/caam/caam_network_net.h"

#include <cmath>

namespace inkling::models::caam {
namespace {

using torch::Tensor;

constexpr double kEmbeddingSpread = 0.1;  // N(0, 1) would drown the other inputs at first

Tensor table(std::int64_t rows, std::int64_t dim) {
  return kEmbeddingSpread * torch::randn({rows, dim});
}

// Row 0 stands for what is not known and stays zero: the look-up gives it no gradient.
Tensor item_table(std::int64_t rows, std::int64_t dim) {
  Tensor values = table(rows, dim);
  values[0].zero_();
  return values;
}

Tensor ids_of(const std::vector<std::int64_t>& ids) {
  return torch::tensor(ids, torch::kInt64);
}

// Views the values, [rows x width].
Tensor matrix_of(const std::vector<float>& values, std::size_t width) {
  const auto rows = static_cast<std::int64_t>(values.size() / width), columns = static_cast<std::int64_t>(width);
  return torch::from_blob(const_cast<float*>(values.data()), {rows, columns}, torch::kFloat32);
}

Tensor leaky(const Tensor& x) {
  return torch::leaky_relu(x, kLeakySlope);
}

}  // namespace

CaamNetwork::CaamNetwork(const Architecture& architecture, const Vocabulary& vocabulary, const Dropouts& dropouts)
    : architecture_(architecture), dropouts_(dropouts) {
  const std::int64_t dim = architecture.embedding_dim;
  for (std::size_t i = 0; i < kItemTables; ++i) {
    const auto rows = static_cast<std::int64_t>(vocabulary.rows(i));
    item_tables_[i] = register_parameter(std::string("embed_") + kItemTableNames[i], item_table(rows, dim));
  }
  kinds_ = register_parameter("embed_kind", table(basket::kBehaviourKinds, dim));
  ages_ = register_parameter("embed_age", table(kAgeBuckets, dim));
  const auto add_layers = [&](const char* part, std::int64_t in, std::vector<std::int64_t> widths, std::int64_t out,
                              std::vector<torch::nn::Linear>& layers) {
    widths.push_back(out);
    for (const std::int64_t width : widths) {
      layers.push_back(register_module(part + std::to_string(layers.size()), torch::nn::Linear(in, width)));
      in = width;
    }
  };
  add_layers("attention", 4 * dim, architecture.attention_mlp, 1, attention_);
  add_layers("top", architecture.top_input(), architecture.top_mlp, architecture.outputs(), top_);
  {
    // The network starts from the numbers and takes up vectors as they prove their worth.
    const torch::NoGradGuard no_gradient;
    const std::int64_t numbers = static_cast<std::int64_t>(request_width() + candidate_width());
    top_.front()->weight.narrow(1, 0, architecture.top_input() - numbers).zero_();
  }
  if (architecture.triggers != Triggers::kAttention) return;
  const double spread = 1 / std::sqrt(static_cast<double>(dim));
  query_ = register_parameter("triggers_query", spread * torch::randn({dim, dim}));
  key_ = register_parameter("triggers_key", spread * torch::randn({dim, dim}));
  const auto heads = static_cast<double>(architecture.heads);
  heads_ = register_parameter("triggers_heads", torch::full({architecture.heads}, 1 / heads));
  gate_scale_ = register_parameter("gate_scale", torch::zeros({2}));
  gate_context_ = register_parameter("gate_context", torch::zeros({static_cast<std::int64_t>(request_width())}));
  gate_bias_ = register_parameter("gate_bias", torch::zeros({1}));
}

Tensor CaamNetwork::items(const std::vector<const ItemRows*>& rows) {
  Tensor sum = torch::zeros({static_cast<std::int64_t>(rows.size()), architecture_.embedding_dim});
  std::vector<std::int64_t> ids(rows.size());
  for (std::size_t table = 0; table < kItemTables; ++table) {
    for (std::size_t i = 0; i < rows.size(); ++i) ids[i] = (*rows[i])[table];
    sum = sum + torch::embedding(item_tables_[table], ids_of(ids), /*padding_idx=*/0);
  }
  return sum;
}

CaamNetwork::Embedded CaamNetwork::embed(std::span<const NetworkSample* const> samples) {
  std::vector<const ItemRows*> steps, triggers, unticked, candidates;
  std::vector<std::int64_t> kinds, ages;
  for (const NetworkSample* sample : samples) {
    for (const StepRows& step : sample->steps) {
      steps.push_back(&step.item);
      kinds.push_back(step.kind);
      ages.push_back(step.age);
    }
    for (const ItemRows& item : sample->triggers) triggers.push_back(&item);
    for (const ItemRows& item : sample->unticked) unticked.push_back(&item);
    for (const ItemRows& item : sample->candidates) candidates.push_back(&item);
  }
  Embedded embedded{items(steps), items(triggers), items(unticked), items(candidates)};
  embedded.steps = embedded.steps + torch::embedding(kinds_, ids_of(kinds)) + torch::embedding(ages_, ids_of(ages));
  return embedded;
}

// S [T, E], X [N, E] -> [N, T]. The first layer is split by what it multiplies: what belongs to a step or a candidate
// alone is computed once.
Tensor CaamNetwork::target_weights(const Tensor& steps, const Tensor& candidates) {
  const auto parts = attention_.front()->weight.chunk(4, 1);  // of s, x, s - x, s * x
  const Tensor of_steps = steps.matmul((parts[0] + parts[2]).t()) + attention_.front()->bias;
  const Tensor of_candidates = candidates.matmul((parts[1] - parts[2]).t());
  const Tensor products = steps.unsqueeze(0) * candidates.unsqueeze(1);
  Tensor hidden = leaky(products.matmul(parts[3].t()) + of_steps.unsqueeze(0) + of_candidates.unsqueeze(1));
  for (std::size_t i = 1; i + 1 < attention_.size(); ++i) hidden = leaky(attention_[i]->forward(hidden));
  return attention_.back()->forward(hidden).squeeze(2);
}

// S [T, E], C [C, E] -> [T].
Tensor CaamNetwork::trigger_weights(const Tensor& steps, const Tensor& triggers) {
  const std::int64_t heads = architecture_.heads, per_head = architecture_.embedding_dim / heads;
  const Tensor queries = triggers.matmul(query_.t()).view({-1, heads, per_head}).transpose(0, 1);
  const Tensor keys = steps.matmul(key_.t()).view({-1, heads, per_head}).transpose(0, 1);
  const Tensor logits = queries.matmul(keys.transpose(1, 2)) / std::sqrt(static_cast<double>(per_head));
  const Tensor fused = torch::softmax(logits, 2).mean(1);  // [h, T]
  return heads_.matmul(fused) * static_cast<double>(steps.size(0));
}

// [N, E]
Tensor CaamNetwork::read_history(const Tensor& steps, const Tensor& triggers, const Tensor& candidates,
                                 const Tensor& request) {
  if (steps.size(0) == 0 || candidates.size(0) == 0) return torch::zeros_like(candidates);
  Tensor weights = target_weights(steps, candidates);
  if (architecture_.triggers == Triggers::kAttention && triggers.size(0) > 0) {
    const Tensor of_triggers = trigger_weights(steps, triggers).unsqueeze(0);
    const Tensor gate = torch::sigmoid(gate_scale_[0] * weights + gate_scale_[1] * of_triggers +
                                       gate_context_.dot(request) + gate_bias_);
    weights = gate * weights + (1 - gate) * of_triggers;
  }
  return weights.matmul(steps) / std::sqrt(static_cast<double>(steps.size(0)));
}

// Of one sample, [N, vectors].
Tensor CaamNetwork::dropped(const Tensor& vectors) const {
  if (!is_training()) return vectors;
  if (torch::rand({1}).item<double>() < dropouts_.blind_share) return torch::zeros_like(vectors);
  return torch::dropout(vectors, dropouts_.embedding, true);
}

Tensor CaamNetwork::top(Tensor inputs) {
  for (std::size_t i = 0; i + 1 < top_.size(); ++i) {
    inputs = torch::dropout(leaky(top_[i]->forward(inputs)), dropouts_.hidden, is_training());
  }
  return top_.back()->forward(inputs);
}

namespace {

// The mean of [n, E]; zero of none.
Tensor pool(const Tensor& rows) {
  return rows.size(0) == 0 ? torch::zeros({rows.size(1)}) : rows.mean(0);
}

// Cuts the rows of all samples into theirs, one after another.
class Rows {
 public:
  explicit Rows(Tensor all) : all_(std::move(all)) {}
  Tensor take(std::size_t count) {
    const auto rows = static_cast<std::int64_t>(count);
    Tensor taken = all_.narrow(0, at_, rows);
    at_ += rows;
    return taken;
  }

 private:
  Tensor all_;
  std::int64_t at_ = 0;
};

}  // namespace

Tensor CaamNetwork::forward(std::span<const NetworkSample* const> samples) {
  const Embedded all = embed(samples);
  Rows steps(all.steps), triggers(all.triggers), unticked(all.unticked), candidates(all.candidates);
  std::vector<Tensor> inputs;
  for (const NetworkSample* sample : samples) {
    const Tensor s = steps.take(sample->steps.size()), c = triggers.take(sample->triggers.size());
    const Tensor u = unticked.take(sample->unticked.size()), x = candidates.take(sample->candidates.size());
    const Tensor request = matrix_of(sample->request, request_width())[0];
    const Tensor features = matrix_of(sample->features, candidate_width());
    const Tensor pooled = pool(c);
    std::vector<Tensor> parts = {read_history(s, c, x, request), x};
    const auto for_each = [&](const Tensor& vector) { return vector.unsqueeze(0).expand({x.size(0), -1}); };
    if (architecture_.triggers != Triggers::kNone) {
      parts.push_back(for_each(pooled));
      parts.push_back(x * pooled);
    }
    if (architecture_.rich_context) parts.push_back(for_each(pool(u)));
    inputs.push_back(torch::cat({dropped(torch::cat(parts, 1)), for_each(request), features}, 1));
  }
  return top(torch::cat(inputs, 0));
}

train::NamedTensors CaamNetwork::weights() const {
  train::NamedTensors out;
  for (std::size_t i = 0; i < kItemTables; ++i) {
    out.emplace_back(std::string("embed.") + kItemTableNames[i], item_tables_[i]);
  }
  out.emplace_back("embed.kind", kinds_);
  out.emplace_back("embed.age", ages_);
  const auto add_layers = [&](const char* part, const std::vector<torch::nn::Linear>& layers) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      out.emplace_back(layer_name(part, i, "weight"), layers[i]->weight);
      out.emplace_back(layer_name(part, i, "bias"), layers[i]->bias);
    }
  };
  add_layers("attention", attention_);
  add_layers("top", top_);
  if (architecture_.triggers != Triggers::kAttention) return out;
  out.emplace_back("triggers.query", query_);
  out.emplace_back("triggers.key", key_);
  out.emplace_back("triggers.heads", heads_);
  out.emplace_back("gate.scale", gate_scale_);
  out.emplace_back("gate.context", gate_context_);
  out.emplace_back("gate.bias", gate_bias_);
  return out;
}

std::vector<Tensor> CaamNetwork::tables() const {
  std::vector<Tensor> tables(item_tables_.begin(), item_tables_.end());
  tables.push_back(kinds_);
  tables.push_back(ages_);
  return tables;
}

}  // namespace inkling::models::caam
