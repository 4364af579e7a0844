// The training half of a model that orders candidates: purchases, questions with what became of their offers, and
// parameters go in, named tensors come out. Thread safety: train() is called by one thread at a time and runs
// `threads` of its own. Failure: what a library throws or says is told as a Status.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "artifact/safetensors.h"
#include "base/core/json.h"
#include "base/core/result.h"
#include "basket/add_on_sample.h"
#include "basket/purchase.h"

namespace inkling::train {

struct RankingJob {
  std::span<const basket::Purchase> purchases;   // in the order of time
  std::span<const basket::AddOnSample> samples;  // in the order of time; none: the journal has no impressions
  std::int64_t end_ms = 0;                       // purchases and samples from then on are not read
  base::Json params;                             // complete (ParameterTable::complete)
  std::uint64_t seed = 1;
  int threads = 1;
  const artifact::Safetensors* parent = nullptr;  // a package to start from, for models that can; nullptr: none
};

struct RankedModel {
  artifact::SafetensorsWriter weights;
  std::map<std::string, double> metrics;  // of what was held out; empty when nothing was
  base::Json features;                    // the names of the columns, for the manifest
};

class RankingHalf {
 public:
  virtual ~RankingHalf() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual base::Result<RankedModel> train(const RankingJob& job) const = 0;
};

}  // namespace inkling::train

namespace inkling::plugins {

// All of this build, in alphabetical order (generated from the model folders).
[[nodiscard]] std::span<const train::RankingHalf* const> ranking_halves();

}  // namespace inkling::plugins
