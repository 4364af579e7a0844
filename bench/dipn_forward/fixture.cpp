#include "bench/dipn_forward/fixture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "artifact/mapped_file.h"
#include "base/core/random.h"
#include "base/files.h"
#include "feature/blueprint.h"
#include "state/shopper_state.h"

namespace inkling::bench {
namespace {

using artifact::Shape;
using base::Json;
using base::Random;
using base::Result;
using base::Status;

constexpr std::uint64_t kSeed = 20211018;
constexpr std::int64_t kVocabulary = 1000;  // ids of each feature, padding and "missing" included
constexpr std::int64_t kHidden = 64, kEmbedding = 8, kAttention = 64, kTargets = 2;
constexpr double kLogitDeviation = 1.2;  // of a calibrated model with an AUC of 0.8

struct ViewShape {
  const char* name;
  feature::View view;
  std::uint32_t window;
  std::vector<const char*> sources;
};

const std::vector<ViewShape>& view_shapes() {
  static const std::vector<ViewShape> kShapes = {
      {"swipe",
       feature::View::kSwipe,
       100,
       {"duration_ms", "gap_ms", "tap_x", "tap_y", "start_x", "start_y", "end_x", "end_y", "length_x", "length_y",
        "page", "action", "direction_h", "direction_v"}},
      {"tap", feature::View::kTap, 50, {"page", "event", "button"}},
      {"browse", feature::View::kBrowse, 50, {"action", "hour", "weekday", "item_repeat", "stay_ms", "timestamp"}}};
  return kShapes;
}

feature::BlueprintSpec blueprint_spec() {
  feature::BlueprintSpec spec;
  for (const ViewShape& shape : view_shapes()) {
    feature::ViewSpec view{shape.view, shape.window, {}};
    for (const char* source : shape.sources) {
      feature::Encoder encoder;
      encoder.kind = feature::EncoderKind::kIndex;
      encoder.size = static_cast<std::uint32_t>(kVocabulary - feature::kFirstId);
      view.features.push_back({source, encoder});
    }
    spec.views.push_back(std::move(view));
  }
  return spec;
}

Result<Json> parameters(const std::string& readout) {
  Json params = Json::object();
  params.set("hidden", kHidden).set("embedding_dim", kEmbedding).set("attention_size", kAttention);
  params.set("cell", "gru").set("intra", true).set("intra_scale_by_length", true);
  params.set("inter", true).set("inter_scope", "others").set("combine", "residual").set("readout", readout);
  Json layers = Json::array();
  layers.push(128);
  layers.push(64);
  params.set("mlp", std::move(layers)).set("wide", false);
  params.set("targets", models::dipn::targets_to_json({{"purchase_1h", 3'600'000}, {"purchase_1d", 86'400'000}}));
  return params;
}

// Tensors by name, drawn as large as those of trained models (models/dipn/dipn_twin_net.h).
class Weights {
 public:
  explicit Weights(std::uint64_t seed) : random_(seed) {}
  void draw(const std::string& name, Shape shape, double scale) {
    std::size_t count = 1;
    for (const std::int64_t side : shape) count *= static_cast<std::size_t>(side);
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(scale * random_.normal());
    tensors_[name] = {std::move(shape), std::move(values)};
  }
  void draw_matrix(const std::string& name, std::int64_t rows, std::int64_t cols, double trained_scale) {
    draw(name, {rows, cols}, trained_scale / std::sqrt(static_cast<double>(cols)));
  }
  void multiply(const std::string& name, double factor) {
    for (float& value : tensors_.at(name).values) value = static_cast<float>(factor * static_cast<double>(value));
  }
  [[nodiscard]] Result<artifact::SafetensorsWriter> writer() const {
    artifact::SafetensorsWriter writer;
    for (const auto& [name, tensor] : tensors_) {
      INKLING_TRY(writer.add(name, tensor.shape, std::span<const float>(tensor.values)));
    }
    return writer;
  }

