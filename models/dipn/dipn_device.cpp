#include "models/dipn/dipn_device.h"

#include <utility>

#include "feature/blueprint_bytes.h"
#include "models/dipn/dipn_device_fields.h"
#include "models/dipn/dipn_loader.h"

namespace inkling::models::dipn {
namespace {

using base::ByteReader;
using base::Status;

constexpr std::size_t kMostNameBytes = 128;

class WeightsInOrder final : public WeightSource {
 public:
  explicit WeightsInOrder(artifact::DeviceReader& reader) : reader_(reader) {}
  [[nodiscard]] Status take(const TensorKey&, std::size_t rows, std::size_t columns, nn::Weight& out) override {
    out.rows = rows;
    out.cols = columns == kVector ? 1 : columns;
    return reader_.tensor(out.rows, out.cols, out.values);
  }

 private:
  artifact::DeviceReader& reader_;
};

// It goes into JSON as it is.
std::string_view read_name(ByteReader& in) {
  const std::string_view name = in.text(kMostNameBytes);
  for (const char c : name) in.require(static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\');
  return name;
}

void read_info(ByteReader& in, feature::ScorerInfo& info) {
  info.model = read_name(in);
  info.version = read_name(in);
  info.targets.resize(static_cast<std::size_t>(in.whole(feature::kMaxTargets)));
  for (feature::Target& target : info.targets) {
    target.name = read_name(in);
    target.horizon_ms = in.integer();
  }
  in.require(!info.targets.empty());
}

std::int64_t read_width(ByteReader& in) {
  const std::uint64_t width = in.whole(kMostWidth);
  in.require(width > 0);
  return static_cast<std::int64_t>(width);
}

void read_architecture(ByteReader& in, Architecture& shape) {
  shape.hidden = read_width(in);
  shape.embedding_dim = read_width(in);
  shape.attention_size = read_width(in);
  const std::uint64_t switches = in.whole(kAllSwitches);
  shape.cell = (switches & kLstm) != 0 ? nn::CellKind::kLstm : nn::CellKind::kGru;
  shape.intra = (switches & kIntra) != 0;
  shape.intra_scale_by_length = (switches & kScaleByLength) != 0;
  shape.inter = (switches & kInter) != 0;
  shape.inter_all = (switches & kInterAll) != 0;
  shape.combine = (switches & kTanhProduct) != 0 ? nn::Combine::kTanhProduct : nn::Combine::kResidual;
  shape.readout = (switches & kProductReadout) != 0 ? Readout::kProduct : Readout::kLastAndMean;
  shape.wide = (switches & kWide) != 0;
  shape.mlp.resize(static_cast<std::size_t>(in.whole(kMostLayers)));
  for (std::int64_t& width : shape.mlp) width = read_width(in);
}

}  // namespace

Status load_device_package(std::span<const std::byte> bytes, DeviceModel& out) {
  artifact::DeviceReader reader(bytes);
  INKLING_TRY(reader.open({state::kFoldVersion, feature::kFeatureVersion}));
  ByteReader& in = reader.fields();
  if (in.text(kMostNameBytes) != kDeviceModel) {
    return base::unsupported("the device package is of another model than \"" + std::string(kDeviceModel) +
                             "\", which alone devices serve.");
  }
  out.precision = reader.precision();
  return DipnScorer::read_device(reader, out.scorer);
}

Status DipnScorer::read_device(artifact::DeviceReader& reader, std::shared_ptr<const DipnScorer>& out) {
  const std::shared_ptr<DipnScorer> scorer(new DipnScorer(math::Precision::kFloat, math::simd_kernels()));
  ByteReader& in = reader.fields();
  read_info(in, scorer->info_);
  feature::read_blueprint(in, scorer->blueprint_);
  read_architecture(in, scorer->architecture_);
  scorer->architecture_.target_count = scorer->info_.targets.size();
  if (!in.ok()) return reader.finish();
  scorer->owner_ = reader.owner();
  WeightsInOrder weights(reader);
  INKLING_TRY(DipnLoader(*scorer, weights).load());
  INKLING_TRY(reader.finish());
  INKLING_TRY(scorer->check_streams());
  out = scorer;
  return {};
}

}  // namespace inkling::models::dipn
