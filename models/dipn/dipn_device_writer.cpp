#include <string>
#include <utility>

#include "feature/blueprint_bytes.h"
#include "models/dipn/dipn_device.h"
#include "models/dipn/dipn_device_fields.h"
#include "models/dipn/dipn_loader.h"
#include "models/dipn/dipn_named_weights.h"

namespace inkling::models::dipn {
namespace {

using base::ByteWriter;
using base::Result;
using base::Status;

// Gives the loader a package's weights, and writes each as the loader asks for it: so their order is the loader's.
class WrittenWeights final : public WeightSource {
 public:
  WrittenWeights(const artifact::Safetensors& tensors, artifact::DeviceWriter& writer)
      : named_(tensors), writer_(writer) {}
  [[nodiscard]] Status take(const TensorKey& key, std::size_t rows, std::size_t columns, nn::Weight& out) override {
    INKLING_TRY(named_.take(key, rows, columns, out));
    return columns == kVector ? writer_.add_vector(out.name, out.values)
                              : writer_.add_matrix(out.name, rows, out.values);
  }

 private:
  NamedWeights named_;
  artifact::DeviceWriter& writer_;
};

void write_info(const feature::ScorerInfo& info, ByteWriter& out) {
  out.text(info.model);
  out.text(info.version);
  out.whole(info.targets.size());
  for (const feature::Target& target : info.targets) {
    out.text(target.name);
    out.integer(target.horizon_ms);
  }
}

void write_architecture(const Architecture& shape, ByteWriter& out) {
  for (const std::int64_t width : {shape.hidden, shape.embedding_dim, shape.attention_size}) {
    out.whole(static_cast<std::uint64_t>(width));
  }
  std::uint64_t switches = 0;
  const auto add = [&](bool is_set, DeviceSwitch which) {
    if (is_set) switches |= which;
  };
  add(shape.cell == nn::CellKind::kLstm, kLstm);
  add(shape.intra, kIntra);
  add(shape.intra_scale_by_length, kScaleByLength);
  add(shape.inter, kInter);
  add(shape.inter_all, kInterAll);
  add(shape.combine == nn::Combine::kTanhProduct, kTanhProduct);
  add(shape.readout == Readout::kProduct, kProductReadout);
  add(shape.wide, kWide);
  out.whole(switches);
  out.whole(shape.mlp.size());
  for (const std::int64_t width : shape.mlp) out.whole(static_cast<std::uint64_t>(width));
}

}  // namespace

Status DipnScorer::write_device(const artifact::Safetensors& weights, artifact::DeviceWriter& writer) {
  write_info(info_, writer.fields());
  feature::write_blueprint(blueprint_.spec(), writer.fields());
  write_architecture(architecture_, writer.fields());
  WrittenWeights source(weights, writer);
  INKLING_TRY(DipnLoader(*this, source).load());
  return check_streams();
}

Result<std::vector<std::byte>> write_device_package(const artifact::PackageManifest& manifest,
                                                    const artifact::Safetensors& weights,
                                                    artifact::DevicePrecision precision) {
  INKLING_ASSIGN(const auto scorer,
                 DipnScorer::without_layers(manifest, math::Precision::kFloat, math::simd_kernels()));
  artifact::DeviceWriter writer(precision, {state::kFoldVersion, feature::kFeatureVersion});
  writer.fields().text(kDeviceModel);
  INKLING_TRY(scorer->write_device(weights, writer));
  std::vector<std::byte> bytes = writer.finish();
  DeviceModel read_back;
  INKLING_TRY(load_device_package(bytes, read_back));
  return bytes;
}

}  // namespace inkling::models::dipn
