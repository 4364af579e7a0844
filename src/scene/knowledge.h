// What a running scene may ask: the shopper's current state, what the live models say of the shopper, the live
// package that orders candidates, and the newest snapshot of the marketplace. Implemented by the server over its warm
// shoppers and by tests over fixed values. Calls neither allocate nor block: whoever runs a scene has brought the
// shopper into memory first.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/core/result.h"
#include "basket/candidate_scorer.h"
#include "feature/scorer.h"
#include "index/vector_slab.h"
#include "index/world.h"
#include "offer/promotion_book.h"
#include "scene/tagged_items.h"
#include "scene/told_words.h"
#include "state/shopper_state.h"

namespace inkling::scene {

struct ModelAnswer {
  const feature::ScorerInfo* info = nullptr;        // lives as long as the Knowledge
  std::array<float, feature::kMaxTargets> probs{};  // one per info->targets
};

// A live ranking package and what it is asked with: package->scorer->start(), then score(). All live as long as the
// Knowledge.
struct LiveRanker {
  const basket::RankingPackage* package = nullptr;  // never null; its statistics are of its own rows, not the world's
  basket::CandidateWorkspace* workspace = nullptr;  // never null; of this thread: a start() ends what another began
  const basket::PersonalHistory* history = nullptr;  // never null: what this shopper bought

  [[nodiscard]] const basket::CandidateScorer& scorer() const { return *package->scorer; }
};

// Thread safety: one request, one thread.
class Knowledge {
 public:
  virtual ~Knowledge() = default;
  [[nodiscard]] virtual const state::ShopperState& shopper_state() const = 0;
  // kNotFound when no package of that model is live; the message names those that are.
  [[nodiscard]] virtual base::Result<ModelAnswer> score(std::string_view model, std::int64_t now_ms) = 0;
  // kNotFound when no package of that model, which orders candidates, is live; the message names those that are.
  [[nodiscard]] virtual base::Result<LiveRanker> ranker(std::string_view model) = 0;
  // The same one for the whole request.
  [[nodiscard]] virtual const index::World& world() const = 0;
  // The goods of this or a little older world near which a live package's vectors find others; nullptr: no package of
  // that model is live.
  [[nodiscard]] virtual const index::VectorSlab* vectors(std::string_view model) const = 0;
  // Which items of this or a little older or newer world carry which tags; nullptr: no tags are live.
  [[nodiscard]] virtual const TaggedItems* tagged_items() const = 0;
  // What the shopper searched for and picked lately, oldest first; empty while no tags are live.
  [[nodiscard]] virtual std::span<const ToldWord> told_words() const = 0;
  // The promotions in force, never null; the same book for the whole request.
  [[nodiscard]] virtual const std::shared_ptr<const offer::PromotionBook>& offers() const = 0;

  // Whether devices are given this version of the model, so that a hint from it means something.
  [[nodiscard]] virtual bool is_on_devices(std::string_view model, std::string_view version) const = 0;
  // Takes one out of the scene's allowance of offers that rest on devices' hints: `per_hour` in any hour. False: used
  // up.
  [[nodiscard]] virtual bool take_device_offer(std::int64_t per_hour) = 0;
  // Whether a grant of this coupon to this shopper is on its way into the journal, and so not in the state yet.
  [[nodiscard]] virtual bool is_being_granted(std::string_view coupon) const = 0;
};

}  // namespace inkling::scene
