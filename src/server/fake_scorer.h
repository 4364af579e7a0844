// A model for the tests of this folder: its memory runs through every browse record in order, so a record that is
// missed, read twice or read out of order changes the probability.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "domain/event.h"
#include "feature/scorer.h"

namespace inkling::server {

class FakeScorer final : public feature::Scorer {
 public:
  explicit FakeScorer(const std::string& model = "fake") { info_ = {model, "7", {{"purchase_1h", 3'600'000}}}; }

  [[nodiscard]] const feature::ScorerInfo& info() const override { return info_; }
  [[nodiscard]] std::unique_ptr<feature::ScorerMemory> new_memory() const override;
  [[nodiscard]] std::unique_ptr<feature::ScorerWorkspace> new_workspace() const override;
  [[nodiscard]] bool catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const override;
  void score(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms,
             feature::ScorerWorkspace& workspace, std::span<float> probs) const override;

  void set_streaming(feature::ScorerMemory& memory, bool streaming) const override;
  static constexpr std::size_t kHotBytes = 10'000;  // that a streaming memory says it takes more
  [[nodiscard]] static bool streams(const feature::ScorerMemory& memory);

  // What it says after these many views of view_event(), computed apart from any memory.
  [[nodiscard]] static float expected_prob(std::uint64_t views);

 private:
  feature::ScorerInfo info_;
};

// The shopper's n-th view (n from 0): id "<shopper>-<n>", one second after the one before.
[[nodiscard]] domain::Event view_event(const std::string& shopper, std::uint64_t n);
[[nodiscard]] std::string view_json(const std::string& shopper, std::uint64_t n);

}  // namespace inkling::server
