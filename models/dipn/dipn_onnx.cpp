#include "models/dipn/dipn_onnx.h"

#include <cmath>
#include <utility>

#include "exchange/onnx_layers.h"
#include "models/dipn/dipn_architecture.h"

namespace inkling::models::dipn {
namespace {

using base::JsonView;
using base::Result;
using exchange::OnnxGraph;
using exchange::OnnxLayers;
using exchange::OnnxView;
using exchange::Value;

class DipnGraph {
 public:
  DipnGraph(const artifact::PackageManifest& manifest, const artifact::Safetensors& weights)
      : manifest_(manifest), graph_("dipn"), layers_(graph_, weights) {}

  [[nodiscard]] Result<std::string> write() {
    const JsonView params(manifest_.params, "params");
    INKLING_ASSIGN(auto targets, targets_from_json(params));
    INKLING_ASSIGN(architecture_, architecture_from_json(params, std::move(targets)));
    INKLING_ASSIGN(auto spec, feature::blueprint_from_json(JsonView(manifest_.features, "features")));
    INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(std::move(spec)));
    INKLING_TRY(check_architecture(architecture_, blueprint));
    for (const feature::ViewSpec& view : blueprint.spec().views) {
      INKLING_ASSIGN(States states, states_of(view));
      views_.push_back(std::move(states));
    }
    INKLING_ASSIGN(const Value logits, head(blueprint));
    layers_.answer(logits, architecture_.target_count);
    exchange::tell_package(manifest_, graph_);
    return graph_.bytes();
  }

 private:
  struct States {
    OnnxView view;
    Value rows;  // [batch, steps, H] after the attention inside the view
  };

  [[nodiscard]] Result<States> states_of(const feature::ViewSpec& spec) {
    States states{layers_.view(spec), {}};
    const std::string prefix = "view." + states.view.name + ".";
    INKLING_ASSIGN(const Value steps,
                   layers_.embed(states.view, spec, prefix + "embed.", architecture_.embedding_dim));
    const auto inputs = static_cast<std::int64_t>(spec.features.size()) * architecture_.embedding_dim;
    INKLING_ASSIGN(states.rows, layers_.recurrent({architecture_.cell, inputs, architecture_.hidden, prefix + "rnn.",
                                                   states.view.name},
                                                  states.view, steps));
    if (!architecture_.intra) return states;
    INKLING_ASSIGN(states.rows, attended(states.view, states.rows, prefix + "intra."));
    return states;
  }

  [[nodiscard]] Result<Value> attended(const OnnxView& view, const Value& rows, const std::string& prefix) {
    const std::int64_t size = architecture_.attention_size, hidden = architecture_.hidden;
    INKLING_ASSIGN(const Value of_state, layers_.transposed(prefix + "state", size, hidden));
    INKLING_ASSIGN(const Value of_last, layers_.transposed(prefix + "last", size, hidden));
    INKLING_ASSIGN(const Value bias, layers_.weight(prefix + "bias", {size}));
    INKLING_ASSIGN(const Value query, layers_.weight(prefix + "query", {size}));
    const std::vector<std::int64_t> step_axis = {1}, last_axis = {2};
    const Value last = graph_.add("Add", {graph_.add("MatMul", {layers_.last_row(view, rows), of_last}), bias});
    const Value from_last = graph_.add("Unsqueeze", {last, graph_.integers(step_axis)});
    const Value keys = graph_.add("Tanh", {graph_.add("Add", {graph_.add("MatMul", {rows, of_state}), from_last})});
    Value alpha = layers_.masked_softmax(graph_.add("MatMul", {keys, query}), view.mask);
    if (architecture_.intra_scale_by_length) {
      const Value lengths = graph_.add("Cast", {view.lengths}, {{"to", std::int64_t{1}}});
      alpha = graph_.add("Mul", {alpha, graph_.add("Unsqueeze", {lengths, graph_.integers(step_axis)})});
    }
    return graph_.add("Mul", {rows, graph_.add("Unsqueeze", {alpha, graph_.integers(last_axis)})});
  }

