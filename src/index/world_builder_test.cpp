#include "index/world_builder.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>

#include "base/core/hash.h"
#include "base/core/random.h"

namespace inkling::index {
namespace {

using domain::ActionKind;
using Names = std::vector<std::string>;

constexpr std::int64_t kStartMs = 1'735'689'600'000;

class WorldBuilderTest : public testing::Test {
 protected:
  void item(const std::string& id, const std::string& leaf = "shoes", bool on_sale = true,
            std::int64_t stock = domain::kMissing, std::int64_t price_cents = 100) {
    domain::Item item;
    item.item = id;
    item.category = {"all", leaf};
    item.price = domain::Money{price_cents, "EUR"};
    item.on_sale = on_sale;
    item.stock = stock;
    fold({.id = {}, .ts_ms = now_ms_, .shopper = {}, .session = {}, .body = item, .unknown_json = {}});
  }
  void sku(const std::string& id, const std::string& goods, domain::ItemKind kind = domain::ItemKind::kSku) {
    domain::Item item;
    item.item = id;
    item.kind = kind;
    item.parent = goods;
    fold({.id = {}, .ts_ms = now_ms_, .shopper = {}, .session = {}, .body = item, .unknown_json = {}});
  }
  Names skus_of(const std::string& goods) {
    world_ = builder_.publish();
    Names all;
    for (const std::uint32_t row : world_->skus_of(goods)) all.push_back(world_->facts(row).item);
    return all;
  }
  double pace_gain(const std::string& item) {
    world_ = builder_.publish();
    return world_->pace_gain(*world_->find(item));
  }
  void act(const std::string& shopper, ActionKind kind, const std::string& item) {
    domain::Action action;
    action.action = kind;
    action.item = item;
    fold({.id = {}, .ts_ms = now_ms_, .shopper = shopper, .session = {}, .body = action, .unknown_json = {}});
  }
  void view(const std::string& shopper, const std::string& item) { act(shopper, ActionKind::kView, item); }
  void fold(const domain::Event& event) { builder_.fold(++sequence_, event); }

  Names names(const World& world, std::span<const TopEntry> entries) {
    Names all;
    for (const TopEntry& entry : entries) all.push_back(world.facts(entry.row).item);
    return all;
  }
  Names hot() {
    world_ = builder_.publish();
    return names(*world_, world_->hot());
  }
  Names hot_in(const std::string& leaf) {
    world_ = builder_.publish();
    const Category* category = world_->find_category(base::name_hash(leaf));
    return category == nullptr ? Names{"no such category"} : names(*world_, category->hot.entries());
  }
  Names hot_at(std::int64_t price_cents) {
    world_ = builder_.publish();
    return names(*world_, world_->hot_in_band(price_band(price_cents)));
  }
  Names newest() {
    world_ = builder_.publish();
    return names(*world_, world_->newest());
  }
  Names similar(const std::string& item, std::size_t count = 10) {
    world_ = builder_.publish();
    std::vector<Neighbour> out(count);
    Names all;
    for (const Neighbour& neighbour : world_->similar(*world_->find(item), out)) {
      all.push_back(world_->facts(neighbour.row).item);
    }
    return all;
  }
  float similarity(const std::string& item) {
    std::array<Neighbour, 1> out;
    return builder_.publish()->similar(*builder_.publish()->find(item), out).front().similarity;
  }

