#include "models/caam/caam_network_net.h"

#include <cmath>
#include <utility>

namespace inkling::models::caam {
namespace {

using torch::Tensor;
namespace fused = train::fused;

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

fused::AddOnShape shape_of(const Architecture& architecture) {
  fused::AddOnShape shape;
  const bool attends = architecture.triggers == Triggers::kAttention;
  shape.dim = static_cast<std::size_t>(architecture.embedding_dim);
  shape.unit_first = static_cast<std::size_t>(architecture.attention_mlp[0]);
  shape.unit_second = static_cast<std::size_t>(architecture.attention_mlp[1]);
  shape.heads = attends ? static_cast<std::size_t>(architecture.heads) : 0;
  shape.context = attends ? request_width() : 0;
  shape.request_numbers = request_width();
  shape.candidate_numbers = candidate_width();
  shape.pools_ticked = architecture.triggers != Triggers::kNone;
  shape.pools_unticked = architecture.rich_context;
  shape.slope = kLeakySlope;
  return shape;
}

// Rows of tables, sample after sample.
class RowsMaker {
 public:
  explicit RowsMaker(std::size_t tables) : tables_(static_cast<std::int64_t>(tables)) {}
  void add(const std::vector<ItemRows>& items) {
    for (const ItemRows& item : items) add(item);
    counts_.push_back(static_cast<std::int64_t>(items.size()));
  }
  void add(const std::vector<StepRows>& steps) {
    for (const StepRows& step : steps) {
      add(step.item);
      ids_.insert(ids_.end(), {step.kind, step.age});
    }
    counts_.push_back(static_cast<std::int64_t>(steps.size()));
  }
  [[nodiscard]] fused::AddOnBatch::Rows make() const {
    return {torch::tensor(ids_, torch::kInt64).view({-1, tables_}), torch::tensor(counts_, torch::kInt64)};
  }

 private:
  void add(const ItemRows& item) { ids_.insert(ids_.end(), item.begin(), item.end()); }

  std::int64_t tables_;
  std::vector<std::int64_t> ids_, counts_;
};

// [rows x width]
Tensor matrix_of(const std::vector<float>& values, std::size_t width) {
  return torch::tensor(values).view({-1, static_cast<std::int64_t>(width)});
}

std::int64_t candidates_of(std::span<const NetworkSample* const> samples) {
  std::size_t candidates = 0;
  for (const NetworkSample* sample : samples) candidates += sample->candidates.size();
  return static_cast<std::int64_t>(candidates);
}

// Ones, of which a share is zero and the others make up for it.
Tensor dropout_mask(std::int64_t rows, std::int64_t columns, double share) {
  return torch::empty({rows, columns}).bernoulli_(1 - share).div_(1 - share);
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
  if (architecture.triggers == Triggers::kAttention) add_trigger_attention();
  body_.emplace(shape_of(architecture), body_parameters());
}

void CaamNetwork::add_trigger_attention() {
  const std::int64_t dim = architecture_.embedding_dim;
  const double spread = 1 / std::sqrt(static_cast<double>(dim));
  query_ = register_parameter("triggers_query", spread * torch::randn({dim, dim}));
  key_ = register_parameter("triggers_key", spread * torch::randn({dim, dim}));
  const auto heads = static_cast<double>(architecture_.heads);
  heads_ = register_parameter("triggers_heads", torch::full({architecture_.heads}, 1 / heads));
  gate_scale_ = register_parameter("gate_scale", torch::zeros({2}));
  gate_context_ = register_parameter("gate_context", torch::zeros({static_cast<std::int64_t>(request_width())}));
  gate_bias_ = register_parameter("gate_bias", torch::zeros({1}));
}

fused::AddOnParameters CaamNetwork::body_parameters() const {
  fused::AddOnParameters parameters;
  parameters.tables = tables();
  parameters.unit_weight1 = attention_[0]->weight;
  parameters.unit_bias1 = attention_[0]->bias;
  parameters.unit_weight2 = attention_[1]->weight;
  parameters.unit_bias2 = attention_[1]->bias;
  parameters.unit_weight3 = attention_[2]->weight;
  parameters.unit_bias3 = attention_[2]->bias;
  parameters.trigger_query = query_;
  parameters.trigger_key = key_;
  parameters.trigger_heads = heads_;
  parameters.gate_scale = gate_scale_;
  parameters.gate_context = gate_context_;
  parameters.gate_bias = gate_bias_;
  return parameters;
}

CaamNetwork::Read CaamNetwork::read(std::span<const NetworkSample* const> samples) const {
  static const NetworkSample kNothing;
  RowsMaker steps(kItemTables + 2), triggers(kItemTables), unticked(kItemTables), candidates(kItemTables);
  std::vector<float> request, features;
  const auto vectors = static_cast<std::int64_t>(shape_of(architecture_).learnt_width());
  Read read;
  if (is_training()) read.masks.vectors = dropout_mask(candidates_of(samples), vectors, dropouts_.embedding);
  std::int64_t row = 0;
  for (const NetworkSample* sample : samples) {
    const auto count = static_cast<std::int64_t>(sample->candidates.size());
    const bool blind = is_training() && torch::rand({1}).item<double>() < dropouts_.blind_share;
    if (blind) read.masks.vectors.narrow(0, row, count).zero_();
    const NetworkSample& seen = blind ? kNothing : *sample;  // nobody would see what is made of the rest
    steps.add(seen.steps);
    triggers.add(seen.triggers);
    unticked.add(seen.unticked);
    candidates.add(sample->candidates);
    request.insert(request.end(), sample->request.begin(), sample->request.end());
    features.insert(features.end(), sample->features.begin(), sample->features.end());
    row += count;
  }
  const Tensor numbers = matrix_of(request, request_width());
  const bool attends = architecture_.triggers == Triggers::kAttention;
  read.batch = {steps.make(),
                triggers.make(),
                unticked.make(),
                candidates.make(),
                attends ? numbers : numbers.narrow(1, 0, 0).contiguous(),
                numbers,
                matrix_of(features, candidate_width())};
  for (std::size_t i = 0; is_training() && dropouts_.hidden > 0 && i + 1 < top_.size(); ++i) {
    read.masks.hidden.push_back(dropout_mask(row, top_[i]->bias.numel(), dropouts_.hidden));
  }
  return read;
}

Tensor CaamNetwork::forward(std::span<const NetworkSample* const> samples) {
  const Read read = this->read(samples);
  Tensor x = body_->forward(read.batch);
  if (read.masks.vectors.defined()) {
    const std::int64_t vectors = read.masks.vectors.size(1);
    x = torch::cat({x.narrow(1, 0, vectors) * read.masks.vectors, x.slice(1, vectors)}, 1);
  }
  for (std::size_t i = 0; i + 1 < top_.size(); ++i) {
    x = leaky(top_[i]->forward(x));
    if (!read.masks.hidden.empty()) x = x * read.masks.hidden[i];
  }
  return top_.back()->forward(x);
}

double CaamNetwork::add_gradients(std::span<const NetworkSample* const> samples, const Tensor& labels,
                                  fused::AddOnFunction::Loss loss) {
  const Read read = this->read(samples);
  return body_->add_gradients(read.batch, labels, {top_, loss, read.masks}, 1);
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