 private:
  struct Tensor {
    Shape shape;
    std::vector<float> values;
  };
  Random random_;
  std::map<std::string, Tensor> tensors_;
};

void draw_view(const ViewShape& shape, Weights& weights) {
  const std::string prefix = "view." + std::string(shape.name) + ".";
  const auto features = static_cast<std::int64_t>(shape.sources.size());
  for (std::size_t f = 0; f < shape.sources.size(); ++f) {
    weights.draw(models::dipn::embedding_name(shape.name, f), {kVocabulary, kEmbedding}, 0.5);
  }
  weights.draw_matrix(prefix + "rnn.weight_ih", 3 * kHidden, features * kEmbedding, 1.5);
  weights.draw_matrix(prefix + "rnn.weight_hh", 3 * kHidden, kHidden, 1.5);
  weights.draw(prefix + "rnn.bias_ih", {3 * kHidden}, 0.2);
  weights.draw(prefix + "rnn.bias_hh", {3 * kHidden}, 0.2);
  weights.draw_matrix(prefix + "intra.state", kAttention, kHidden, 1);
  weights.draw_matrix(prefix + "intra.last", kAttention, kHidden, 1);
  weights.draw(prefix + "intra.bias", {kAttention}, 0.2);
  weights.draw(prefix + "intra.query", {kAttention}, 2 / std::sqrt(static_cast<double>(kAttention)));
  weights.draw_matrix(prefix + "inter.merged", kHidden, kHidden, 2);
  weights.draw(prefix + "inter.bias", {kHidden}, 0.2);
}

Weights draw_all(const std::string& readout) {
  Weights weights(kSeed);
  for (const ViewShape& shape : view_shapes()) draw_view(shape, weights);
  const std::int64_t view_width = readout == "product" ? kHidden : 2 * kHidden;
  const std::array<std::int64_t, 4> widths = {3 * view_width, 128, 64, kTargets};
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    weights.draw_matrix(models::dipn::mlp_name(i, "weight"), widths[i + 1], widths[i], 1.5);
    weights.draw(models::dipn::mlp_name(i, "bias"), {widths[i + 1]}, 0.2);
  }
  return weights;
}

std::vector<ForwardInput> draw_inputs() {
  Random random = Random::stream(kSeed, 1);
  std::vector<ForwardInput> inputs(kInputCount);
  for (ForwardInput& input : inputs) {
    for (const ViewShape& shape : view_shapes()) {
      std::vector<std::uint32_t>& ids = input.ids.emplace_back(shape.window * shape.sources.size());
      for (std::uint32_t& id : ids) {
        id = feature::kMissingId + static_cast<std::uint32_t>(random.below(kVocabulary - feature::kMissingId));
      }
    }
  }
  return inputs;
}

// The standard deviation of one target over all inputs, the smaller of the two: both shall vary.
double deviation(const std::vector<std::vector<float>>& logits) {
  double smallest = INFINITY;
  for (std::size_t k = 0; k < logits.front().size(); ++k) {
    double sum = 0, squares = 0;
    for (const auto& row : logits) {
      sum += static_cast<double>(row[k]);
      squares += static_cast<double>(row[k]) * static_cast<double>(row[k]);
    }
    const auto count = static_cast<double>(logits.size());
    smallest = std::min(smallest, std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count))));
  }
  return smallest;
}

artifact::PackageManifest manifest_of(Json params) {
  artifact::PackageManifest manifest;
  manifest.name = "dipn";
  manifest.version = "v1";
  manifest.seed = kSeed;
  manifest.fold_version = state::kFoldVersion;
  manifest.feature_version = feature::kFeatureVersion;
  manifest.params = std::move(params);
  manifest.features = feature::blueprint_to_json(blueprint_spec());
  return manifest;
}

Status write_model(const std::filesystem::path& folder, const std::string& readout,
                   const std::vector<ForwardInput>& inputs) {
  INKLING_ASSIGN(auto params, parameters(readout));
  const auto manifest = manifest_of(std::move(params));
  Weights weights = draw_all(readout);
  INKLING_ASSIGN(const auto unscaled, weights.writer());
  INKLING_ASSIGN(auto bytes, unscaled.bytes());
  const auto owner = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  INKLING_ASSIGN(const auto tensors, artifact::Safetensors::parse(*owner));
  INKLING_ASSIGN(const auto scorer, models::dipn::DipnScorer::make(manifest, tensors, owner, math::Precision::kFloat,
                                                                   math::scalar_kernels()));
  const double factor = kLogitDeviation / deviation(Forward(scorer).all(inputs));
  for (const char* what : {"weight", "bias"}) weights.multiply(models::dipn::mlp_name(2, what), factor);
  INKLING_ASSIGN(auto scaled, weights.writer());
  std::error_code ignored;
  std::filesystem::remove_all(folder / readout, ignored);
  return artifact::write_package(folder / readout, manifest, std::move(scaled)).status();
}

