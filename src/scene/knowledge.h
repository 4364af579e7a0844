// What a running scene may ask: the shopper's current state, what the live models say of the shopper, and the newest
// snapshot of the marketplace. Implemented by the server over its warm shoppers and by tests over fixed values. Calls
// neither allocate nor block: whoever runs a scene has brought the shopper into memory first.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/core/result.h"
#include "feature/scorer.h"
#include "index/world.h"
#include "state/shopper_state.h"

namespace inkling::scene {

struct ModelAnswer {
  const feature::ScorerInfo* info = nullptr;        // lives as long as the Knowledge
  std::array<float, feature::kMaxTargets> probs{};  // one per info->targets
};

// Thread safety: one request, one thread.
class Knowledge {
 public:
  virtual ~Knowledge() = default;
  [[nodiscard]] virtual const state::ShopperState& shopper_state() const = 0;
  // kNotFound when no package of that model is live; the message names those that are.
  [[nodiscard]] virtual base::Result<ModelAnswer> score(std::string_view model, std::int64_t now_ms) = 0;
  // The same one for the whole request.
  [[nodiscard]] virtual const index::World& world() const = 0;
};

}  // namespace inkling::scene
