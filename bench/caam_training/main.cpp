// caam_training make FOLDER: writes what bench/figures/caam-training-vs-pytorch trains: one file of weights, and one
// of batches for each number of candidates a request. caam_training serve CANDIDATES: trains the same network on the
// same batches, one thread, as training_rounds.h says. A step is what `inkling train` runs: gradients set to zero,
// forward, backward, Adam, here on everything alike, because the rival's Adam is. Ids are uniform random and every
// window is full: no request has padding, which would cost the rival and not us.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "artifact/safetensors.h"
#include "base/files.h"
#include "bench/training_rounds.h"
#include "train/fit_network.h"
#include "train/fused/add_on_function.h"
#include "train/network_parts.h"
#include "train/rowwise_adam.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Status;
using torch::Tensor;
namespace fused = train::fused;

constexpr std::int64_t kSeed = 20220618;
constexpr std::int64_t kBatches = 4, kBehaviours = 100, kTicked = 10, kUnticked = 5;
constexpr double kLearningRate = 1e-4;  // small, as the same few batches come again and again
// Item, leaf, top category, shop, price bucket; kind and age of a behaviour.
const std::vector<std::int64_t> kIds = {4000, 400, 20, 200, 32, 6, 16};
const std::vector<std::int64_t> kHidden = {256, 128, 64};

fused::AddOnShape published_shape() {
  fused::AddOnShape shape;  // E = 32, unit 80-40, 4 heads
  shape.context = 16;
  shape.request_numbers = 16;
  shape.candidate_numbers = 80;
  return shape;
}

// So many requests that a batch has a few hundred samples either way.
std::int64_t requests_of(std::int64_t candidates) {
  return candidates == 1 ? 256 : 32;
}

struct Network {
  Network() {
    torch::manual_seed(kSeed);
    const auto shape = published_shape();
    const auto e = static_cast<std::int64_t>(shape.dim), h1 = static_cast<std::int64_t>(shape.unit_first);
    const auto h2 = static_cast<std::int64_t>(shape.unit_second);
    for (const std::int64_t ids : kIds) parameters.tables.push_back(draw("table", {ids, e}, 0.3));
    parameters.unit_weight1 = draw("unit.weight1", {h1, 4 * e}, 0.12);
    parameters.unit_bias1 = draw("unit.bias1", {h1}, 0.1);
    parameters.unit_weight2 = draw("unit.weight2", {h2, h1}, 0.12);
    parameters.unit_bias2 = draw("unit.bias2", {h2}, 0.1);
    parameters.unit_weight3 = draw("unit.weight3", {1, h2}, 0.15);
    parameters.unit_bias3 = draw("unit.bias3", {1}, 0.1);
    parameters.trigger_query = draw("trigger.query", {e, e}, 0.2);
    parameters.trigger_key = draw("trigger.key", {e, e}, 0.2);
    parameters.trigger_heads = draw("trigger.heads", {static_cast<std::int64_t>(shape.heads)}, 0.5);
    parameters.gate_scale = draw("gate.scale", {2}, 0.5);
    parameters.gate_context = draw("gate.context", {static_cast<std::int64_t>(shape.context)}, 0.1);
    parameters.gate_bias = draw("gate.bias", {1}, 0.1);
    auto inputs = static_cast<std::int64_t>(shape.width());
    for (const std::int64_t outputs : kHidden) inputs = add_layer(inputs, outputs);
    add_layer(inputs, 1);
  }

  std::int64_t add_layer(std::int64_t inputs, std::int64_t outputs) {
    auto& layer = mlp.emplace_back(inputs, outputs);
    named.emplace_back("mlp.weight", layer->weight);
    named.emplace_back("mlp.bias", layer->bias);
    return outputs;
  }
  Tensor draw(const std::string& name, const std::vector<std::int64_t>& sizes, double spread) {
    return named.emplace_back(name, (torch::randn(sizes) * spread).requires_grad_()).second;
  }
  [[nodiscard]] std::vector<Tensor> all() const {
    std::vector<Tensor> tensors;
    for (const auto& [name, tensor] : named) tensors.push_back(tensor);
    return tensors;
  }

  fused::AddOnParameters parameters;
  std::vector<torch::nn::Linear> mlp;
  std::vector<std::pair<std::string, Tensor>> named;
};

struct LabelledBatch {
  fused::AddOnBatch inputs;
  Tensor labels;  // 0, 1/3, 2/3 or 1: how far a sample went of click, cart, purchase
};

