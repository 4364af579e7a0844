#include "store/rocks/rocks_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "store/store_fixture.h"

namespace inkling::store {
namespace {

using domain::ActionKind;
using testing::ElementsAre;
using testing::HasSubstr;

class RocksStoreTest : public testing::Test {
 protected:
  std::unique_ptr<Store> open(const StoreOptions& options = {}) {
    return open_or_fail(folder_.path(), options, clock_);
  }

  TempFolder folder_;
  base::FixedClock clock_{1'700'000'000'000};
};

domain::Event view(std::string id, std::string shopper, std::string item = "") {
  return action_event(std::move(id), std::move(shopper), 5, ActionKind::kView, std::move(item));
}

const domain::Action& action_of(const domain::Event& event) {
  return std::get<domain::Action>(event.body);
}

domain::Event journal_entry(const Store& store, std::uint64_t sequence) {
  domain::Event found;
  const auto status = store.read_journal(sequence, [&](const JournalEntry& entry) {
    found = entry.event;
    return false;
  });
  EXPECT_TRUE(status.ok()) << status.message();
  return found;
}

TEST_F(RocksStoreTest, numbers_accepted_events_and_marks_duplicates_in_the_receipt) {
  const auto store = open();
  append_or_fail(*store, {view("a", "ann"), view("b", "bob")});
  const std::vector<domain::Event> again = {view("b", "bob"), view("c", "ann"), view("c", "ann"), view("d", "ann")};
  const auto receipt = store->append(again);
  ASSERT_TRUE(receipt.ok()) << receipt.status().message();
  EXPECT_EQ(receipt->accepted, 2U);
  EXPECT_EQ(receipt->duplicates, 2U);
  EXPECT_EQ(receipt->last_sequence, 4U);
  EXPECT_THAT(receipt->is_duplicate, ElementsAre(true, false, true, false));
  EXPECT_THAT(journal_ids(*store), ElementsAre("a", "b", "c", "d"));
  EXPECT_EQ(store->statistics().last_sequence, 4U);
}

TEST_F(RocksStoreTest, an_append_of_duplicates_only_changes_nothing) {
  const auto store = open();
  append_or_fail(*store, {view("a", "ann")});
  const auto before = stored_states(*store);
  const auto receipt = store->append(std::vector{view("a", "ann")});
  ASSERT_TRUE(receipt.ok());
  EXPECT_EQ(receipt->accepted, 0U);
  EXPECT_EQ(receipt->last_sequence, 0U);
  EXPECT_EQ(stored_states(*store), before);
  EXPECT_TRUE(store->append({}).ok());
}

TEST_F(RocksStoreTest, remembers_ids_across_a_restart_for_the_window_and_no_longer) {
  StoreOptions options;
  options.id_window_ms = base::kDayMs;
  append_or_fail(*open(options), {view("a", "ann")});
  const auto store = open(options);
  clock_.set(clock_.now_ms() + base::kDayMs - 1);
  EXPECT_EQ(store->append(std::vector{view("a", "ann")})->duplicates, 1U);
  clock_.set(clock_.now_ms() + 1);
  EXPECT_EQ(store->append(std::vector{view("a", "ann")})->accepted, 1U);
  EXPECT_EQ(store->append(std::vector{view("a", "ann")})->duplicates, 1U);
  EXPECT_THAT(journal_ids(*store), ElementsAre("a", "a"));
}

TEST_F(RocksStoreTest, eight_writers_leave_no_hole_and_no_event_twice) {
  constexpr int kWriters = 8;
  constexpr int kAppends = 60;
  StoreOptions options;
  options.checkpoint_every_events = 100;
  const auto store = open(options);
  std::atomic<std::uint64_t> accepted{0};
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < kAppends; ++i) {
        const std::string own = std::to_string(w) + "-" + std::to_string(i);
        // Every writer also tells the same shared event: one of them may win.
        const auto receipt = store->append(
            std::vector{view(own, "s" + std::to_string(i % 5)), view("shared" + std::to_string(i), "x")});
        ASSERT_TRUE(receipt.ok()) << receipt.status().message();
        ASSERT_TRUE(store->shopper_state("x").ok());
        accepted += receipt->accepted;
      }
    });
  }
  for (auto& writer : writers) writer.join();
  const auto ids = journal_ids(*store);
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(kWriters * kAppends + kAppends));
  EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), ids.size());
  EXPECT_EQ(accepted.load(), ids.size());
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
}

