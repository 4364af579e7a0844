#include "models/span_tagger/span_tagger_network_net.h"

#include <torch/torch.h>

#include <string>

#include "models/span_tagger/span_tagger_chain.h"
#include "models/span_tagger/span_tagger_loader.h"
#include "nn/embedding.h"

namespace inkling::models::span_tagger {
namespace {

using torch::Tensor;
namespace rnn = torch::nn::utils::rnn;

constexpr double kEmbeddingSpread = 0.1;  // the usual N(0, 1) drowns everything else at first

std::int64_t signed_of(std::size_t size) {
  return static_cast<std::int64_t>(size);
}

// LibTorch's names of a module's parameters behind the package's prefixes.
std::string module_name(std::string name) {
  for (char& c : name) {
    if (c == '.') c = '_';
  }
  return name;
}

}  // namespace

SpanTaggerNet::SpanTaggerNet(const Architecture& shape, const Vocabulary& vocabulary, double dropout) {
  std::size_t width = 0;
  for (std::size_t column = 0; column < vocabulary.columns(); ++column) {
    const std::size_t chain = column < kFirstWordColumn ? 0 : (column - kFirstWordColumn) / kWordColumns;
    std::size_t dim = shape.word_dim;
    if (column == kCharacterColumn) {
      embeddings_.push_back(add_embedding(table_name(column), vocabulary.character_ids(), dim = shape.character_dim));
    } else if (column == kLeftPairColumn) {
      embeddings_.push_back(add_embedding(table_name(column), vocabulary.pair_ids(), dim = shape.bigram_dim));
    } else if (column == kRightPairColumn) {
      dim = shape.bigram_dim;
      embeddings_.push_back(embeddings_.back());
    } else {
      const std::size_t ids = column == kKindColumn ? kKindIds : word_ids(shape.types_of(chain).size());
      embeddings_.push_back(add_embedding(table_name(column), ids, dim));
    }
    width += dim;
  }
  const auto hidden = signed_of(shape.hidden);
  recurrent_ = register_module(
      "recurrent",
      torch::nn::GRU(torch::nn::GRUOptions(signed_of(width), hidden).bidirectional(true).batch_first(true)));
  const std::int64_t tags = signed_of(shape.first_tag(shape.chains()));
  emissions_ = register_module("emissions", torch::nn::Linear(2 * hidden, tags));
  for (std::size_t chain = 0; chain < shape.chains(); ++chain) {
    const std::int64_t size = signed_of(tag_count(shape.types_of(chain).size()));
    transitions_.push_back(register_parameter(module_name(transitions_name(chain)), torch::zeros({size, size})));
  }
  if (!shape.joints.empty()) {
    for (std::size_t column = 0; column < kPairColumns; ++column) {
      pair_embeddings_.push_back(add_embedding(pair_table_name(column), kFirstKnownId + kPairIds[column], kPairDim));
    }
    pair_hidden_ = register_module("pair_hidden", torch::nn::Linear(8 * hidden + signed_of(kPairColumns * kPairDim),
                                                                    signed_of(shape.pair_hidden)));
    pair_out_ = register_module(
        "pair_out", torch::nn::Linear(signed_of(shape.pair_hidden), signed_of(shape.relations.size() + 1)));
  }
  dropout_ = register_module("dropout", torch::nn::Dropout(dropout));
}

torch::nn::Embedding SpanTaggerNet::add_embedding(const std::string& name, std::size_t ids, std::size_t dim) {
  auto embedding = register_module(module_name(name), torch::nn::Embedding(signed_of(ids), signed_of(dim)));
  const torch::NoGradGuard no_gradient;
  embedding->weight.mul_(kEmbeddingSpread);
  return embedding;
}

Tensor SpanTaggerNet::states(const Tensor& ids, const Tensor& lengths) {
  std::vector<Tensor> parts;
  for (std::size_t column = 0; column < embeddings_.size(); ++column) {
    parts.push_back(embeddings_[column]->forward(ids.select(2, signed_of(column))));
  }
  const Tensor x = dropout_->forward(torch::cat(parts, 2));
  const auto packed = rnn::pack_padded_sequence(x, lengths, true, true);
  const auto [rows, state] = recurrent_->forward_with_packed_input(packed);
  return dropout_->forward(std::get<0>(rnn::pad_packed_sequence(rows, true, 0.0, ids.size(1))));
}

Tensor SpanTaggerNet::emissions(const Tensor& states) {
  return emissions_->forward(states);
}

Tensor SpanTaggerNet::pair_logits(const Tensor& states, const PairBatch& pairs) {
  const Tensor ends = torch::tensor(pairs.ends), ids = torch::tensor(pairs.ids).view({pairs.size(), -1});
  std::vector<Tensor> parts = {states.index_select(0, ends).view({pairs.size(), -1})};
  for (std::size_t column = 0; column < kPairColumns; ++column) {
    parts.push_back(pair_embeddings_[column]->forward(ids.select(1, signed_of(column))));
  }
  return pair_out_->forward(dropout_->forward(torch::relu(pair_hidden_->forward(torch::cat(parts, 1)))));
}

std::vector<Tensor> SpanTaggerNet::tables() const {
  return {embeddings_[kCharacterColumn]->weight, embeddings_[kLeftPairColumn]->weight};
}

train::NamedTensors SpanTaggerNet::weights() const {
  train::NamedTensors out;
  for (std::size_t column = 0; column < embeddings_.size(); ++column) {
    if (column != kRightPairColumn) out.emplace_back(table_name(column), embeddings_[column]->weight);
  }
  const auto recurrent = recurrent_->named_parameters();
  for (const char* prefix : kDirectionPrefixes) {
    const std::string suffix = prefix == kDirectionPrefixes[0] ? "_l0" : "_l0_reverse";
    for (const std::string name : {"weight_ih", "weight_hh", "bias_ih", "bias_hh"}) {
      out.emplace_back(prefix + name, recurrent[name + suffix]);
    }
  }
  out.emplace_back("emissions.weight", emissions_->weight);
  out.emplace_back("emissions.bias", emissions_->bias);
  for (std::size_t chain = 0; chain < transitions_.size(); ++chain) {
    out.emplace_back(transitions_name(chain), transitions_[chain]);
  }
  for (std::size_t column = 0; column < pair_embeddings_.size(); ++column) {
    out.emplace_back(pair_table_name(column), pair_embeddings_[column]->weight);
  }
  if (!pair_embeddings_.empty()) {
    out.emplace_back("pair.hidden.weight", pair_hidden_->weight);
    out.emplace_back("pair.hidden.bias", pair_hidden_->bias);
    out.emplace_back("pair.out.weight", pair_out_->weight);
    out.emplace_back("pair.out.bias", pair_out_->bias);
  }
  return out;
}

}  // namespace inkling::models::span_tagger