fused::AddOnBatch::Rows draw_rows(std::int64_t requests, std::int64_t each, std::size_t tables) {
  std::vector<Tensor> columns;
  for (std::size_t t = 0; t < tables; ++t) {
    columns.push_back(torch::randint(1, kIds[t], {requests * each}, torch::kInt64));
  }
  return {torch::stack(columns, 1).contiguous(), torch::full({requests}, each, torch::kInt64)};
}

std::vector<LabelledBatch> make_batches(std::int64_t candidates) {
  torch::manual_seed(kSeed + candidates);
  const auto shape = published_shape();
  const std::int64_t requests = requests_of(candidates), samples = requests * candidates;
  std::vector<LabelledBatch> batches(static_cast<std::size_t>(kBatches));
  for (LabelledBatch& batch : batches) {
    batch.inputs.behaviours = draw_rows(requests, kBehaviours, kIds.size());
    batch.inputs.ticked = draw_rows(requests, kTicked, shape.item_tables);
    batch.inputs.unticked = draw_rows(requests, kUnticked, shape.item_tables);
    batch.inputs.candidates = draw_rows(requests, candidates, shape.item_tables);
    batch.inputs.request = torch::randn({requests, static_cast<std::int64_t>(shape.request_numbers)});
    batch.inputs.context = batch.inputs.request;
    batch.inputs.candidate = torch::randn({samples, static_cast<std::int64_t>(shape.candidate_numbers)});
    batch.labels = torch::randint(0, 4, {samples}).to(torch::kFloat32) / 3;
  }
  return batches;
}

Status write(const train::NamedTensors& tensors, const std::filesystem::path& path) {
  INKLING_ASSIGN(const auto writer, train::package_weights(tensors));
  INKLING_ASSIGN(const auto bytes, writer.bytes());
  return base::write_file_atomic(path.string(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// Ids as floats, which hold those of small vocabularies exactly and are what the peer's reader reads.
Status make(const std::filesystem::path& folder) {
  train::NamedTensors weights;
  const Network network;
  for (std::size_t i = 0; i < network.named.size(); ++i) {
    weights.emplace_back(std::to_string(i) + "." + network.named[i].first, network.named[i].second);
  }
  INKLING_TRY(write(weights, folder / "weights.safetensors"));
  for (const std::int64_t candidates : {1, 20}) {
    train::NamedTensors tensors;
    const auto batches = make_batches(candidates);
    for (std::size_t b = 0; b < batches.size(); ++b) {
      const auto add = [&](const char* name, const Tensor& tensor) {
        tensors.emplace_back(std::to_string(b) + "." + name, tensor.to(torch::kFloat32));
      };
      const fused::AddOnBatch& inputs = batches[b].inputs;
      add("behaviours", inputs.behaviours.ids);
      add("ticked", inputs.ticked.ids);
      add("unticked", inputs.unticked.ids);
      add("candidates", inputs.candidates.ids);
      add("request", inputs.request);
      add("candidate", inputs.candidate);
      add("labels", batches[b].labels);
    }
    INKLING_TRY(write(tensors, folder / ("batches-" + std::to_string(candidates) + ".safetensors")));
  }
  return {};
}

Status serve(std::int64_t candidates) {
  train::limit_threads(1);
  const Network network;
  const auto batches = make_batches(candidates);
  fused::AddOnFunction function(published_shape(), network.parameters);
  train::RowwiseAdam optimizer(network.all(), {}, {kLearningRate, 0});
  Json hello = Json::object();
  hello.set("samples", requests_of(candidates) * candidates);
  std::size_t next = 0;
  return answer_rounds(hello, [&] {
    const LabelledBatch& batch = batches[next++ % batches.size()];
    optimizer.zero_grad();
    const double loss = function.add_gradients(batch.inputs, batch.labels, {network.mlp}, 1);
    optimizer.step();
    return loss;
  });
}

int run(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  Status status = base::invalid_input("usage: caam_training make FOLDER | serve 1|20");
  if (arguments.size() == 2 && arguments[0] == "make") status = make(arguments[1]);
  if (arguments.size() == 2 && arguments[0] == "serve" && (arguments[1] == "1" || arguments[1] == "20")) {
    status = serve(std::stoll(arguments[1]));
  }
  if (status.ok()) return 0;
  std::fprintf(stderr, "caam_training: %s\n", status.message().c_str());
  return 1;
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  try {
    return inkling::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "caam_training: %s\n", error.what());
    return 1;
  }
}