Status write_inputs(const std::filesystem::path& folder, const std::vector<ForwardInput>& inputs) {
  artifact::SafetensorsWriter writer;
  writer.set_metadata("vocabulary", std::to_string(kVocabulary));
  for (std::size_t v = 0; v < view_shapes().size(); ++v) {
    const ViewShape& shape = view_shapes()[v];
    std::vector<std::int32_t> ids;
    for (const ForwardInput& input : inputs) ids.insert(ids.end(), input.ids[v].begin(), input.ids[v].end());
    INKLING_TRY(writer.add(shape.name,
                           {static_cast<std::int64_t>(inputs.size()), static_cast<std::int64_t>(shape.window),
                            static_cast<std::int64_t>(shape.sources.size())},
                           std::span<const std::int32_t>(ids)));
  }
  INKLING_ASSIGN(const auto bytes, writer.bytes());
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return base::write_file_atomic((folder / "inputs.safetensors").string(), text);
}

}  // namespace

Status make_fixture(const std::filesystem::path& folder) {
  const auto inputs = draw_inputs();
  for (const char* readout : {"product", "last_and_mean"}) INKLING_TRY(write_model(folder, readout, inputs));
  return write_inputs(folder, inputs);
}

Result<ForwardModel> load_model(const std::filesystem::path& folder, const std::string& readout,
                                math::Precision precision, const math::Kernels& kernels) {
  INKLING_ASSIGN(auto package, artifact::open_package(artifact::package_folder(folder / readout, "dipn", "v1"),
                                                      state::kFoldVersion, feature::kFeatureVersion));
  ForwardModel model;
  model.package = std::make_shared<artifact::Package>(std::move(package));
  INKLING_ASSIGN(model.scorer, models::dipn::DipnScorer::make(model.package->manifest(), model.package->weights(),
                                                              model.package, precision, kernels));
  return model;
}

Result<std::vector<ForwardInput>> load_inputs(const std::filesystem::path& folder) {
  INKLING_ASSIGN(const auto file, artifact::MappedFile::open(folder / "inputs.safetensors"));
  INKLING_ASSIGN(const auto tensors, artifact::Safetensors::parse(file.bytes()));
  std::vector<ForwardInput> inputs(kInputCount);
  for (const ViewShape& shape : view_shapes()) {
    const std::size_t size = shape.window * shape.sources.size();
    INKLING_ASSIGN(const auto ids, tensors.values<std::int32_t>(shape.name, {kInputCount, -1, -1}));
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto own = ids.subspan(i * size, size);
      inputs[i].ids.emplace_back(own.begin(), own.end());
    }
  }
  return inputs;
}

BatchForward::BatchForward(std::shared_ptr<const models::dipn::DipnScorer> scorer,
                           const std::vector<ForwardInput>& inputs)
    : batch_(std::move(scorer)), samples_(inputs.size()), logits_(inputs.size() * kTargets) {
  for (std::size_t i = 0; i < inputs.size(); ++i) std::ranges::copy(inputs[i].ids, samples_[i].ids.begin());
}

std::vector<std::vector<float>> BatchForward::all() {
  run();
  std::vector<std::vector<float>> rows;
  for (auto at = logits_.begin(); at != logits_.end(); at += kTargets) rows.emplace_back(at, at + kTargets);
  return rows;
}

Forward::Forward(std::shared_ptr<const models::dipn::DipnScorer> scorer)
    : scorer_(std::move(scorer)), memory_(scorer_->new_memory()), workspace_(scorer_->new_workspace()) {}

void Forward::run(const ForwardInput& input, std::span<float> logits) {
  scorer_->restart(*memory_);
  for (std::size_t v = 0; v < input.ids.size(); ++v) scorer_->advance(v, input.ids[v], *memory_, *workspace_);
  scorer_->score_encoded(*memory_, true, {}, {}, *workspace_, logits);
}

std::vector<std::vector<float>> Forward::all(const std::vector<ForwardInput>& inputs) {
  std::vector<std::vector<float>> logits;
  for (const ForwardInput& input : inputs) run(input, logits.emplace_back(kTargets));
  return logits;
}

}  // namespace inkling::bench
