// Knowledge over fixed values: what a scene would do if the models said just this of this shopper in this world. For
// replay files and tests. Thread safety: fill it, then one request at a time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scene/knowledge.h"

namespace inkling::scene {

class FixedKnowledge final : public Knowledge {
 public:
  // Makes a model live that answers these probabilities; at most feature::kMaxTargets.
  void set_model(const std::string& model, const std::string& version,
                 const std::vector<std::pair<std::string, float>>& target_probs);
  // Makes a ranking package live.
  void set_ranker(basket::RankingPackage package);
  void set_vectors(std::shared_ptr<const index::VectorSlab> vectors) { vectors_ = std::move(vectors); }
  void set_history(basket::PersonalHistory history) { history_ = std::move(history); }
  void set_tagged_items(std::shared_ptr<const TaggedItems> items) { tagged_items_ = std::move(items); }
  void set_told_words(ToldWords words) { told_words_ = std::move(words); }
  void set_shopper_state(state::ShopperState state) { state_ = std::move(state); }
  void set_world(std::shared_ptr<const index::World> world) { world_ = std::move(world); }
  void set_offers(std::shared_ptr<const offer::PromotionBook> offers) { offers_ = std::move(offers); }

  [[nodiscard]] const state::ShopperState& shopper_state() const override { return state_; }
  [[nodiscard]] base::Result<ModelAnswer> score(std::string_view model, std::int64_t now_ms) override;
  [[nodiscard]] base::Result<LiveRanker> ranker(std::string_view model) override;
  [[nodiscard]] const index::World& world() const override { return *world_; }
  [[nodiscard]] const std::shared_ptr<const offer::PromotionBook>& offers() const override { return offers_; }
  [[nodiscard]] const index::VectorSlab* vectors(std::string_view model) const override {
    return vectors_ && vectors_->package().model == model ? vectors_.get() : nullptr;
  }
  [[nodiscard]] const TaggedItems* tagged_items() const override { return tagged_items_.get(); }
  [[nodiscard]] std::span<const ToldWord> told_words() const override { return told_words_.words(); }
  // Devices have what is live; all that is offered is offered within one hour, and granted at once.
  [[nodiscard]] bool is_on_devices(std::string_view model, std::string_view version) const override;
  [[nodiscard]] bool take_device_offer(std::int64_t per_hour) override { return device_offers_++ < per_hour; }
  [[nodiscard]] bool is_being_granted(std::string_view) const override { return false; }

 private:
  struct FixedModel {
    feature::ScorerInfo info;
    std::array<float, feature::kMaxTargets> probs{};
  };
  struct FixedRanker {
    basket::RankingPackage package;
    std::unique_ptr<basket::CandidateWorkspace> workspace;
  };
  state::ShopperState state_;
  basket::PersonalHistory history_;
  std::int64_t device_offers_ = 0;
  std::shared_ptr<const index::World> world_ = std::make_shared<const index::World>();
  std::shared_ptr<const offer::PromotionBook> offers_ = std::make_shared<const offer::PromotionBook>();
  std::shared_ptr<const index::VectorSlab> vectors_;
  std::shared_ptr<const TaggedItems> tagged_items_;
  ToldWords told_words_;
  std::map<std::string, FixedModel, std::less<>> models_;
  std::map<std::string, FixedRanker, std::less<>> rankers_;
};

}  // namespace inkling::scene
