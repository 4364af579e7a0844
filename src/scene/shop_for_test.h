// A small shop for the tests of stages: tell items, let shoppers act, and run one stage over what is known then.
// "ann" is the shopper who asks.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/core/hash.h"
#include "index/world_builder.h"
#include "scene/fixed_knowledge.h"
#include "scene/fixed_ranker.h"
#include "scene/replay_tags.h"
#include "scene/stage.h"
#include "scene/steady_time.h"

namespace inkling::scene {

class ShopTest : public testing::Test {
 protected:
  using Texts = std::vector<std::string>;

  void tell(const std::string& item, const std::string& leaf = "shoes", bool on_sale = true,
            std::int64_t stock = domain::kMissing) {
    domain::Item facts;
    facts.item = item;
    if (!leaf.empty()) facts.category = {"all", leaf};
    facts.on_sale = on_sale;
    facts.stock = stock;
    fold("", std::move(facts));
  }
  // On sale, without a category's say.
  void tell_priced(const std::string& item, std::int64_t price_cents, const std::string& leaf = "shoes") {
    domain::Item facts;
    facts.item = item;
    facts.category = {"all", leaf};
    facts.price = domain::Money{price_cents, {}};
    fold("", std::move(facts));
  }
  void promise(const std::string& promotion, const std::string& definition_json) {
    promotions_.tell(promotion, definition_json);
  }
  // Makes this tag graph live (replay_tags.h); items are tagged as they are told by the time a stage runs.
  void set_tags(const std::string& json) {
    auto tags = tags_from_json(json);
    ASSERT_TRUE(tags.ok()) << tags.status().message();
    tags_ = *std::move(tags);
  }
  void say_in_context(const std::string& key, const std::string& value) { request_.context.emplace_back(key, value); }
  // What understand/threshold says of the cart that is known of ann.
  void understand_need(std::string_view promotion = {}) {
    knowledge_.set_world(world_.publish());
    knowledge_.set_shopper_state(ann_);
    auto need = basket_need(request_, ann_, knowledge_.world(), promotions_.publish(), now_ms_, promotion);
    ASSERT_TRUE(need.ok()) << need.status().message();
    exchange_.slots.need = *std::move(need);
  }
  // Makes a package of vectors live over the goods as they are told by now.
  void set_vectors(index::VectorPackage package) {
    auto goods = index::priced_rows(*package.vectors, *world_.publish());
    auto slab = index::VectorSlab::build(std::move(package), std::move(goods));
    ASSERT_TRUE(slab.ok()) << slab.status().message();
    knowledge_.set_vectors(std::make_shared<const index::VectorSlab>(*std::move(slab)));
  }
  void tell_goods(const std::string& item, const std::string& leaf, const std::string& shop,
                  std::optional<domain::Money> price) {
    domain::Item facts;
    facts.item = item;
    if (!leaf.empty()) facts.category = {"all", leaf};
    facts.parent = shop;
    facts.price = std::move(price);
    fold("", std::move(facts));
  }
  void tell_item(domain::Item facts) { fold("", std::move(facts)); }
  void act(const std::string& shopper, domain::Action action) { fold(shopper, std::move(action)); }
  void tell_title(const std::string& item, const std::string& title, bool on_sale = true) {
    domain::Item facts;
    facts.item = item;
    facts.title = title;
    facts.on_sale = on_sale;
    fold("", std::move(facts));
  }
  void act(const std::string& shopper, domain::ActionKind kind, const std::string& item,
           const std::string& leaf = {}) {
    domain::Action action;
    action.action = kind;
    action.item = item;
    if (!leaf.empty()) action.category = {"all", leaf};
    fold(shopper, std::move(action));
  }
  void view(const std::string& shopper, const std::string& item, const std::string& leaf = {}) {
    act(shopper, domain::ActionKind::kView, item, leaf);
  }
  // Shoppers bought this together at this moment; counts for rank_by() only.
  void bought(const std::string& shopper, std::int64_t ts_ms, const Texts& items) {
    basket::Purchase purchase{base::name_hash(shopper), ts_ms, {}};
    for (const std::string& item : items) purchase.lines.push_back({base::name_hash(item), basket::kNoPrice});
    if (shopper == "ann") history_.add(purchase);
    purchases_.push_back(std::move(purchase));
  }
  // Makes a ranking package live that knows what was bought by now (fixed_ranker.h).
  void rank_by(const std::string& model) {
    auto ranker = fixed_ranker(model, "v1", purchases_);
    ASSERT_TRUE(ranker.ok()) << ranker.status().message();
    knowledge_.set_ranker(*std::move(ranker));
    knowledge_.set_history(history_);
  }
  // The request names a cart of one piece of each.
  void ask_with_cart(const Texts& items) {
    request_.cart.emplace();
    for (const std::string& item : items) request_.cart->emplace_back().item = item;
  }
  // What an earlier stage found.
  void found(std::string_view item, std::string_view recall = "hot", float score = 1) {
    Candidate& candidate = exchange_.slots.candidates.emplace_back();
    candidate.item = item;
    EXPECT_TRUE(candidate.recalls.push({recall, score}));
  }