TEST_F(RocksStoreTest, states_equal_a_fresh_fold_of_the_journal_byte_for_byte) {
  StoreOptions options;
  options.checkpoint_dirty_shoppers = 7;
  options.checkpoint_every_events = 50;
  options.cached_shoppers = 1;
  base::Random random(7);
  std::uint64_t next_id = 0;
  for (int session = 0; session < 3; ++session) {
    const auto store = open(options);
    for (int i = 0; i < 60; ++i) {
      std::vector<domain::Event> events;
      for (std::uint64_t n = random.below(20); n > 0; --n) {
        const std::uint64_t id = random.chance(0.1) ? random.below(next_id + 1) : next_id++;  // some told twice
        events.push_back(random_event(random, "e" + std::to_string(id)));
      }
      append_or_fail(*store, events);
    }
    const auto expected = fresh_fold(*store);
    EXPECT_EQ(expected.size(), 30U);
    EXPECT_EQ(stored_states(*store), expected);
    EXPECT_GT(store->statistics().largest_state_bytes, 0U);
    EXPECT_LE(store->statistics().largest_state_bytes, state::kMaxStateBytes);
  }
}

TEST_F(RocksStoreTest, a_shopper_never_seen_has_an_empty_state) {
  const auto store = open();
  EXPECT_EQ(store->shopper_state("nobody")->event_count, 0U);
  EXPECT_EQ(store->statistics().cached_shoppers, 0U);
}

TEST_F(RocksStoreTest, read_shopper_is_the_journal_filtered) {
  const auto store = open();
  base::Random random(11);
  std::vector<domain::Event> events;
  for (int i = 0; i < 3000; ++i) events.push_back(random_event(random, "e" + std::to_string(i)));
  append_or_fail(*store, events);
  for (const std::uint64_t from : {0, 1, 700, 2999, 5000}) {
    std::vector<std::uint64_t> expected, found;
    ASSERT_TRUE(store
                    ->read_journal(from,
                                   [&](const JournalEntry& entry) {
                                     if (entry.event.shopper == "shopper1") expected.push_back(entry.sequence);
                                     return true;
                                   })
                    .ok());
    const auto status = store->read_shopper("shopper1", from, [&](const JournalEntry& entry) {
      EXPECT_EQ(entry.event.id, events[entry.sequence - 1].id);
      found.push_back(entry.sequence);
      return true;
    });
    ASSERT_TRUE(status.ok()) << status.message();
    EXPECT_EQ(found, expected);
  }
}

TEST_F(RocksStoreTest, readers_stop_when_told) {
  const auto store = open();
  append_or_fail(*store, {view("a", "ann"), view("b", "ann"), view("c", "bob")});
  int calls = 0;
  const auto once = [&](const auto&) {
    ++calls;
    return false;
  };
  EXPECT_TRUE(store->read_journal(0, once).ok());
  EXPECT_TRUE(store->read_shopper("ann", 0, once).ok());
  EXPECT_TRUE(store->read_shoppers(once).ok());
  EXPECT_EQ(calls, 3);
}

TEST_F(RocksStoreTest, lists_every_shopper_once_in_byte_order) {
  const auto store = open();
  append_or_fail(*store, {view("1", "b"), view("2", "a\x01"), view("3", "ab"), view("4", "a"), view("5", "a"),
                          item_event("6", "shoe", {}, 1), view("7", "\xc3\xa9")});
  std::vector<std::string> shoppers;
  ASSERT_TRUE(store
                  ->read_shoppers([&](std::string_view shopper) {
                    shoppers.emplace_back(shopper);
                    return true;
                  })
                  .ok());
  EXPECT_THAT(shoppers, ElementsAre("a", "a\x01", "ab", "b", "\xc3\xa9"));
  int events_of_a = 0;
  ASSERT_TRUE(store->read_shopper("a", 0, [&](const JournalEntry&) { return ++events_of_a > 0; }).ok());
  EXPECT_EQ(events_of_a, 2);
}

TEST_F(RocksStoreTest, completes_actions_from_the_catalogue_before_journaling) {
  const auto store = open();
  append_or_fail(*store, {view("1", "ann", "shoe")});  // nothing known yet
  append_or_fail(*store, {item_event("2", "shoe", {"wear", "shoes"}, 4900), view("3", "ann", "shoe")});
  append_or_fail(*store, {view("4", "ann", "shoe")});
  append_or_fail(*store, {item_event("5", "shoe", {"wear", "sale"}, 3900)});
  domain::Event priced = view("6", "ann", "shoe");
  std::get<domain::Action>(priced.body).price = domain::Money{100, "USD"};
  append_or_fail(*store, {priced});

  EXPECT_TRUE(action_of(journal_entry(*store, 1)).category.empty());
  for (const std::uint64_t sequence : {3, 4}) {
    const auto event = journal_entry(*store, sequence);
    EXPECT_THAT(action_of(event).category, ElementsAre("wear", "shoes"));
    EXPECT_EQ(action_of(event).price, (domain::Money{4900, "EUR"}));
  }
  const auto event = journal_entry(*store, 6);
  EXPECT_THAT(action_of(event).category, ElementsAre("wear", "sale"));
  EXPECT_EQ(action_of(event).price, (domain::Money{100, "USD"}));
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
}

