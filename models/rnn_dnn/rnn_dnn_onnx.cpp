#include "models/rnn_dnn/rnn_dnn_onnx.h"

#include <utility>

#include "exchange/onnx_layers.h"
#include "feature/target_json.h"
#include "models/rnn_dnn/rnn_dnn_architecture.h"

namespace inkling::models::rnn_dnn {
namespace {

using base::JsonView;
using base::Result;
using exchange::OnnxGraph;
using exchange::OnnxLayers;
using exchange::Value;

class RnnDnnGraph {
 public:
  RnnDnnGraph(const artifact::PackageManifest& manifest, const artifact::Safetensors& weights)
      : manifest_(manifest), graph_("rnn_dnn"), layers_(graph_, weights) {}

  [[nodiscard]] Result<std::string> write() {
    const JsonView params(manifest_.params, "params");
    INKLING_ASSIGN(auto targets, feature::targets_from_json(params));
    INKLING_ASSIGN(shape_, architecture_from_json(params, std::move(targets)));
    INKLING_ASSIGN(auto spec, feature::blueprint_from_json(JsonView(manifest_.features, "features")));
    INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(std::move(spec)));
    INKLING_TRY(check_views(blueprint));
    std::vector<Value> parts;
    INKLING_TRY(read_sequence(blueprint, parts));
    INKLING_TRY(read_user(blueprint, parts));
    const Value together = graph_.add("Concat", parts, {{"axis", std::int64_t{1}}});
    INKLING_ASSIGN(const Value logits, net("head", together, shape_.head_input(blueprint), shape_.head_widths()));
    layers_.answer(logits, shape_.targets.size());
    exchange::tell_package(manifest_, graph_);
    return graph_.bytes();
  }

 private:
  [[nodiscard]] base::Status read_sequence(const feature::Blueprint& blueprint, std::vector<Value>& parts) {
    const feature::ViewSpec& spec = blueprint.spec().views.front();
    const exchange::OnnxView view = layers_.view(spec);
    INKLING_ASSIGN(const Value records, layers_.embed(view, spec, "browse.embed.", shape_.embedding_dim));
    Value rows = records;
    for (std::int64_t l = 0; l < shape_.layers; ++l) {
      if (l > 0) rows = graph_.add("Concat", {rows, records}, {{"axis", std::int64_t{2}}});
      INKLING_ASSIGN(rows, layers_.recurrent({nn::CellKind::kLstm, shape_.layer_input(blueprint, l), shape_.hidden,
                                              layer_prefix(l), "layer" + std::to_string(l)},
                                             view, rows));
    }
    parts.push_back(layers_.last_row(view, rows));
    parts.push_back(layers_.last_row(view, records));
    return {};
  }

  [[nodiscard]] base::Status read_user(const feature::Blueprint& blueprint, std::vector<Value>& parts) {
    INKLING_ASSIGN(Value user, layers_.statistics(blueprint, "statistic.embed.", shape_.embedding_dim));
    if (user.empty()) return {};
    if (!shape_.user_mlp.empty()) {
      INKLING_ASSIGN(user, net("user", user, shape_.statistics_width(blueprint), shape_.user_mlp));
      user = graph_.add("Relu", {user});
    }
    parts.push_back(user);
    return {};
  }

  // Layers with ReLU between them.
  [[nodiscard]] Result<Value> net(const char* name, Value x, std::int64_t in,
                                  const std::vector<std::int64_t>& widths) {
    for (std::size_t i = 0; i < widths.size(); in = widths[i++]) {
      if (i > 0) x = graph_.add("Relu", {x});
      INKLING_ASSIGN(x, layers_.dense(x, dense_name(name, i), in, widths[i]));
    }
    return x;
  }

  const artifact::PackageManifest& manifest_;
  OnnxGraph graph_;
  OnnxLayers layers_;
  Architecture shape_;
};

}  // namespace

const exchange::OnnxHalf& onnx_half() {
  static const exchange::OnnxHalf kHalf = {
      "rnn_dnn", [](const artifact::PackageManifest& manifest, const artifact::Safetensors& weights) {
        return RnnDnnGraph(manifest, weights).write();
      }};
  return kHalf;
}

}  // namespace inkling::models::rnn_dnn
