// dipn_training make FOLDER: writes what bench/figures/dipn-training-vs-pytorch trains, one weights file a read-out
// and one file of batches. dipn_training serve READOUT BATCH fused|bf16|composite: trains the same network on the
// same batches, one thread. Says its first loss as one JSON line, then answers each line "round N" on standard input
// with the processor time of N whole steps, in nanoseconds a step: gradients set to zero, forward, backward,
// optimiser; what `inkling train` runs, without clipping and averaging.
#include <filesystem>
#include <string>

#include "base/core/json.h"
#include "base/files.h"
#include "bench/run_program.h"
#include "bench/training_rounds.h"
#include "models/dipn/dipn_twin_net.h"
#include "train/micro_batch.h"
#include "train/rowwise_adam.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Random;
using base::Result;
using base::Status;
using models::dipn::DipnNet;
using models::dipn::Form;
namespace twin = models::dipn::twin;

constexpr std::uint64_t kSeed = 20211018;
constexpr std::int64_t kVocabulary = 1000, kBatches = 2, kLargestBatch = 256;
constexpr double kLearningRate = 1e-3;
const std::vector<double> kLossWeights = {1, 1};

feature::BlueprintSpec published_shape() {
  const auto features = [](std::initializer_list<const char*> sources) {
    std::vector<feature::FeatureSpec> specs;
    for (const char* source : sources) {
      specs.push_back(twin::indexed(source, static_cast<std::uint32_t>(kVocabulary - feature::kFirstId)));
    }
    return specs;
  };
  feature::BlueprintSpec spec;
  spec.views.push_back({feature::View::kSwipe, 100,
                        features({"duration_ms", "gap_ms", "tap_x", "tap_y", "start_x", "start_y", "end_x", "end_y",
                                  "length_x", "length_y", "page", "action", "direction_h", "direction_v"})});
  spec.views.push_back({feature::View::kTap, 50, features({"page", "event", "button"})});
  spec.views.push_back(
      {feature::View::kBrowse, 50, features({"action", "hour", "weekday", "item_repeat", "stay_ms", "timestamp"})});
  return spec;
}

Result<std::unique_ptr<DipnNet>> make_network(const std::string& readout, Form form,
                                              train::fused::ReducedPath path = {}) {
  INKLING_ASSIGN(const auto blueprint, feature::Blueprint::make(published_shape()));
  INKLING_ASSIGN(const auto params, twin::params_of({"hidden=64", "attention_size=64", "mlp=[128,64]", "dropout=0",
                                                     "wide=false", "readout=" + readout}));
  INKLING_ASSIGN(const auto architecture,
                 models::dipn::architecture_from_json(base::JsonView(params), twin::two_targets()));
  auto network = std::make_unique<DipnNet>(architecture, blueprint, 0, form, path);
  Random random(kSeed);
  twin::draw_trained_weights(*network, random);
  return network;
}

// Full windows, ids uniform over the vocabulary: the worst case for caches.
std::vector<train::Batch> make_batches(std::int64_t size) {
  torch::manual_seed(kSeed);
  std::vector<train::Batch> batches(static_cast<std::size_t>(kBatches));
  const auto longs = torch::TensorOptions(torch::kInt64);
  for (train::Batch& batch : batches) {
    for (const feature::ViewSpec& view : published_shape().views) {
      const auto features = static_cast<std::int64_t>(view.features.size());
      const torch::Tensor ids =
          torch::randint(feature::kMissingId, kVocabulary, {kLargestBatch, view.window, features}, longs);
      batch.views.push_back({torch::zeros({size, 0, features}, longs), torch::zeros({size}, longs),
                             ids.narrow(0, 0, size), torch::full({size}, std::int64_t{view.window}, longs)});
    }
    batch.labels = torch::randint(0, 2, {kLargestBatch, 2}).to(torch::kFloat32).narrow(0, 0, size);
    batch.numbers = torch::zeros({size, 0});
    batch.statistic_ids = torch::zeros({size, 0}, longs);
  }
  return batches;
}

Status write(const artifact::SafetensorsWriter& writer, const std::filesystem::path& path) {
  INKLING_ASSIGN(const auto bytes, writer.bytes());
  return base::write_file_atomic(path.string(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// As floats, which hold ids of a small vocabulary exactly and are what the peer's reader reads.
Status add(artifact::SafetensorsWriter& writer, const std::string& name, const torch::Tensor& tensor) {
  const torch::Tensor values = tensor.to(torch::kFloat32).contiguous();
  return writer.add<float>(name, values.sizes().vec(),
                           {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
}

Status write_batches(const std::filesystem::path& path) {
  artifact::SafetensorsWriter writer;
  const auto batches = make_batches(kLargestBatch);
  for (std::size_t b = 0; b < batches.size(); ++b) {
    const std::string prefix = "batch." + std::to_string(b) + ".";
    for (std::size_t v = 0; v < batches[b].views.size(); ++v) {
      INKLING_TRY(add(writer, prefix + "ids." + std::to_string(v), batches[b].views[v].ids));
    }
    INKLING_TRY(add(writer, prefix + "labels", batches[b].labels));
  }
  return write(writer, path);
}

Status make(const std::filesystem::path& folder) {
  for (const char* readout : {"product", "last_and_mean"}) {
    INKLING_ASSIGN(const auto network, make_network(readout, Form::kFastest));
    INKLING_ASSIGN(const auto weights, network->write());
    INKLING_TRY(write(weights, folder / (std::string(readout) + ".safetensors")));
  }
  return write_batches(folder / "batches.safetensors");
}

double step(DipnNet& network, train::RowwiseAdam& optimizer, const train::Batch& batch) {
  optimizer.zero_grad();
  const double loss = train::accumulate_gradients(network, batch, kLossWeights);
  optimizer.step();
  return loss;
}

Status serve(const std::string& readout, std::int64_t size, const std::string& form) {
  train::limit_threads(1);
  const train::fused::ReducedPath path = form == "bf16" ? math::best_product_path() : std::nullopt;
  INKLING_ASSIGN(const auto network,
                 make_network(readout, form == "composite" ? Form::kComposite : Form::kFastest, path));
  network->train();
  const auto batches = make_batches(size);
  train::RowwiseAdam optimizer(network->parameters(), network->tables(), {kLearningRate, 0});
  Json hello = Json::object();
  Json losses = Json::array();
  for (const train::Batch& batch : batches) losses.push(step(*network, optimizer, batch));
  hello.set("losses", std::move(losses)).set("blas", train::has_fast_blas() ? "OpenBLAS" : "reference");
  hello.set("products", path ? math::path_name(*path) : "float");
  std::size_t next = 0;
  return answer_rounds(hello, [&] { return step(*network, optimizer, batches[next++ % batches.size()]); });
}

Status run(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  Status status = base::invalid_input(
      "usage: dipn_training make FOLDER | serve product|last_and_mean BATCH fused|bf16|composite");
  if (arguments.size() == 2 && arguments[0] == "make") status = make(arguments[1]);
  if (arguments.size() == 4 && arguments[0] == "serve") {
    const std::int64_t size = std::stoll(arguments[2]);
    if (size < 1 || size > kLargestBatch) {
      status = base::invalid_input("BATCH is " + arguments[2] + "; it must be 1 to " + std::to_string(kLargestBatch));
    } else {
      status = serve(arguments[1], size, arguments[3]);
    }
  }
  return status;
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("dipn_training", [&] { return inkling::bench::run(argc, argv); });
}