TEST_F(RocksStoreTest, the_newest_item_event_is_the_item_after_a_restart_too) {
  append_or_fail(*open(), {item_event("1", "shoe", {"a"}, 1), item_event("2", "shoe", {"b"}, 2)});
  const auto store = open();
  EXPECT_EQ(store->item("shoe")->price->cents, 2);
  EXPECT_THAT(store->item("shoe")->category, ElementsAre("b"));
  const auto missing = store->item("boot");
  EXPECT_EQ(missing.status().code(), base::ErrorCode::kNotFound);
  EXPECT_THAT(missing.status().message(), HasSubstr("\"boot\""));
}

TEST_F(RocksStoreTest, finds_the_newest_event_of_each_promotion_after_a_restart_and_an_import_too) {
  const auto told = [](const std::string& id, const std::string& promotion) {
    return domain::Event{id, 1000, "", "", domain::Promotion{promotion, R"({"withdrawn":true})"}, ""};
  };
  append_or_fail(*open(), {told("1", "b"), told("2", "a"), view("3", "ann", "shoe"), told("4", "b")});
  const auto store = open();
  const auto bulk = store->begin_bulk();
  ASSERT_TRUE(bulk.ok());
  for (domain::Event event : {told("5", "c"), told("6", "a"), told("7", "c")}) ASSERT_TRUE((*bulk)->add(event).ok());
  ASSERT_TRUE((*bulk)->commit().ok());
  std::vector<std::string> found;
  const auto visit = [&](const JournalEntry& entry) {
    found.push_back(std::to_string(entry.sequence) + std::get<domain::Promotion>(entry.event.body).promotion);
    return found.size() < 3;
  };
  ASSERT_TRUE(store->read_promotions(visit).ok());
  EXPECT_THAT(found, ElementsAre("4b", "6a", "7c"));
  found.resize(1);
  ASSERT_TRUE(store->read_promotions([&](const JournalEntry& entry) { return visit(entry) && false; }).ok());
  EXPECT_EQ(found.size(), 2U) << "stops when told to";
}

TEST_F(RocksStoreTest, refuses_the_whole_append_for_one_bad_event_and_names_it) {
  const auto store = open();
  const std::vector<std::pair<domain::Event, std::string>> bad = {
      {view("", "ann"), "id: it is empty"},
      {view("x", std::string("an\0n", 4)), "shopper: it holds a NUL"},
      {view(std::string(200, 'i'), "ann"), "id: it has 200 bytes, at most 128"},
      {view("x", std::string(129, 's')), "shopper: it has 129 bytes"},
      {view("x",
            "not\xff"
            "text"),
       ""},
      {item_event("x", "", {}, 1), "item: it is empty"},
  };
  for (const auto& [event, reason] : bad) {
    const auto receipt = store->append(std::vector{view("good", "ann"), event});
    ASSERT_FALSE(receipt.ok()) << reason;
    EXPECT_THAT(receipt.status().message(), HasSubstr("event 2 (id \"" + event.id + "\")"));
    EXPECT_THAT(receipt.status().message(), HasSubstr(reason));
  }
  EXPECT_TRUE(journal_ids(*store).empty());
  EXPECT_EQ(store->append(std::vector{view("good", "ann")})->accepted, 1U);
}

TEST_F(RocksStoreTest, states_are_written_when_asked_and_not_before) {
  const auto store = open();
  append_or_fail(*store, {view("a", "ann"), view("b", "bob")});
  EXPECT_EQ(store->statistics().dirty_shoppers, 2U);
  EXPECT_EQ(store->statistics().checkpoint_sequence, 0U);
  ASSERT_TRUE(store->checkpoint().ok());
  EXPECT_EQ(store->statistics().dirty_shoppers, 0U);
  EXPECT_EQ(store->statistics().cached_shoppers, 2U);
  EXPECT_EQ(store->statistics().checkpoint_sequence, 2U);
}

TEST_F(RocksStoreTest, states_are_written_in_the_background_once_a_threshold_has_passed) {
  StoreOptions options;
  options.sync = false;
  options.checkpoint_every_events = 10;
  const auto store = open(options);
  std::uint64_t appends = 0;
  while (store->statistics().checkpoint_sequence == 0 && appends < 1'000'000) {
    append_or_fail(*store, {view(std::to_string(++appends), "ann")});
  }
  EXPECT_GE(store->statistics().checkpoint_sequence, 10U);
}

TEST_F(RocksStoreTest, memory_stays_bounded_when_more_shoppers_come_than_fit) {
  StoreOptions options;
  options.sync = false;
  options.checkpoint_dirty_shoppers = 50;
  options.cached_shoppers = 64;
  const auto store = open(options);
  for (int i = 0; i < 2000; ++i) {
    append_or_fail(*store, {view(std::to_string(i), "shopper" + std::to_string(i))});
    ASSERT_LE(store->statistics().dirty_shoppers, 4U * 50U);
  }
  ASSERT_TRUE(store->checkpoint().ok());
  EXPECT_LE(store->statistics().cached_shoppers, 64U);
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
  EXPECT_LE(store->statistics().cached_shoppers, 64U);
}

}  // namespace
}  // namespace inkling::store