  // What was told by now becomes known.
  void publish() {
    knowledge_.set_world(world_.publish());
    knowledge_.set_shopper_state(ann_);
    knowledge_.set_offers(promotions_.publish());
    knowledge_.set_told_words(words_);
    if (tags_) knowledge_.set_tagged_items(tag_items(*tags_, knowledge_.world(), events_));
    exchange_.now_ms = now_ms_;
  }
  base::Status run(const StageBlueprint& blueprint, const std::vector<RawParameter>& given = {}) {
    const auto parameters = make_parameters(blueprint.parameters, given);
    if (!parameters.ok()) return parameters.status();
    auto stage = blueprint.make(*parameters);
    if (!stage.ok()) return stage.status();
    stages_.push_back(*std::move(stage));
    publish();
    return stages_.back()->run(exchange_);
  }

  [[nodiscard]] Texts items() const {
    Texts all;
    for (const Candidate& candidate : exchange_.slots.candidates) all.emplace_back(candidate.item);
    return all;
  }
  // Of each candidate, "code:about" or "code", joined by ", ".
  [[nodiscard]] Texts reasons() const {
    Texts all;
    for (const Candidate& candidate : exchange_.slots.candidates) {
      std::string& text = all.emplace_back();
      for (const Reason& reason : candidate.reasons) {
        text.append(text.empty() ? "" : ", ").append(reason.code).append(reason.about.empty() ? "" : ":");
        text.append(reason.about);
      }
    }
    return all;
  }
  [[nodiscard]] const index::World& world() const { return knowledge_.world(); }
  [[nodiscard]] const std::vector<basket::Purchase>& purchases() const { return purchases_; }
  [[nodiscard]] const Candidate& candidate(std::size_t place) const { return exchange_.slots.candidates[place]; }

  std::int64_t now_ms_ = 1'735'689'600'000;
  Request request_;
  Exchange& exchange() { return exchange_; }

 private:
  void fold(const std::string& shopper, domain::EventBody body) {
    const domain::Event& event = events_.emplace_back(domain::Event{
        .id = {}, .ts_ms = now_ms_, .shopper = shopper, .session = {}, .body = std::move(body), .unknown_json = {}});
    world_.fold(++sequence_, event);
    if (shopper != "ann") return;
    state::apply(ann_, event);
    if (const auto* action = std::get_if<domain::Action>(&event.body)) words_.add(event.ts_ms, *action);
  }

  index::WorldBuilder world_;
  offer::PromotionShelf promotions_;
  std::uint64_t sequence_ = 0;
  std::vector<domain::Event> events_;
  state::ShopperState ann_;
  ToldWords words_;
  std::optional<LiveTags> tags_;
  std::vector<basket::Purchase> purchases_;
  basket::PersonalHistory history_;
  FixedKnowledge knowledge_;
  std::vector<std::unique_ptr<Stage>> stages_;  // texts of slots may be theirs
  SystemSteadyTime time_;
  Exchange exchange_{.request = request_, .knowledge = knowledge_, .now_ms = 0, .deadline = Deadline(time_, 0)};
};

}  // namespace inkling::scene
