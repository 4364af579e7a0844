#include "store/rocks/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/rocks/database.h"
#include "store/store_fixture.h"

namespace inkling::store::rocks {
namespace {

using testing::ElementsAre;

class CatalogueTest : public testing::Test {
 protected:
  void write(const std::string& item, std::int64_t price_cents) {
    const domain::Event event = item_event("e", item, {"top", item}, price_cents);
    std::string json;
    wire::write_event(event, json);
    rocksdb::WriteBatch batch;
    catalogue_.add(batch, std::get<domain::Item>(event.body), json);
    ASSERT_TRUE(database_->write(batch, false).ok());
  }
  std::int64_t price_cents(const std::string& item) { return (*catalogue_.facts(item, parser_))->price->cents; }

  TempFolder folder_;
  base::FixedClock clock_{1};
  std::unique_ptr<Database> database_ = Database::open(folder_.path(), 1, clock_).value();
  Catalogue catalogue_{*database_};
  wire::EventParser parser_;
};

TEST_F(CatalogueTest, an_unknown_item_becomes_known_and_changes) {
  EXPECT_EQ(*catalogue_.facts("shoe", parser_), nullptr);
  const domain::Event first = item_event("1", "shoe", {"a", "b"}, 10);
  catalogue_.remember(std::get<domain::Item>(first.body));
  EXPECT_THAT((*catalogue_.facts("shoe", parser_))->category, ElementsAre("a", "b"));
  const domain::Event second = item_event("2", "shoe", {"c"}, 20);
  catalogue_.remember(std::get<domain::Item>(second.body));
  EXPECT_EQ(price_cents("shoe"), 20);
}

TEST_F(CatalogueTest, facts_come_from_the_disk_when_not_in_memory) {
  write("shoe", 30);
  EXPECT_EQ(price_cents("shoe"), 30);
  write("shoe", 40);  // behind the cache's back: what is in memory answers
  EXPECT_EQ(price_cents("shoe"), 30);
}

TEST_F(CatalogueTest, forgotten_facts_are_read_again) {
  write("shoe", 30);
  EXPECT_EQ(price_cents("shoe"), 30);
  write("shoe", 40);
  for (int i = 0; i < 400'000; ++i) {  // more than fit in both generations
    domain::Item filler;
    filler.item = std::to_string(i);
    catalogue_.remember(filler);
  }
  EXPECT_EQ(price_cents("shoe"), 40);
}

TEST_F(CatalogueTest, an_unreadable_entry_is_damage_and_named) {
  rocksdb::WriteBatch batch;
  domain::Item item;
  item.item = "shoe";
  catalogue_.add(batch, item, "{");
  ASSERT_TRUE(database_->write(batch, false).ok());
  const auto found = catalogue_.item("shoe", parser_);
  EXPECT_EQ(found.status().code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(found.status().message(), testing::HasSubstr("catalogue entry \"shoe\""));
  EXPECT_EQ(catalogue_.facts("shoe", parser_).status().code(), base::ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace inkling::store::rocks
