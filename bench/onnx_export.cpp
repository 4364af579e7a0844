// onnx_export FOLDER [--quick]: DIPN with every switch, cell and set of views as <n>.onnx, beside <n>.safetensors:
// the samples as batches, and the logits of our serving half (as "served"). Prints one JSON line, a row a case. What
// a session has before its window stands apart, as <view>_prefix_ids and <view>_prefix_lengths: the peer runs the
// model over it too and carries the states on, as a device would.
#include <cstdio>
#include <filesystem>
#include <string_view>

#include "base/files.h"
#include "bench/dipn_cases.h"
#include "bench/run_program.h"
#include "models/dipn/dipn_onnx.h"
#include "models/rnn_dnn/rnn_dnn_onnx.h"
#include "models/rnn_dnn/rnn_dnn_twin_net.h"

namespace inkling::bench {
namespace {

namespace twin = models::dipn::twin;
using artifact::SafetensorsWriter;
using base::Json;
using base::Status;

constexpr std::uint64_t kSeed = 20190805;

template <typename T>
Status add(SafetensorsWriter& out, const std::string& name, const torch::Tensor& tensor) {
  return out.add<T>(name, tensor.sizes().vec(), {tensor.data_ptr<T>(), static_cast<std::size_t>(tensor.numel())});
}

Status add_samples(const train::SequenceData& data, const feature::BlueprintSpec& spec, SafetensorsWriter& out) {
  const auto batch = data.batch(data.part(sample::Part::kTrain));
  for (std::size_t v = 0; v < batch.views.size(); ++v) {
    const std::string name(feature::view_name(spec.views[v].view));
    const train::ViewBatch& view = batch.views[v];
    INKLING_TRY(add<std::int64_t>(out, name + "_prefix_ids", view.prefix_ids));
    INKLING_TRY(add<std::int64_t>(out, name + "_prefix_lengths", view.prefix_lengths));
    INKLING_TRY(add<std::int64_t>(out, name + "_ids", view.ids));
    INKLING_TRY(add<std::int64_t>(out, name + "_lengths", view.lengths));
  }
  INKLING_TRY(add<float>(out, "numbers", batch.numbers));
  return add<std::int64_t>(out, "ids", batch.statistic_ids);
}

Status add_logits(const twin::Logits& logits, SafetensorsWriter& out) {
  std::vector<float> values;
  for (const auto& row : logits) values.insert(values.end(), row.begin(), row.end());
  return out.add<float>("served",
                        {static_cast<std::int64_t>(logits.size()), static_cast<std::int64_t>(logits[0].size())},
                        std::span<const float>(values));
}

Status write_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  return base::write_file_atomic(path.string(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// <stem>.onnx and <stem>.safetensors.
Status write_pair(const exchange::OnnxHalf& half, const artifact::PackageManifest& manifest,
                  const SafetensorsWriter& weights, const SafetensorsWriter& samples,
                  const std::filesystem::path& stem, Json& row) {
  INKLING_ASSIGN(const auto package, weights.bytes());
  INKLING_ASSIGN(const auto tensors, artifact::Safetensors::parse(package));
  INKLING_ASSIGN(const std::string model, half.write(manifest, tensors));
  INKLING_TRY(write_file(stem.string() + ".onnx", std::as_bytes(std::span(model))));
  INKLING_ASSIGN(const auto bytes, samples.bytes());
  row.set("model", std::string(half.name)).set("name", stem.filename().string());
  row.set("bytes", static_cast<std::int64_t>(model.size()));
  return write_file(stem.string() + ".safetensors", bytes);
}

Status write_dipn(const DipnCase& each, const std::filesystem::path& stem, Json& row) {
  INKLING_ASSIGN(const auto weights, each.network.write());
  INKLING_ASSIGN(const auto scorer, twin::serve(each.manifest, weights));
  SafetensorsWriter samples;
  INKLING_TRY(add_samples(each.data, each.samples.set.blueprint, samples));
  INKLING_TRY(add_logits(twin::scorer_logits(*scorer, each.samples.columns), samples));
  return write_pair(models::dipn::onnx_half(), each.manifest, weights, samples, stem, row);
}

Status write_rnn_dnn(std::int64_t layers, bool statistics, const std::filesystem::path& folder,
                     const std::filesystem::path& stem, Json& row) {
  namespace rnn_dnn = models::rnn_dnn;
  INKLING_ASSIGN(const rnn_dnn::twin::Twins twins,
                 rnn_dnn::twin::make_twins({"hidden=21", "layers=" + std::to_string(layers)},
                                           rnn_dnn::twin::blueprint_of(statistics)));
  base::Random random(kSeed);
  const auto lengths = twin::edge_lengths(twins.blueprint.spec(), 6, random);
  INKLING_ASSIGN(const auto made, twin::write_samples(twin::random_columns(twins.blueprint, lengths, random),
                                                      twins.blueprint, folder));
  INKLING_ASSIGN(const auto data, train::SequenceData::load(made.set));
  INKLING_ASSIGN(const auto weights, twins.network->write());
  INKLING_ASSIGN(const auto scorer, rnn_dnn::twin::serve(twins.manifest, weights));
  SafetensorsWriter samples;
  INKLING_TRY(add_samples(data, made.set.blueprint, samples));
  INKLING_TRY(add_logits(rnn_dnn::twin::scorer_logits(*scorer, made.columns), samples));
  row.set("layers", std::to_string(layers));
  return write_pair(rnn_dnn::onnx_half(), twins.manifest, weights, samples, stem, row);
}

Status run(const std::filesystem::path& folder, bool quick) {
  int next = 0;
  INKLING_ASSIGN(Json rows, visit_dipn_cases(quick, kSeed, folder, [&](const DipnCase& each, Json& row) {
                   return write_dipn(each, folder / std::to_string(next++), row);
                 }));
  for (std::int64_t layers = 1; layers <= 4; ++layers) {
    for (const bool statistics : {true, false}) {
      Json row = Json::object();
      INKLING_TRY(write_rnn_dnn(layers, statistics, folder, folder / std::to_string(next++), row));
      rows.push(std::move(row));
    }
  }
  Json line = Json::object();
  line.set("seed", static_cast<std::int64_t>(kSeed)).set("cases", std::move(rows));
  std::printf("%s\n", line.to_text().c_str());
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  const bool quick = argc == 3 && std::string_view(argv[2]) == "--quick";
  if (argc != 2 && !quick) {
    std::fprintf(stderr, "usage: onnx_export FOLDER [--quick]\n");
    return 2;
  }
  return inkling::bench::run_program("onnx_export", [&] { return inkling::bench::run(argv[1], quick); });
}
