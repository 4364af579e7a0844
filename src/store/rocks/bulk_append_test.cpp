// Imports: what they leave is what appends of the same events would have left; when they end early, nothing.
#include "store/rocks/bulk_append.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>

#include "store/store_fixture.h"

namespace inkling::store {
namespace {

using domain::ActionKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kNowMs = 1'700'000'000'000;

std::vector<domain::Event> random_events(std::uint64_t seed, int count) {
  base::Random random(seed);
  std::vector<domain::Event> events;
  for (int i = 0; i < count; ++i) {
    events.push_back(random_event(random, std::to_string(seed) + "-" + std::to_string(i)));
  }
  return events;
}

class BulkAppendTest : public testing::Test {
 protected:
  std::unique_ptr<Store> open(const StoreOptions& options = {}) {
    return open_or_fail(data_dir_, options, clock_, [this](std::uint64_t done, std::uint64_t) { folded_ = done; });
  }
  static std::unique_ptr<BulkAppend> begin(Store& store) {
    auto bulk = store.begin_bulk();
    EXPECT_TRUE(bulk.ok()) << bulk.status().message();
    return bulk.ok() ? std::move(bulk).value() : nullptr;
  }
  static void add(BulkAppend& bulk, std::vector<domain::Event> events) {
    for (domain::Event& event : events) {
      const auto status = bulk.add(event);
      ASSERT_TRUE(status.ok()) << status.message();
    }
  }
  static BulkAppend::Receipt commit(BulkAppend& bulk) {
    const auto receipt = bulk.commit();
    EXPECT_TRUE(receipt.ok()) << receipt.status().message();
    return receipt.ok() ? *receipt : BulkAppend::Receipt();
  }
  static BulkAppend::Receipt import(Store& store, std::vector<domain::Event> events) {
    const auto bulk = begin(store);
    add(*bulk, std::move(events));
    return commit(*bulk);
  }
  [[nodiscard]] bool leaves_nothing() const { return !std::filesystem::exists(data_dir_ + "/store/import.tmp"); }

