#include "server/word_memory.h"

#include <gtest/gtest.h>

#include <string>

#include "server/fake_store.h"
#include "server/live_shoppers.h"

namespace inkling::server {
namespace {

constexpr std::size_t kRoomy = 64 * 1024 * 1024;

class WordMemoryTest : public testing::Test {
 protected:
  void tell(const std::string& shopper, domain::ActionKind kind, const std::string& query, const std::string& item) {
    domain::Action action;
    action.action = kind;
    action.query = query;
    action.item = item;
    const domain::Event event{.id = "e" + std::to_string(++told_),
                              .ts_ms = 1000 * told_,
                              .shopper = shopper,
                              .session = {},
                              .body = action,
                              .unknown_json = {}};
    ASSERT_TRUE(store_.append({&event, 1}).ok());
    live_.events_appended({&event, 1});
  }
  [[nodiscard]] std::string words(const std::string& shopper) {
    const auto lease = live_.bring(shopper);
    if (!lease.ok()) return lease.status().message();
    std::string all;
    for (const scene::ToldWord& word : lease->told_words()) {
      all += (word.picked ? "picked " : "searched ") + word.text + " at " + std::to_string(word.ts_ms) + "; ";
    }
    return all;
  }

  bool hears_ = true;
  std::int64_t told_ = 0;
  FakeStore store_;
  LiveShoppers live_{store_, {}, kRoomy, kRoomy, {}, [this] { return hears_; }};
};

TEST_F(WordMemoryTest, remembers_what_was_searched_for_and_picked) {
  tell("ann", domain::ActionKind::kSearch, "piano", "");
  tell("bob", domain::ActionKind::kSearch, "oven", "");
  tell("ann", domain::ActionKind::kView, "", "van");
  EXPECT_EQ(words("ann"), "searched piano at 1000; ");
  tell("ann", domain::ActionKind::kFilter, "", "");
  tell("ann", domain::ActionKind::kTagPick, "", "need/move a piano");
  EXPECT_EQ(words("ann"), "searched piano at 1000; picked need/move a piano at 5000; ");
  EXPECT_EQ(words("bob"), "searched oven at 2000; ");
}

TEST_F(WordMemoryTest, reads_nothing_while_nobody_asks) {
  hears_ = false;
  tell("ann", domain::ActionKind::kSearch, "piano", "");
  EXPECT_EQ(words("ann"), "");
  hears_ = true;
  tell("ann", domain::ActionKind::kSearch, "lift", "");
  EXPECT_EQ(words("ann"), "searched piano at 1000; searched lift at 2000; ");
}

TEST_F(WordMemoryTest, tells_no_more_than_the_state_has_folded) {
  tell("ann", domain::ActionKind::kSearch, "piano", "");
  const auto state = store_.shopper_state("ann");
  ASSERT_TRUE(state.ok());
  tell("ann", domain::ActionKind::kSearch, "lift", "");
  WordMemory memory;
  ASSERT_TRUE(memory.catch_up(store_, "ann", *state).ok());
  ASSERT_EQ(memory.words().size(), 1U);
  EXPECT_EQ(memory.words()[0].text, "piano");
}

TEST_F(WordMemoryTest, begins_again_after_the_store_failed) {
  tell("ann", domain::ActionKind::kSearch, "piano", "");
  store_.fail_reading(base::unavailable("gone"));
  EXPECT_EQ(words("ann"), "gone");
  store_.fail_reading(std::nullopt);
  EXPECT_EQ(words("ann"), "searched piano at 1000; ");
}

}  // namespace
}  // namespace inkling::server
