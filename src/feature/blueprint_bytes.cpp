#include "feature/blueprint_bytes.h"

#include <utility>

#include "feature/record_reader.h"

namespace inkling::feature {
namespace {

constexpr std::uint64_t kMaxIds = 1 << 24;
constexpr std::size_t kMostStatistics = 4096;

class Reader {
 public:
  explicit Reader(base::ByteReader& in) : in_(in) {}

  void read(Blueprint& blueprint) {
    BlueprintSpec spec;
    spec.session_gap_ms = in_.integer();
    spec.utc_offset_ms = in_.integer();
    in_.require(spec.session_gap_ms >= kNoSessionGap && spec.session_gap_ms <= kLongestSessionGapMs &&
                spec.utc_offset_ms >= -kFarthestOffsetMs && spec.utc_offset_ms <= kFarthestOffsetMs);
    spec.views.resize(static_cast<std::size_t>(in_.whole(kViewCount)));
    std::uint64_t next = 0;
    for (ViewSpec& view : spec.views) {
      const std::uint64_t place = in_.whole(kViewCount - 1);
      in_.require(place >= next);
      next = place + 1;
      view.view = static_cast<View>(place);
      view.window = static_cast<std::uint32_t>(in_.whole(kMaxWindow));
      read(view.features, kMaxViewFeatures);
      in_.require(view.window > 0 && !view.features.empty());
    }
    read(spec.statistics, kMostStatistics);
    if (in_.ok()) in_.require(blueprint.assign(std::move(spec), sources_));
  }

 private:
  void read(std::vector<FeatureSpec>& features, std::size_t most) {
    features.resize(static_cast<std::size_t>(in_.whole(most)));
    for (FeatureSpec& feature : features) {
      sources_.push_back(static_cast<std::uint32_t>(in_.whole(kMaxIds)));
      read(feature.encoder);
    }
  }
  void read(Encoder& encoder) {
    encoder.kind = static_cast<EncoderKind>(in_.whole(static_cast<std::uint64_t>(EncoderKind::kRaw)));
    switch (encoder.kind) {
      case EncoderKind::kIndex:
        encoder.size = ids();
        break;
      case EncoderKind::kCuts:
      case EncoderKind::kQuantile:
      case EncoderKind::kLog:
        encoder.cuts.resize(in_.count(sizeof(double)));
        for (double& cut : encoder.cuts) cut = in_.real();
        break;
      case EncoderKind::kVocabulary: {
        encoder.fallback = ids();
        encoder.entries = names();
        in_.require(encoder.added.append(names()));
        break;
      }
      case EncoderKind::kNumber:
        read_number(encoder);
        break;
      case EncoderKind::kRaw:
        break;
    }
  }
  void read_number(Encoder& encoder) {
    const std::uint64_t flags = in_.whole(3);
    encoder.log1p = (flags & 1) != 0;
    encoder.mean = in_.real();
    encoder.deviation = in_.real();
    encoder.clip = in_.real();
    in_.require(encoder.deviation > 0 && encoder.clip > 0);
    if ((flags & 2) != 0) encoder.missing_as = in_.real();
  }
  std::uint32_t ids() {
    const auto count = static_cast<std::uint32_t>(in_.whole(kMaxIds));
    in_.require(count > 0);
    return count;
  }
  std::vector<std::uint64_t> names() {
    std::vector<std::uint64_t> hashes(in_.count(sizeof(std::uint64_t)));
    for (std::uint64_t& hash : hashes) hash = in_.fixed(sizeof hash);
    return hashes;
  }

  base::ByteReader& in_;
  std::vector<std::uint32_t> sources_;
};

}  // namespace

void read_blueprint(base::ByteReader& in, Blueprint& blueprint) {
  Reader(in).read(blueprint);
}

}  // namespace inkling::feature
