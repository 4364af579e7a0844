// What a running scene may ask (scene::Knowledge), answered from a warm shopper and the newest world.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "feature/scorer.h"
#include "scene/knowledge.h"
#include "server/edge_packages.h"
#include "server/grants.h"
#include "server/live_shoppers.h"
#include "server/world_keeper.h"

namespace inkling::server {

// One workspace per live package, made once per thread: the i-th belongs to the i-th scorer or ranker. Both must
// outlive it.
class ScorerWorkspaces {
 public:
  explicit ScorerWorkspaces(const Scorers& scorers, const Rankers& rankers = kNoRankers);
  [[nodiscard]] feature::ScorerWorkspace& of(std::size_t scorer) { return *workspaces_[scorer]; }
  [[nodiscard]] const Rankers& rankers() const { return rankers_; }
  [[nodiscard]] basket::CandidateWorkspace& of_ranker(std::size_t ranker) { return *ranker_workspaces_[ranker]; }

 private:
  static const Rankers kNoRankers;
  const Rankers& rankers_;
  std::vector<std::unique_ptr<feature::ScorerWorkspace>> workspaces_;
  std::vector<std::unique_ptr<basket::CandidateWorkspace>> ranker_workspaces_;
};

// Of the scene that runs: what it may offer to whom.
struct OfferRules {
  Grants& grants;
  const EdgePackages& edge;
  std::string_view scene;
  std::string_view shopper;
  std::int64_t now_ms = 0;
};

// Borrows all of them for the length of one request; without OfferRules there are no devices and no grants. Thread
// safety: one request, one thread. Cost: score neither allocates (but for an error's message) nor blocks.
class ShopperKnowledge final : public scene::Knowledge {
 public:
  ShopperKnowledge(const Scorers& scorers, const ShopperLease& lease, ScorerWorkspaces& workspaces,
                   WorldSnapshot snapshot, const OfferRules* rules = nullptr,
                   std::shared_ptr<const scene::TaggedItems> tagged_items = nullptr)
      : scorers_(scorers),
        lease_(lease),
        workspaces_(workspaces),
        snapshot_(std::move(snapshot)),
        rules_(rules),
        tagged_items_(std::move(tagged_items)) {}

  [[nodiscard]] const state::ShopperState& shopper_state() const override { return lease_.shopper_state(); }
  // Also kUnavailable, when the model cannot follow this shopper.
  [[nodiscard]] base::Result<scene::ModelAnswer> score(std::string_view model, std::int64_t now_ms) override;
  [[nodiscard]] base::Result<scene::LiveRanker> ranker(std::string_view model) override;
  [[nodiscard]] const index::World& world() const override { return *snapshot_.world; }
  [[nodiscard]] const std::shared_ptr<const offer::PromotionBook>& offers() const override {
    return snapshot_.offers;
  }
  [[nodiscard]] const index::VectorSlab* vectors(std::string_view model) const override;
  [[nodiscard]] const scene::TaggedItems* tagged_items() const override { return tagged_items_.get(); }
  [[nodiscard]] std::span<const scene::ToldWord> told_words() const override { return lease_.told_words(); }
  // What is loaded here was on devices when it was live, and is what hints are held against.
  [[nodiscard]] bool is_on_devices(std::string_view model, std::string_view version) const override;
  [[nodiscard]] bool take_device_offer(std::int64_t per_hour) override {
    return rules_ != nullptr && rules_->grants.take_device_offer(rules_->scene, per_hour, rules_->now_ms);
  }
  [[nodiscard]] bool is_being_granted(std::string_view coupon) const override {
    return rules_ != nullptr && rules_->grants.is_under_way(rules_->shopper, coupon);
  }

 private:
  const Scorers& scorers_;
  const ShopperLease& lease_;
  ScorerWorkspaces& workspaces_;
  WorldSnapshot snapshot_;
  const OfferRules* rules_;
  std::shared_ptr<const scene::TaggedItems> tagged_items_;
};

}  // namespace inkling::server
