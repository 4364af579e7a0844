// What a running scene may ask (scene::Knowledge), answered from a warm shopper and the newest world.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "feature/scorer.h"
#include "scene/knowledge.h"
#include "server/live_shoppers.h"

namespace inkling::server {

// One workspace per scorer, made once per thread: the i-th belongs to the i-th scorer.
class ScorerWorkspaces {
 public:
  explicit ScorerWorkspaces(const Scorers& scorers);
  [[nodiscard]] feature::ScorerWorkspace& of(std::size_t scorer) { return *workspaces_[scorer]; }

 private:
  std::vector<std::unique_ptr<feature::ScorerWorkspace>> workspaces_;
};

// Borrows all four for the length of one request. Thread safety: one request, one thread.
// Cost: score neither allocates (but for an error's message) nor blocks.
class ShopperKnowledge final : public scene::Knowledge {
 public:
  ShopperKnowledge(const Scorers& scorers, const ShopperLease& lease, ScorerWorkspaces& workspaces,
                   const index::World& world)
      : scorers_(scorers), lease_(lease), workspaces_(workspaces), world_(world) {}

  [[nodiscard]] const state::ShopperState& shopper_state() const override { return lease_.shopper_state(); }
  // Also kUnavailable, when the model cannot follow this shopper.
  [[nodiscard]] base::Result<scene::ModelAnswer> score(std::string_view model, std::int64_t now_ms) override;
  [[nodiscard]] const index::World& world() const override { return world_; }

 private:
  const Scorers& scorers_;
  const ShopperLease& lease_;
  ScorerWorkspaces& workspaces_;
  const index::World& world_;
};

}  // namespace inkling::server
