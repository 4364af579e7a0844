// Sample shards: safetensors files that hold encoded sequences once and let every sample be a prefix of one.
//
// Tensors of a shard (R_v records of view v, n samples, F_v features, S statistics as numbers, D as ids, K targets):
//   view.<name>.ids        I32 [R_v x F_v]     records of all sessions, one after another
//   sample.<name>.begin    I64 [n]             first record of the session that the sample belongs to
//   sample.<name>.end      I64 [n]             one past the last record known at the decision point (>= begin)
//   sample.numbers         F32 [n x S]         sample.ids   I32 [n x D]
//   sample.labels          U8  [n x K]         sample.part  U8  [n]  (train 0, validation 1, test 2)
//   sample.ts_ms           I64 [n]             sample.sequence  I64 [n]    sample.shopper  I64 [n]  (name_hash)
// Metadata: "blueprint" and "plan" as JSON text, "format" = "1".
// Thread safety: a Shard is immutable. Ownership: a Shard owns its mapping; spans live as long as it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "artifact/mapped_file.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "sample/sample_plan.h"

namespace inkling::sample {

inline constexpr std::string_view kShardFormat = "1";

// One shard as it grows; views and samples as described above.
struct ShardColumns {
  struct ViewColumns {
    std::vector<std::int32_t> ids;
    std::vector<std::int64_t> begin, end;
  };
  std::vector<ViewColumns> views;
  std::vector<float> numbers;
  std::vector<std::int32_t> statistic_ids;
  std::vector<std::uint8_t> labels, part;
  std::vector<std::int64_t> ts_ms, sequence, shopper;

  [[nodiscard]] std::size_t sample_count() const { return part.size(); }
  [[nodiscard]] std::size_t bytes() const;
};

[[nodiscard]] base::Status write_shard(const std::filesystem::path& path, const ShardColumns& columns,
                                       const feature::Blueprint& blueprint, const SamplePlan& plan);

class Shard {
 public:
  [[nodiscard]] static base::Result<Shard> open(const std::filesystem::path& path);

  struct ViewData {
    std::span<const std::int32_t> ids;
    std::span<const std::int64_t> begin, end;
    std::size_t features = 0;
  };
  [[nodiscard]] std::size_t sample_count() const { return part.size(); }

  std::vector<ViewData> views;
  std::span<const float> numbers;
  std::span<const std::int32_t> statistic_ids;
  std::span<const std::uint8_t> labels, part;
  std::span<const std::int64_t> ts_ms, sequence, shopper;
  std::size_t number_count = 0, statistic_id_count = 0, target_count = 0;
  std::string blueprint_json, plan_json;

 private:
  explicit Shard(artifact::MappedFile file) : file_(std::move(file)) {}
  base::Status read();
  base::Status read_views(const artifact::Safetensors& tensors, std::int64_t samples);
  base::Status read_samples(const artifact::Safetensors& tensors, std::int64_t samples);
  artifact::MappedFile file_;
};

}  // namespace inkling::sample