  // What each record of view `own` sees in the views that it looks at; "" if it looks at none.
  [[nodiscard]] Result<Value> context(std::size_t own) {
    std::vector<Value> rows, masks;
    for (std::size_t v = 0; v < views_.size(); ++v) {
      if (v == own && !architecture_.inter_all) continue;
      rows.push_back(views_[v].rows);
      masks.push_back(views_[v].view.mask);
    }
    if (!architecture_.inter || rows.empty()) return Value();
    const auto side_by_side = [&](const std::vector<Value>& parts) {
      return parts.size() == 1 ? parts.front() : graph_.add("Concat", parts, {{"axis", std::int64_t{1}}});
    };
    const std::string prefix = "view." + views_[own].view.name + ".inter.";
    const auto scale = static_cast<float>(1 / std::sqrt(static_cast<double>(architecture_.hidden)));
    INKLING_ASSIGN(const Value merged,
                   layers_.scaled(prefix + "merged", {architecture_.hidden, architecture_.hidden}, scale));
    INKLING_ASSIGN(const Value bias, layers_.scaled(prefix + "bias", {architecture_.hidden}, scale));
    const Value others = side_by_side(rows);
    const std::vector<std::int64_t> turned = {0, 2, 1}, query_axis = {1};
    const Value queries = graph_.add("Add", {graph_.add("MatMul", {views_[own].rows, merged}), bias});
    const Value logits = graph_.add("MatMul", {queries, graph_.add("Transpose", {others}, {{"perm", turned}})});
    const Value mask = graph_.add("Unsqueeze", {side_by_side(masks), graph_.integers(query_axis)});
    const Value seen = graph_.add("MatMul", {layers_.masked_softmax(logits, mask), others});
    return graph_.add("Mul", {seen, views_[own].view.present});
  }

  [[nodiscard]] base::Status read_out(std::size_t own, std::vector<Value>& parts) {
    const States& states = views_[own];
    INKLING_ASSIGN(const Value seen, context(own));
    if (architecture_.readout == Readout::kProduct) {
      parts.push_back(layers_.sum_of_rows(graph_.add("Mul", {states.rows, seen})));
      return {};
    }
    Value rows = states.rows;
    if (!seen.empty()) {
      const bool product = architecture_.combine == nn::Combine::kTanhProduct;
      rows = product ? graph_.add("Mul", {rows, graph_.add("Tanh", {seen})}) : graph_.add("Add", {rows, seen});
    }
    parts.push_back(layers_.last_row(states.view, rows));
    parts.push_back(layers_.mean_of_rows(states.view, rows));
    return {};
  }

  [[nodiscard]] Result<Value> head(const feature::Blueprint& blueprint) {
    std::vector<Value> parts;
    for (std::size_t v = 0; v < views_.size(); ++v) INKLING_TRY(read_out(v, parts));
    INKLING_ASSIGN(const Value facts, layers_.statistics(blueprint, "statistic.embed.", architecture_.embedding_dim));
    if (!facts.empty()) parts.push_back(facts);
    Value x = parts.size() == 1 ? parts.front() : graph_.add("Concat", parts, {{"axis", std::int64_t{1}}});
    std::vector<std::int64_t> widths = architecture_.mlp;
    const auto targets = static_cast<std::int64_t>(architecture_.target_count);
    widths.push_back(targets);
    std::int64_t in = architecture_.mlp_input(blueprint);
    for (std::size_t i = 0; i < widths.size(); in = widths[i++]) {
      INKLING_ASSIGN(x, layers_.dense(x, "mlp." + std::to_string(i), in, widths[i]));
      if (i + 1 < widths.size()) x = graph_.add("Relu", {x});
    }
    if (!architecture_.wide || facts.empty()) return x;
    INKLING_ASSIGN(const Value wide,
                   layers_.dense(facts, "wide", architecture_.statistics_width(blueprint), targets));
    return graph_.add("Add", {x, wide});
  }

  const artifact::PackageManifest& manifest_;
  OnnxGraph graph_;
  OnnxLayers layers_;
  Architecture architecture_;
  std::vector<States> views_;
};

}  // namespace

const exchange::OnnxHalf& onnx_half() {
  static const exchange::OnnxHalf kHalf = {
      "dipn", [](const artifact::PackageManifest& manifest, const artifact::Safetensors& weights) {
        return DipnGraph(manifest, weights).write();
      }};
  return kHalf;
}

}  // namespace inkling::models::dipn
