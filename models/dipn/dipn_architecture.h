// The switches of DIPN that both halves need: what the network looks like, without how it is trained.
// Source: models.md A.3 (each member names its step); defaults and meanings: params.yaml. Wasm-clean.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "artifact/manifest.h"
#include "base/core/json.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "feature/scorer.h"
#include "feature/target_json.h"
#include "nn/readout.h"
#include "nn/recurrent_cell.h"

namespace inkling::models::dipn {

enum class Readout : std::uint8_t { kLastAndMean, kProduct };

struct Architecture {
  std::int64_t hidden = 32;
  std::int64_t embedding_dim = 8;
  nn::CellKind cell = nn::CellKind::kGru;  // step 2
  bool intra = true;                       // step 3
  bool intra_scale_by_length = true;
  std::int64_t attention_size = 32;
  bool inter = true;  // step 4
  bool inter_all = false;
  nn::Combine combine = nn::Combine::kResidual;
  Readout readout = Readout::kLastAndMean;  // step 5
  std::vector<std::int64_t> mlp = {128, 64};
  bool wide = true;
  std::size_t target_count = 0;

  // Floats that one view hands to the MLP.
  [[nodiscard]] std::int64_t view_width() const { return readout == Readout::kProduct ? hidden : 2 * hidden; }
  [[nodiscard]] std::int64_t gate_count() const { return cell == nn::CellKind::kGru ? 3 : 4; }
  // Floats of all statistics: numbers, then one embedding per statistic id.
  [[nodiscard]] std::int64_t statistics_width(const feature::Blueprint& blueprint) const;
  [[nodiscard]] std::int64_t mlp_input(const feature::Blueprint& blueprint) const;
};

// From a package's or a training job's complete parameters (params.yaml's names) and its targets.
[[nodiscard]] base::Result<Architecture> architecture_from_json(const base::JsonView& params,
                                                                const std::vector<feature::Target>& targets);
// Combinations that cannot work: the product read-out without a context to multiply by.
[[nodiscard]] base::Status check_architecture(const Architecture& architecture, const feature::Blueprint& blueprint);

using feature::targets_from_json;
using feature::targets_to_json;

// Tensor names in the package; `view` is "swipe", "tap" or "browse".
[[nodiscard]] std::string embedding_name(const std::string& view, std::size_t feature);
[[nodiscard]] std::string statistic_embedding_name(std::size_t index);
[[nodiscard]] std::string mlp_name(std::size_t layer, const char* what);

}  // namespace inkling::models::dipn
