#include "store/store_fixture.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <utility>

namespace inkling::store {
namespace {

using domain::ActionKind;

constexpr const char* kFolderVariable = "INKLING_STORE_TEST_FOLDER";

domain::Event random_action(base::Random& random) {
  domain::Action action;
  action.action = static_cast<ActionKind>(random.below(domain::kActionKindCount));
  if (random.chance(0.8)) action.item = "item" + std::to_string(random.below(40));
  if (action.action == ActionKind::kGrant) action.coupon = "coupon" + std::to_string(random.below(9));
  if (action.action == ActionKind::kSearch) action.query = "shoes";
  if (random.chance(0.3)) action.stay_ms = static_cast<std::int64_t>(random.below(90'000));
  domain::Event event;
  event.body = std::move(action);
  return event;
}

domain::Event random_gestures(base::Random& random) {
  domain::Gestures gestures;
  for (std::uint64_t i = random.below(5) + 1; i > 0; --i) {
    gestures.swipes.push_back({.offset_ms = static_cast<std::int32_t>(i), .duration_ms = 80, .start_y = 9000});
    gestures.taps.push_back({.offset_ms = static_cast<std::int32_t>(i), .x = 5000, .y = 5000});
  }
  domain::Event event;
  event.body = std::move(gestures);
  return event;
}

}  // namespace

TempFolder::TempFolder() {
  path_ = testing::TempDir() + "inkling-store-XXXXXX";
  if (::mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "no folder " << path_;
}

TempFolder::~TempFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

InheritedFolder::InheritedFolder() {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  if (const char* inherited = ::getenv(kFolderVariable)) {
    path_ = inherited;
  } else {
    folder_ = std::make_unique<TempFolder>();
    path_ = folder_->path();
    ::setenv(kFolderVariable, path_.c_str(), 1);
  }
}

InheritedFolder::~InheritedFolder() {
  if (folder_) ::unsetenv(kFolderVariable);
}

domain::Event action_event(std::string id, std::string shopper, std::int64_t ts_ms, ActionKind kind,
                           std::string item) {
  domain::Action action;
  action.action = kind;
  action.item = std::move(item);
  domain::Event event;
  event.id = std::move(id);
  event.ts_ms = ts_ms;
  event.shopper = std::move(shopper);
  event.session = "s";
  event.body = std::move(action);
  return event;
}

domain::Event item_event(std::string id, std::string item, std::vector<std::string> category,
                         std::int64_t price_cents) {
  domain::Item facts;
  facts.item = std::move(item);
  facts.category = std::move(category);
  facts.price = domain::Money{price_cents, "EUR"};
  domain::Event event;
  event.id = std::move(id);
  event.ts_ms = 1;
  event.body = std::move(facts);
  return event;
}

domain::Event random_event(base::Random& random, std::string id) {
  if (random.chance(0.1)) {
    const std::string number = std::to_string(random.below(40));
    return item_event(std::move(id), "item" + number, {"top", "leaf" + number},
                      static_cast<std::int64_t>(random.below(10'000)));
  }
  domain::Event event = random.chance(0.2) ? random_gestures(random) : random_action(random);
  event.id = std::move(id);
  event.shopper = "shopper" + std::to_string(random.below(30));
  event.session = "session" + std::to_string(random.below(3));
  event.ts_ms = 1'700'000'000'000 + static_cast<std::int64_t>(random.below(3 * base::kDayMs));
  return event;
}

std::unique_ptr<Store> open_or_fail(const std::string& data_dir, const StoreOptions& options,
                                    const base::Clock& clock, const Progress& progress) {
  auto store = open_store(data_dir, options, clock, progress);
  if (!store.ok()) {
    ADD_FAILURE() << store.status().message();
    return nullptr;
  }
  return std::move(store).value();
}

void append_or_fail(Store& store, const std::vector<domain::Event>& events) {
  const auto receipt = store.append(events);
  ASSERT_TRUE(receipt.ok()) << receipt.status().message();
}

std::map<std::string, std::string> fresh_fold(const Store& store) {
  std::map<std::string, state::ShopperState> states;
  const auto status = store.read_journal(0, [&](const JournalEntry& entry) {
    if (!entry.event.shopper.empty()) state::apply(states[entry.event.shopper], entry.event);
    return true;
  });
  EXPECT_TRUE(status.ok()) << status.message();
  std::map<std::string, std::string> encoded;
  for (const auto& [shopper, state] : states) encoded[shopper] = state::encode(state);
  return encoded;
}

std::map<std::string, std::string> stored_states(Store& store) {
  std::map<std::string, std::string> encoded;
  const auto status = store.read_shoppers([&](std::string_view shopper) {
    const auto state = store.shopper_state(shopper);
    EXPECT_TRUE(state.ok()) << state.status().message();
    if (state.ok()) encoded[std::string(shopper)] = state::encode(*state);
    return true;
  });
  EXPECT_TRUE(status.ok()) << status.message();
  return encoded;
}

std::vector<std::string> journal_ids(const Store& store) {
  std::vector<std::string> ids;
  const auto status = store.read_journal(0, [&](const JournalEntry& entry) {
    ids.push_back(entry.event.id);
    EXPECT_EQ(entry.sequence, ids.size());
    return true;
  });
  EXPECT_TRUE(status.ok()) << status.message();
  return ids;
}

}  // namespace inkling::store
