#include "server/tag_shelf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "registry/registry.h"
#include "server/fake_store.h"
#include "tag/tag_graph_builder.h"
#include "tag/tag_package.h"

namespace inkling::server {
namespace {

class TagShelfTest : public testing::Test {
 protected:
  TagShelfTest() : folder_(testing::TempDir() + "tag_shelf_" + std::to_string(::getpid()) + "_" + test_name()) {}
  ~TagShelfTest() override {
    world_.stop();
    std::filesystem::remove_all(folder_);
  }
  static std::string test_name() { return testing::UnitTest::GetInstance()->current_test_info()->name(); }

  void make_live(const std::string& version, const std::vector<std::string>& tags) {
    tag::TagGraphBuilder builder;
    for (const std::string& tag : tags) ASSERT_TRUE(builder.add({tag::NodeKind::kTag, tag, ""}).ok());
    artifact::PackageManifest manifest;
    manifest.version = version;
    ASSERT_TRUE(tag::write_tag_package(folder_, manifest, *builder.arrays()).ok());
    const registry::Registry registry(folder_);
    ASSERT_TRUE(registry.publish(tag::kPackageName, version, 1).ok());
    ASSERT_TRUE(registry.promote(tag::kPackageName, version, 1).ok());
    ASSERT_TRUE(tags_.prepare().ok());
  }
  std::uint64_t tell(const std::string& item, const std::string& title) {
    domain::Item facts;
    facts.item = item;
    facts.title = title;
    const domain::Event event{.id = "e" + std::to_string(++told_),
                              .ts_ms = 1000,
                              .shopper = {},
                              .session = {},
                              .body = facts,
                              .unknown_json = {}};
    const auto receipt = store_.append({&event, 1});
    EXPECT_TRUE(receipt.ok());
    return receipt.ok() ? receipt->last_sequence : 0;
  }
  // As the application wires it.
  void start_world() {
    ASSERT_TRUE(world_.read_journal(1'000'000).ok());
    world_.start([this](const store::JournalEntry& entry) {
      const auto* item = std::get_if<domain::Item>(&entry.event.body);
      if (item != nullptr) shelf_.item_told(entry.sequence, item->item);
    });
  }
  void bring_world_to(std::uint64_t sequence) {
    world_.events_appended();
    world_.await(sequence);
  }
  [[nodiscard]] std::string tags_of(const std::string& item) const {
    const auto items = shelf_.snapshot();
    const auto row = world_.world()->find(item);
    if (!items || !row) return "unknown";
    std::string all;
    for (const std::uint32_t tag : items->carried().tags_of(*row)) all += std::string(items->graph().name(tag)) + " ";
    return all;
  }

  std::string folder_;
  std::int64_t told_ = 0;
  FakeStore store_;
  WorldKeeper world_{store_, {}, 0};
  TagKeeper tags_{folder_, {}};
  TagShelf shelf_{store_, world_, tags_, {}, 0};
};

TEST_F(TagShelfTest, has_nothing_while_no_tags_are_live) {
  tell("a", "van");
  start_world();
  ASSERT_TRUE(shelf_.follow_once().ok());
  EXPECT_EQ(shelf_.snapshot(), nullptr);
  EXPECT_EQ(shelf_.statistics().items_read, 0U);
}

TEST_F(TagShelfTest, reads_an_item_again_only_when_it_was_told_again) {
  make_live("v1", {"van", "lift"});
  tell("a", "van");
  tell("b", "lift");
  start_world();
  ASSERT_TRUE(shelf_.follow_once().ok());
  EXPECT_EQ(tags_of("a"), "van ");
  EXPECT_EQ(tags_of("b"), "lift ");
  EXPECT_EQ(shelf_.statistics().items_read, 2U);
  bring_world_to(tell("b", "van and lift"));
  bring_world_to(tell("c", "lift"));
  ASSERT_TRUE(shelf_.follow_once().ok());
  EXPECT_EQ(tags_of("a"), "van ");
  EXPECT_EQ(tags_of("b"), "lift van ");
  EXPECT_EQ(tags_of("c"), "lift ");
  EXPECT_EQ(shelf_.statistics().items_read, 4U);
  const auto made = shelf_.snapshot();
  ASSERT_TRUE(shelf_.follow_once().ok());
  EXPECT_EQ(shelf_.snapshot(), made) << "nothing happened";
}

TEST_F(TagShelfTest, reads_all_items_again_when_another_graph_is_live) {
  make_live("v1", {"van"});
  tell("a", "van with lift");
  start_world();
  ASSERT_TRUE(shelf_.follow_once().ok());
  EXPECT_EQ(tags_of("a"), "van ");
  make_live("v2", {"lift"});
  ASSERT_TRUE(shelf_.follow_once().ok());
  EXPECT_EQ(tags_of("a"), "lift ");
  EXPECT_EQ(shelf_.snapshot()->tags().version, "v2");
}

TEST_F(TagShelfTest, keeps_what_it_has_when_the_store_fails_and_catches_up_later) {
  make_live("v1", {"van"});
  tell("a", "nothing");
  start_world();
  ASSERT_TRUE(shelf_.follow_once().ok());
  bring_world_to(tell("a", "van"));
  store_.fail_items(base::unavailable("gone"));
  EXPECT_EQ(shelf_.follow_once().message(), "gone");
  EXPECT_EQ(tags_of("a"), "");
  store_.fail_items(std::nullopt);
  ASSERT_TRUE(shelf_.follow_once().ok());
  EXPECT_EQ(tags_of("a"), "van ");
}

TEST_F(TagShelfTest, reads_all_items_when_more_were_told_than_it_remembers) {
  make_live("v1", {"van"});
  tell("a", "nothing");
  start_world();
  ASSERT_TRUE(shelf_.follow_once().ok());
  const std::uint64_t sequence = tell("a", "van");
  bring_world_to(sequence);
  for (int i = 0; i < 100'001; ++i) shelf_.item_told(sequence, "x");
  ASSERT_TRUE(shelf_.follow_once().ok());
  EXPECT_EQ(tags_of("a"), "van ") << "whose telling was forgotten";
}

TEST_F(TagShelfTest, follows_on_a_thread_of_its_own) {
  make_live("v1", {"van"});
  start_world();
  shelf_.start();
  const std::uint64_t sequence = tell("a", "van");
  bring_world_to(sequence);
  shelf_.await(sequence);
  EXPECT_EQ(tags_of("a"), "van ");
  shelf_.stop();
}

}  // namespace
}  // namespace inkling::server
