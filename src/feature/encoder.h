// Encoders turn a Value into what a model reads: a small id (bin) for an embedding table, or one float.
//
// Ids: 0 is padding, 1 is missing, 2... are bins or vocabulary entries. A fitted encoder is immutable.
//   index       a small whole number as it is: 2 + min(value, size - 1)
//   cuts        2 + number of cuts <= value; explicit cut points
//   quantile    the same, cut points fitted to equal counts (train part only)
//   log         the same, cut points spaced evenly in log(value) between min and max
//   vocabulary  2 + rank of a known name; unknown names share the next `fallback` ids by hash; names that a later
//               training added come behind those, so that no id ever moves
//   number      (t(value) - mean) / deviation with t = identity or log1p, cut to +-clip; missing: the
//               value `missing_as` stands for it ("never bought" as 60 days ago), or 0, the mean
//   raw         the number as it is, missing as NaN: for trees, which need no scale and learn where missing goes
// Thread safety: immutable. Cost: O(log bins); no allocation. Wasm-clean. Source: models.md A.2 (cut points
// unpublished, so the kinds and defaults are our choice).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "feature/added_names.h"
#include "feature/value.h"

namespace inkling::feature {

enum class EncoderKind : std::uint8_t { kIndex, kCuts, kQuantile, kLog, kVocabulary, kNumber, kRaw };

inline constexpr std::uint32_t kPaddingId = 0;
inline constexpr std::uint32_t kMissingId = 1;
inline constexpr std::uint32_t kFirstId = 2;

struct Encoder {
  EncoderKind kind = EncoderKind::kNumber;
  std::uint32_t size = 0;              // index: number of values
  std::uint32_t bins = 16;             // quantile, log: bins asked for
  double minimum = 1, maximum = 1e6;   // log
  std::vector<double> cuts;            // cuts, quantile and log (fitted): strictly increasing
  std::uint32_t max_entries = 10'000;  // vocabulary: the most frequent ones
  std::uint32_t min_count = 5;         // vocabulary: seen at least so often in the train part
  std::uint32_t fallback = 16;         // vocabulary: ids shared by all unknown names
  std::vector<std::uint64_t> entries;  // vocabulary (fitted): name hashes, sorted
  AddedNames added;                    // vocabulary (fitted): names of later trainings
  bool log1p = true;                   // number
  double mean = 0, deviation = 1;      // number (fitted)
  std::optional<double> missing_as;    // number: what stands for a missing value; none: the mean
  double clip = 6;                     // number; tighter cuts cost ranking quality on real logs

  // How many ids id() can return: an embedding table's rows. 0 for kNumber and kRaw, which give a float.
  [[nodiscard]] std::uint32_t id_count() const;
  [[nodiscard]] std::uint32_t id(const Value& value) const;
  [[nodiscard]] bool gives_number() const { return kind == EncoderKind::kNumber || kind == EncoderKind::kRaw; }
  // vocabulary: whether the name has an id of its own.
  [[nodiscard]] bool knows(std::uint64_t name) const;
  // The id that stood for the same values before names were added: an added name's is the one that it shared.
  [[nodiscard]] std::uint32_t origin_of(std::uint32_t id) const;
  [[nodiscard]] float number(const Value& value) const;
  // number: the value before standardising; nothing when it is missing and nothing stands for it.
  [[nodiscard]] std::optional<double> raw_number(const Value& value) const;
  [[nodiscard]] double transformed(double value) const;  // number: before standardising

 private:
  [[nodiscard]] std::uint32_t first_shared_id() const {
    return kFirstId + static_cast<std::uint32_t>(entries.size());
  }
  [[nodiscard]] std::uint32_t shared_id(std::uint64_t name) const {
    return first_shared_id() + static_cast<std::uint32_t>(name % fallback);
  }
};

[[nodiscard]] std::string_view encoder_kind_name(EncoderKind kind);
// Which kind of value an encoder reads.
[[nodiscard]] ValueKind encoder_input(EncoderKind kind);

[[nodiscard]] base::Json encoder_to_json(const Encoder& encoder);
// Errors name the path inside the document ("views[0].features[2].encoder.bins").
[[nodiscard]] base::Result<Encoder> encoder_from_json(const base::JsonView& json);

}  // namespace inkling::feature
