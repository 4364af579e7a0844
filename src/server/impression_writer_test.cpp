#include "server/impression_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "server/fake_store.h"

namespace inkling::server {
namespace {

domain::Event impression(const std::string& id) {
  domain::Impression shown;
  shown.request = id;
  return {.id = id, .ts_ms = 1000, .shopper = "ann", .session = {}, .body = shown, .unknown_json = {}};
}

class ImpressionWriterTest : public testing::Test {
 protected:
  std::vector<std::string> journaled() {
    std::vector<std::string> ids;
    EXPECT_TRUE(store_
                    .read_journal(1,
                                  [&](const store::JournalEntry& entry) {
                                    ids.push_back(entry.event.id);
                                    return true;
                                  })
                    .ok());
    return ids;
  }

  FakeStore store_;
  std::vector<std::string> log_lines_;
  std::atomic<int> appends_ = 0;
  ImpressionWriter writer_{store_, [this](std::string_view line) { log_lines_.emplace_back(line); },
                           [this] { ++appends_; }};
};

TEST_F(ImpressionWriterTest, writes_what_waits_before_it_stops_and_takes_no_more_then) {
  writer_.start();
  writer_.take(impression("a"));
  writer_.take(impression("b"));
  writer_.stop();
  EXPECT_EQ(journaled(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(writer_.counts().written, 2U);
  EXPECT_GE(appends_, 1);
  writer_.take(impression("c"));
  EXPECT_EQ(writer_.counts().dropped, 1U);
}

TEST_F(ImpressionWriterTest, drops_and_counts_what_does_not_fit_while_the_disk_is_slow) {
  store_.shut_door();
  writer_.start();
  writer_.take(impression("first"));
  store_.await_waiting(1);
  for (std::size_t i = 0; i < ImpressionWriter::kQueueEvents; ++i) writer_.take(impression(std::to_string(i)));
  EXPECT_EQ(writer_.counts().dropped, 0U);
  writer_.take(impression("last"));
  EXPECT_EQ(writer_.counts().dropped, 1U);
  store_.open_door();
  writer_.stop();
  EXPECT_EQ(writer_.counts().written, ImpressionWriter::kQueueEvents + 1);
  EXPECT_THAT(journaled(), testing::Not(testing::Contains("last")));
}

TEST_F(ImpressionWriterTest, loses_only_the_one_that_the_store_refuses) {
  store_.refuse_id("bad");
  for (const char* id : {"a", "bad", "b"}) writer_.take(impression(id));
  writer_.start();
  writer_.stop();
  EXPECT_EQ(journaled(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(writer_.counts().written, 2U);
  EXPECT_EQ(writer_.counts().failed, 1U);
}

TEST_F(ImpressionWriterTest, says_what_was_lost_when_the_disk_fails) {
  store_.set_fault(base::io_error("the disk is full"));
  writer_.take(impression("a"));
  writer_.start();
  writer_.stop();
  EXPECT_EQ(writer_.counts().failed, 1U);
  EXPECT_EQ(appends_, 0);
  EXPECT_THAT(log_lines_, testing::ElementsAre("impressions: 1 are lost: the disk is full"));
}

}  // namespace
}  // namespace inkling::server