  WorldBuilder builder_{{.max_items = 50, .top_items = 3, .top_per_category = 2}};
  std::shared_ptr<const World> world_;
  std::int64_t now_ms_ = kStartMs;
  std::uint64_t sequence_ = 0;
};

TEST_F(WorldBuilderTest, knows_the_facts_that_were_told_last) {
  item("a", "shoes", true, 3);
  now_ms_ += 5;
  item("a", "coats", false, 0);
  const auto world = builder_.publish();
  const ItemFacts& facts = world->facts(*world->find("a"));
  EXPECT_EQ(facts.item, "a");
  EXPECT_EQ(world->category(facts.category).leaf, "coats");
  EXPECT_EQ(facts.price->cents, 100);
  EXPECT_FALSE(facts.available());
  EXPECT_EQ(facts.first_sequence, 1U);
  EXPECT_EQ(facts.first_ms, kStartMs);
  EXPECT_EQ(world->find("b"), std::nullopt);
  EXPECT_EQ(world->name(), "w2");
  EXPECT_EQ(world->time_ms(), kStartMs + 5);
}

TEST_F(WorldBuilderTest, ranks_by_weighted_actions) {
  for (const char* id : {"a", "b", "c", "d"}) item(id);
  for (int i = 0; i < 3; ++i) view("ann", "b");
  act("ann", ActionKind::kCartAdd, "c");
  act("ann", ActionKind::kPurchase, "d");
  act("ann", ActionKind::kSkip, "a");
  EXPECT_EQ(hot(), (Names{"d", "c", "b"}));
  const ItemDemand& demand = world_->demand(*world_->find("d"));
  EXPECT_NEAR(world_->faded(demand.purchases_log2), 1, 1e-9);
  EXPECT_NEAR(world_->faded(demand.popularity_log2), 10, 1e-8);
  EXPECT_EQ(world_->faded(demand.views_log2), 0);
}

TEST_F(WorldBuilderTest, counts_every_line_of_an_order) {
  item("a");
  item("b");
  domain::Action order;
  order.action = ActionKind::kPurchase;
  order.lines = {{"a", 1, {}, {}, {}}, {"b", 2, {}, {}, {}}};
  fold({.id = {}, .ts_ms = now_ms_, .shopper = "ann", .session = {}, .body = order, .unknown_json = {}});
  EXPECT_EQ(hot(), (Names{"a", "b"}));
  EXPECT_NEAR(world_->faded(world_->demand(1).purchases_log2), 1, 1e-9);
}

TEST_F(WorldBuilderTest, lets_demand_fade_to_half_in_a_week) {
  item("a");
  item("b");
  for (int i = 0; i < 3; ++i) view("ann", "a");
  now_ms_ += 7 * base::kDayMs;
  view("ann", "b");
  view("ann", "b");
  EXPECT_EQ(hot(), (Names{"b", "a"})) << "3 / 2 < 2";
  EXPECT_NEAR(world_->faded(world_->demand(0).views_log2), 1.5, 1e-8);
}

TEST_F(WorldBuilderTest, takes_a_late_event_for_what_it_was_worth_then) {
  item("a");
  item("b");
  now_ms_ += 14 * base::kDayMs;
  view("ann", "b");
  now_ms_ -= 14 * base::kDayMs;
  for (int i = 0; i < 3; ++i) view("ann", "a");
  EXPECT_EQ(hot(), (Names{"b", "a"})) << "3 / 4 < 1";
  EXPECT_EQ(world_->time_ms(), kStartMs + 14 * base::kDayMs);
}

TEST_F(WorldBuilderTest, lists_only_what_can_be_bought) {
  for (const char* id : {"a", "b", "c", "d"}) item(id);
  view("ann", "a");
  item("a", "shoes", false);
  item("b", "shoes", true, 0);
  EXPECT_EQ(hot(), (Names{"c", "d"}));
  EXPECT_EQ(newest(), (Names{"c", "d"}));
  item("a", "shoes", true, 1);
  EXPECT_EQ(hot(), (Names{"a", "c", "d"})) << "its demand was kept";
}

TEST_F(WorldBuilderTest, finds_the_next_best_when_listed_items_leave) {
  for (int i = 0; i < 20; ++i) item("item-" + std::to_string(i));
  for (int i = 0; i < 20; ++i) {
    for (int times = 0; times <= i; ++times) view("ann", "item-" + std::to_string(i));
  }
  EXPECT_EQ(hot(), (Names{"item-19", "item-18", "item-17"}));
  for (int i = 19; i > 9; --i) item("item-" + std::to_string(i), "shoes", false);
  EXPECT_EQ(hot(), (Names{"item-9", "item-8", "item-7"}));
  EXPECT_EQ(hot_in("shoes"), (Names{"item-9", "item-8"}));
}

TEST_F(WorldBuilderTest, ranks_within_a_category_and_follows_an_item_to_another) {
  item("a", "shoes");
  item("b", "coats");
  item("c", "shoes");
  view("ann", "c");
  EXPECT_EQ(hot_in("shoes"), (Names{"c", "a"}));
  item("c", "coats");
  EXPECT_EQ(hot_in("shoes"), (Names{"a"}));
  EXPECT_EQ(hot_in("coats"), (Names{"c", "b"}));
  EXPECT_EQ(hot_in("hats"), (Names{"no such category"}));
}

TEST_F(WorldBuilderTest, lists_what_was_told_last_as_newest) {
  for (const char* id : {"a", "b", "c", "d"}) {
    now_ms_ += 1000;
    item(id);
  }
  item("a");
  EXPECT_EQ(newest(), (Names{"d", "c", "b"})) << "telling a again does not make it new";
}

TEST_F(WorldBuilderTest, finds_what_is_viewed_in_the_same_visit) {
  for (const char* id : {"a", "b", "c", "d"}) item(id);
  for (const char* shopper : {"ann", "bob", "cem"}) {
    view(shopper, "a");
    view(shopper, "b");
  }
  view("dan", "a");
  view("dan", "c");
  view("eve", "a");
  now_ms_ += base::kHourMs;
  view("eve", "d");
  EXPECT_EQ(similar("a"), (Names{"b", "c"}));
  EXPECT_EQ(similar("a", 1), (Names{"b"}));
  EXPECT_EQ(similar("d"), Names());
  // 3 pairs of 5 views and 3 views, and 3 / (3 + 3) of it.
  EXPECT_NEAR(similarity("a"), 3 / std::sqrt(5.0 * 3.0) * 0.5, 1e-6);
  item("b", "shoes", false);
  EXPECT_EQ(similar("a"), (Names{"c"}));
}

TEST_F(WorldBuilderTest, keeps_the_pairs_that_are_seen_again_when_there_is_no_more_room) {
  for (int i = 0; i < 50; ++i) item("item-" + std::to_string(i));
  for (int i = 1; i < 50; ++i) {
    now_ms_ += 1000;
    const std::string shopper = "shopper-" + std::to_string(i);
    view(shopper, "item-0");
    view(shopper, "item-" + std::to_string(i));
    view("fan-" + std::to_string(i), "item-0");
    view("fan-" + std::to_string(i), "item-1");
  }
  EXPECT_EQ(builder_.publish()->demand(0).co_visits.size(), kMaxCoVisits);
  EXPECT_EQ(similar("item-0", 1), (Names{"item-1"}));
}

TEST_F(WorldBuilderTest, knows_no_item_that_was_never_told) {
  view("ann", "ghost");
  EXPECT_EQ(builder_.publish()->item_count(), 0U);
  EXPECT_FALSE(builder_.knows("ghost"));
  domain::Item told;
  told.item = "ghost";
  builder_.know(told);
  view("ann", "ghost");
  EXPECT_EQ(hot(), (Names{"ghost"}));
  EXPECT_EQ(world_->facts(0).first_sequence, 0U);
}

TEST_F(WorldBuilderTest, refuses_items_beyond_its_bound_and_counts_them) {
  for (int i = 0; i < 52; ++i) item("item-" + std::to_string(i));
  EXPECT_EQ(builder_.publish()->item_count(), 50U);
  EXPECT_EQ(builder_.refused_items(), 2U);
  view("ann", "item-51");
  EXPECT_FALSE(builder_.knows("item-51"));
}

TEST_F(WorldBuilderTest, leaves_a_published_world_as_it_was) {
  item("a");
  item("b");
  view("ann", "a");
  const auto before = builder_.publish();
  view("ann", "b");
  view("ann", "b");
  item("c");
  EXPECT_EQ(names(*before, before->hot()), (Names{"a", "b"}));
  EXPECT_EQ(before->find("c"), std::nullopt);
  EXPECT_EQ(before->item_count(), 2U);
  EXPECT_EQ(hot(), (Names{"b", "a", "c"}));
}

void append(std::string& bytes, double value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

TEST_F(WorldBuilderTest, knows_the_shop_of_goods_and_of_their_skus_and_the_path_of_their_category) {
  const auto told = [&](const std::string& id, domain::ItemKind kind, const std::string& parent) {
    domain::Item item;
    item.item = id;
    item.kind = kind;
    item.parent = parent;
    item.category = {"clothes", "shoes"};
    fold({.id = {}, .ts_ms = now_ms_, .shopper = {}, .session = {}, .body = item, .unknown_json = {}});
  };
  told("boot", domain::ItemKind::kGoods, "shop-1");
  told("boot-42", domain::ItemKind::kSku, "boot");
  told("orphan", domain::ItemKind::kSku, "never told");
  world_ = builder_.publish();
  EXPECT_EQ(world_->shop_of(*world_->find("boot")), "shop-1");
  EXPECT_EQ(world_->shop_of(*world_->find("boot-42")), "shop-1");
  EXPECT_EQ(world_->shop_of(*world_->find("orphan")), "");
  const auto path = world_->category_path(*world_->find("boot-42"));
  EXPECT_EQ(Names(path.begin(), path.end()), (Names{"clothes", "shoes"}));
}

TEST_F(WorldBuilderTest, knows_the_skus_of_goods_whichever_was_told_first) {
  sku("boot-43", "boot");
  sku("boot", "shop-1", domain::ItemKind::kGoods);
  sku("boot-42", "boot");
  EXPECT_EQ(skus_of("boot"), (Names{"boot-43", "boot-42"}));
  EXPECT_EQ(skus_of("shop-1"), Names()) << "goods are no skus";
  const auto before = world_;
  sku("boot-43", "sandal");
  EXPECT_EQ(skus_of("boot"), Names{"boot-42"});
  EXPECT_EQ(skus_of("sandal"), Names{"boot-43"});
  sku("boot-43", "boot");
  EXPECT_EQ(skus_of("boot"), (Names{"boot-43", "boot-42"})) << "in the order in which they were first told";
  EXPECT_EQ(before->skus_of("boot").size(), 2U) << "what was published stays as it was";
  EXPECT_EQ(before->skus_of("sandal").size(), 0U);
}

TEST_F(WorldBuilderTest, takes_no_more_skus_of_goods_than_it_has_room_for) {
  builder_ = WorldBuilder({.max_items = 500});
  for (std::size_t i = 0; i < kMaxSkus + 5; ++i) sku("sku-" + std::to_string(i), "boot");
  EXPECT_EQ(skus_of("boot").size(), kMaxSkus);
  EXPECT_EQ(skus_of("boot").back(), "sku-" + std::to_string(kMaxSkus - 1));
}

TEST_F(WorldBuilderTest, tells_what_sells_faster_than_it_used_to) {
  for (const char* id : {"steady", "fast", "slow", "once"}) item(id);
  for (int day = 0; day < 300; ++day) {
    now_ms_ += base::kDayMs;
    act("ann", ActionKind::kPurchase, "steady");
    if (day % 10 == 0 || day > 292) act("ann", ActionKind::kPurchase, "fast");
    if (day < 280) act("ann", ActionKind::kPurchase, "slow");
  }
  act("ann", ActionKind::kPurchase, "once");
  EXPECT_NEAR(pace_gain("steady"), 0, 0.15);
  EXPECT_GT(pace_gain("fast"), 1.5);
  EXPECT_LT(pace_gain("slow"), -1.5);
  // 1 lately, a quarter of it expected: (1 - 1/4) / sqrt(1/4 + 1).
  EXPECT_NEAR(pace_gain("once"), 0.75 / std::sqrt(1.25), 1e-9);
  now_ms_ += 400 * base::kDayMs;
  view("ann", "steady");
  EXPECT_NEAR(pace_gain("fast"), 0, 0.01) << "what nobody buys any more gains nothing";
}

TEST_F(WorldBuilderTest, keeps_the_most_popular_of_each_band_of_prices) {
  builder_ = WorldBuilder({.max_items = 50, .top_items = 3, .top_per_category = 2, .top_per_price_band = 2});
  const auto priced = [&](const std::string& id, std::int64_t cents, bool on_sale = true) {
    item(id, "shoes", on_sale, domain::kMissing, cents);
  };
  for (const char* id : {"a", "b", "c"}) priced(id, 4000);
  priced("dear", 400'000);
  priced("gone", 4000, false);
  for (const char* id : {"b", "b", "c", "gone", "dear"}) view("ann", id);
  act("ann", ActionKind::kPurchase, "b");
  EXPECT_EQ(hot_at(4000), (Names{"b", "c"}));
  EXPECT_EQ(hot_at(400'000), Names{"dear"});
  EXPECT_EQ(hot_at(1), Names{});
  priced("b", 400'000);
  EXPECT_EQ(hot_at(4000), (Names{"c", "a"})) << "made anew, as too few were left";
  EXPECT_EQ(hot_at(400'000), (Names{"b", "dear"}));
}

// Everything in it.
std::string bytes_of(const World& world) {
  std::string bytes = world.name();
  append(bytes, static_cast<double>(world.time_ms()));
  for (std::uint32_t row = 0; row < world.item_count(); ++row) {
    const ItemFacts& facts = world.facts(row);
    const ItemDemand& demand = world.demand(row);
    bytes += facts.item;
    for (const double value : {1.0 * facts.category, 1.0 * static_cast<double>(facts.first_sequence),
                               1.0 * facts.available(), demand.views_log2, demand.carts_log2, demand.purchases_log2,
                               demand.popularity_log2, demand.usual_purchases_log2, world.pace_gain(row)}) {
      append(bytes, value);
    }
    for (const CoVisit& pair : demand.co_visits) {
      append(bytes, pair.row);
      append(bytes, pair.pairs);
      append(bytes, pair.weight_log2);
    }
  }
  const auto append_list = [&](std::span<const TopEntry> entries) {
    for (const TopEntry& entry : entries) append(bytes, entry.row);
  };
  append_list(world.hot());
  append_list(world.newest());
  for (std::uint32_t i = 0; i < world.category_count(); ++i) append_list(world.category(i).hot.entries());
  for (std::size_t band = 0; band < kPriceBands; ++band) append_list(world.hot_in_band(band));
  for (const char* goods : {"goods-0", "goods-1", "goods-2"}) {
    bytes += goods;
    for (const std::uint32_t sku : world.skus_of(goods)) append(bytes, sku);
  }
  return bytes;
}

TEST_F(WorldBuilderTest, makes_the_same_world_of_the_same_events_however_often_it_published) {
  const auto play = [&](std::uint64_t publish_every) {
    builder_ = WorldBuilder({.max_items = 50, .top_items = 3, .top_per_category = 2});
    base::Random random(7);
    sequence_ = 0;
    now_ms_ = kStartMs;
    for (int i = 0; i < 4000; ++i) {
      now_ms_ += static_cast<std::int64_t>(random.below(100'000)) - 20'000;
      const std::string id = "item-" + std::to_string(random.below(50));
      const std::string shopper = "shopper-" + std::to_string(random.below(20));
      if (random.chance(0.1)) {
        item(id, "leaf-" + std::to_string(random.below(4)), random.chance(0.7), domain::kMissing,
             static_cast<std::int64_t>(random.below(4)) * 100);
      } else if (random.chance(0.05)) {
        sku(id, "goods-" + std::to_string(random.below(3)));
      } else {
        act(shopper, random.chance(0.9) ? ActionKind::kView : ActionKind::kPurchase, id);
      }
      if (sequence_ % publish_every == 0) world_ = builder_.publish();
    }
    return bytes_of(*builder_.publish());
  };
  const std::string once = play(1'000'000);
  EXPECT_EQ(once, play(7));
  EXPECT_EQ(once, play(1));
}

}  // namespace
}  // namespace inkling::index