  InheritedFolder folder_;
  const std::string& data_dir_ = folder_.path();
  base::FixedClock clock_{kNowMs};
  std::uint64_t folded_ = 0;
};

// All that a store can be asked.
struct Contents {
  std::vector<std::string> journal;
  std::map<std::string, std::string> states;
  std::map<std::string, std::vector<std::uint64_t>> sequences;
  std::vector<std::optional<domain::Item>> items;
  std::vector<std::uint64_t> promotions;
  bool operator==(const Contents&) const = default;
};

Contents contents_of(Store& store) {
  Contents contents;
  EXPECT_TRUE(store
                  .read_promotions([&](const JournalEntry& entry) {
                    contents.promotions.push_back(entry.sequence);
                    return true;
                  })
                  .ok());
  contents.states = stored_states(store);
  EXPECT_TRUE(store
                  .read_journal(0,
                                [&](const JournalEntry& entry) {
                                  wire::write_event(entry.event, contents.journal.emplace_back());
                                  return true;
                                })
                  .ok());
  for (const auto& [shopper, state] : contents.states) {
    auto& sequences = contents.sequences[shopper];
    EXPECT_TRUE(store
                    .read_shopper(shopper, 0,
                                  [&](const JournalEntry& entry) {
                                    EXPECT_EQ(entry.event.shopper, shopper);
                                    sequences.push_back(entry.sequence);
                                    return true;
                                  })
                    .ok());
  }
  for (int i = 0; i < 40; ++i) {
    const auto item = store.item("item" + std::to_string(i));
    contents.items.push_back(item.ok() ? std::optional(*item) : std::nullopt);
  }
  return contents;
}

TEST_F(BulkAppendTest, leaves_what_appends_would_have_left) {
  const TempFolder other;
  const auto appended = open_or_fail(other.path(), {}, clock_);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) append_or_fail(*appended, random_events(seed, 700));
  const auto imported = open();
  import(*imported, random_events(1, 700));
  append_or_fail(*imported, random_events(2, 700));
  import(*imported, random_events(3, 700));
  EXPECT_EQ(imported->statistics().last_sequence, 2100U);
  EXPECT_EQ(imported->statistics().checkpoint_sequence, 2100U);
  EXPECT_EQ(contents_of(*imported), contents_of(*appended));
  EXPECT_EQ(stored_states(*imported), fresh_fold(*imported));
}

TEST_F(BulkAppendTest, is_the_same_when_memory_is_short) {
  const TempFolder other;
  const auto appended = open_or_fail(other.path(), {}, clock_);
  for (std::uint64_t seed = 1; seed <= 2; ++seed) append_or_fail(*appended, random_events(seed, 1500));
  StoreOptions options;
  options.cached_shoppers = 4;     // of thirty: most states are put aside and come back many times
  options.bulk_part_events = 101;  // ids, index and items go out in many tables whose keys overlap
  const auto imported = open(options);
  import(*imported, random_events(1, 1500));
  import(*imported, random_events(2, 1500));
  EXPECT_EQ(contents_of(*imported), contents_of(*appended));
}

TEST_F(BulkAppendTest, is_all_there_after_a_restart_and_nothing_is_folded_again) {
  Contents before;
  {
    const auto store = open();
    import(*store, random_events(1, 500));
    before = contents_of(*store);
  }
  const auto store = open();
  EXPECT_EQ(folded_, 0U);
  EXPECT_EQ(contents_of(*store), before);
  EXPECT_EQ(import(*store, random_events(1, 500)).duplicates, 500U);
  EXPECT_EQ(store->append(random_events(1, 500))->duplicates, 500U);
  EXPECT_TRUE(leaves_nothing());
}

TEST_F(BulkAppendTest, takes_an_id_once_within_the_import_and_the_window) {
  StoreOptions options;
  options.bulk_part_events = 3;
  const auto store = open(options);
  append_or_fail(*store, {action_event("appended", "ann", 1, ActionKind::kView)});
  std::vector<domain::Event> events;
  for (const char* id : {"a", "b", "a", "appended", "c", "d", "e", "b", "f", "g", "e", "g"}) {
    events.push_back(action_event(id, "ann", 1, ActionKind::kView));
  }
  const auto receipt = import(*store, events);
  EXPECT_EQ(receipt.accepted, 7U);
  EXPECT_EQ(receipt.duplicates, 5U);
  EXPECT_EQ(receipt.last_sequence, 8U);
  EXPECT_THAT(journal_ids(*store), ElementsAre("appended", "a", "b", "c", "d", "e", "f", "g"));
  clock_.set(kNowMs + options.id_window_ms);
  EXPECT_EQ(import(*store, events).accepted, 8U);
}

TEST_F(BulkAppendTest, nothing_is_seen_before_the_commit) {
  const auto store = open();
  append_or_fail(*store, random_events(1, 100));
  const Contents before = contents_of(*store);
  {
    const auto bulk = begin(*store);
    add(*bulk, random_events(2, 300));
    EXPECT_EQ(contents_of(*store), before);
    EXPECT_EQ(store->statistics().last_sequence, 100U);
    EXPECT_THAT(store->append(random_events(3, 1)).status().message(), HasSubstr("is taking in an import"));
    EXPECT_EQ(store->begin_bulk().status().code(), base::ErrorCode::kConflict);
  }
  EXPECT_TRUE(leaves_nothing());
  EXPECT_EQ(contents_of(*store), before);
  append_or_fail(*store, random_events(2, 300));  // none of its ids was remembered
  EXPECT_EQ(store->statistics().last_sequence, 400U);
}

TEST_F(BulkAppendTest, fills_in_what_an_action_leaves_unsaid_of_its_item) {
  const auto store = open();
  append_or_fail(*store, {item_event("i1", "shoe", {"old"}, 100), item_event("i2", "hat", {"hats"}, 200)});
  import(*store, {action_event("a1", "ann", 1, ActionKind::kView, "shoe"), item_event("i3", "shoe", {"new"}, 300),
                  action_event("a2", "ann", 2, ActionKind::kView, "shoe"),
                  action_event("a3", "ann", 3, ActionKind::kView, "hat")});
  append_or_fail(*store, {action_event("a4", "ann", 4, ActionKind::kView, "shoe")});
  std::vector<std::string> categories;
  ASSERT_TRUE(store
                  ->read_shopper("ann", 0,
                                 [&](const JournalEntry& entry) {
                                   categories.push_back(std::get<domain::Action>(entry.event.body).category.at(0));
                                   return true;
                                 })
                  .ok());
  EXPECT_THAT(categories, ElementsAre("old", "new", "hats", "new"));
}

TEST_F(BulkAppendTest, a_shopper_is_read_from_the_middle_of_a_run) {
  const auto store = open();
  std::vector<domain::Event> events;
  for (int i = 1; i <= 900; ++i) {
    events.push_back(action_event(std::to_string(i), i % 3 == 0 ? "ann" : "zoe", i, ActionKind::kView));
  }
  import(*store, events);
  append_or_fail(*store, {action_event("901", "ann", 901, ActionKind::kView)});
  const auto first_from = [&](std::uint64_t from) {
    std::vector<std::uint64_t> sequences;
    EXPECT_TRUE(store
                    ->read_shopper("ann", from,
                                   [&](const JournalEntry& entry) {
                                     sequences.push_back(entry.sequence);
                                     return sequences.size() < 2;
                                   })
                    .ok());
    return sequences;
  };
  EXPECT_THAT(first_from(0), ElementsAre(3, 6));
  EXPECT_THAT(first_from(400), ElementsAre(402, 405));
  EXPECT_THAT(first_from(402), ElementsAre(402, 405));
  EXPECT_THAT(first_from(900), ElementsAre(900, 901));
  EXPECT_THAT(first_from(901), ElementsAre(901));
  EXPECT_THAT(first_from(902), IsEmpty());
}

TEST_F(BulkAppendTest, one_event_that_cannot_be_taken_ends_the_import) {
  const auto store = open();
  const auto bulk = begin(*store);
  add(*bulk, random_events(1, 10));
  domain::Event nameless = action_event("", "ann", 1, ActionKind::kView);
  EXPECT_THAT(bulk->add(nameless).message(), HasSubstr("every event needs its own idempotency key"));
  EXPECT_EQ(bulk->commit().status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_EQ(store->statistics().last_sequence, 0U);
}

TEST_F(BulkAppendTest, a_kill_before_the_commit_leaves_the_store_as_it_was) {
  const auto die_importing = [this] {
    StoreOptions options;
    options.bulk_part_events = 50;
    const auto store = open(options);
    append_or_fail(*store, random_events(1, 20));
    const auto bulk = begin(*store);
    add(*bulk, random_events(2, 400));
    ::kill(::getpid(), SIGKILL);
  };
  EXPECT_EXIT(die_importing(), testing::KilledBySignal(SIGKILL), "");
  EXPECT_FALSE(leaves_nothing());
  const auto store = open();
  ASSERT_NE(store, nullptr);
  EXPECT_TRUE(leaves_nothing());
  EXPECT_EQ(store->statistics().last_sequence, 20U);
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
  EXPECT_EQ(import(*store, random_events(2, 400)).accepted, 400U);
}

TEST_F(BulkAppendTest, a_kill_right_after_the_commit_loses_nothing) {
  const auto die_after = [this] {
    const auto store = open();
    append_or_fail(*store, random_events(1, 20));
    import(*store, random_events(2, 400));
    ::kill(::getpid(), SIGKILL);
  };
  EXPECT_EXIT(die_after(), testing::KilledBySignal(SIGKILL), "");
  const auto store = open();
  ASSERT_NE(store, nullptr);
  EXPECT_EQ(folded_, 0U);
  EXPECT_EQ(journal_ids(*store).size(), 420U);
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
  EXPECT_EQ(import(*store, random_events(2, 400)).duplicates, 400U);
}

}  // namespace
}  // namespace inkling::store
