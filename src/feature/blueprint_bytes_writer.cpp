#include "feature/blueprint_bytes.h"

namespace inkling::feature {
namespace {

void write_names(std::span<const std::uint64_t> hashes, base::ByteWriter& out) {
  out.whole(hashes.size());
  for (const std::uint64_t hash : hashes) out.fixed(hash, sizeof hash);
}

void write_number(const Encoder& encoder, base::ByteWriter& out) {
  out.whole((encoder.log1p ? 1U : 0U) | (encoder.missing_as ? 2U : 0U));
  for (const double value : {encoder.mean, encoder.deviation, encoder.clip}) out.real(value);
  if (encoder.missing_as) out.real(*encoder.missing_as);
}

void write_encoder(const Encoder& encoder, base::ByteWriter& out) {
  out.whole(static_cast<std::uint64_t>(encoder.kind));
  switch (encoder.kind) {
    case EncoderKind::kIndex:
      return out.whole(encoder.size);
    case EncoderKind::kCuts:
    case EncoderKind::kQuantile:
    case EncoderKind::kLog:
      out.whole(encoder.cuts.size());
      for (const double cut : encoder.cuts) out.real(cut);
      return;
    case EncoderKind::kVocabulary:
      out.whole(encoder.fallback);
      write_names(encoder.entries, out);
      return write_names(encoder.added.names(), out);
    case EncoderKind::kNumber:
      return write_number(encoder, out);
    case EncoderKind::kRaw:
      return;
  }
}

}  // namespace

void write_blueprint(const BlueprintSpec& spec, base::ByteWriter& out) {
  const std::vector<std::uint32_t> numbers = source_numbers(spec);
  auto number = numbers.begin();
  const auto write_features = [&](const std::vector<FeatureSpec>& features) {
    out.whole(features.size());
    for (const FeatureSpec& feature : features) {
      out.whole(*number++);
      write_encoder(feature.encoder, out);
    }
  };
  out.integer(spec.session_gap_ms);
  out.integer(spec.utc_offset_ms);
  out.whole(spec.views.size());
  for (const ViewSpec& view : spec.views) {
    out.whole(static_cast<std::uint64_t>(view.view));
    out.whole(view.window);
    write_features(view.features);
  }
  write_features(spec.statistics);
}

}  // namespace inkling::feature
