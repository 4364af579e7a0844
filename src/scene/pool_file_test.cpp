#include "scene/pool_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace inkling::scene {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

std::string mistakes(const std::string& yaml) {
  return parse_pool(yaml, "p.yaml").status().message();
}

TEST(PoolFile, reads_a_list) {
  const auto pool = parse_pool("pool: gifts\ndescription: Wrapped.\nitems: [\"77\", 91]\n", "p.yaml");
  ASSERT_TRUE(pool.ok()) << pool.status().message();
  EXPECT_EQ(pool->name, "gifts");
  EXPECT_EQ(pool->items, (Texts{"77", "91"}));
  EXPECT_TRUE(pool->is_on(0));
}

TEST(PoolFile, reads_a_rule) {
  const auto pool = parse_pool(
      "pool: everyday\ncategories: [Coffee, Tea]\nshops: [s-1]\nfrom_cents: 100\nto_cents: 2000\norder: newest\n",
      "p.yaml");
  ASSERT_TRUE(pool.ok()) << pool.status().message();
  EXPECT_EQ(pool->categories, (Texts{"Coffee", "Tea"}));
  EXPECT_EQ(pool->shops, Texts{"s-1"});
  EXPECT_FALSE(pool->any_price);
  EXPECT_EQ(pool->prices.low_cents, 100);
  EXPECT_EQ(pool->prices.high_cents, 2000);
  EXPECT_EQ(pool->order, PoolOrder::kNewest);
}

TEST(PoolFile, is_on_from_its_start_until_before_its_end) {
  const auto pool =
      parse_pool("pool: sale\norder: hot\nstarts: 2026-11-20T00:00:00+08:00\nends: 2026-11-21\n", "p.yaml");
  ASSERT_TRUE(pool.ok()) << pool.status().message();
  EXPECT_EQ(pool->starts_ms, 1'795'104'000'000);
  EXPECT_EQ(pool->ends_ms, 1'795'219'200'000);
  EXPECT_FALSE(pool->is_on(pool->starts_ms - 1));
  EXPECT_TRUE(pool->is_on(pool->starts_ms));
  EXPECT_FALSE(pool->is_on(pool->ends_ms));
}

TEST(PoolFile, tells_every_mistake_with_its_line) {
  EXPECT_EQ(
      mistakes("pool: a\nitem: [x]\nfrom_cents: -1\n"),
      "p.yaml:2: item: there is no such parameter; expected one of pool, description, items, categories, shops, "
      "from_cents, to_cents, order, starts, ends; did you mean items?\n"
      "p.yaml:3: from_cents: -1 is below 0; allowed is a whole number from 0 to 9007199254740992 (cents)");
  EXPECT_EQ(mistakes("pool: a\nitems: [x, y, x]\norder: hot\nstarts: 2026-11-28\nends: 2026-11-20\n"),
            "p.yaml:2: items: \"x\" stands there twice; allowed is once\n"
            "p.yaml:3: order: stands beside items; allowed is a list of items or a rule, not both\n"
            "p.yaml:5: ends: \"2026-11-20\" is not after starts, \"2026-11-28\"");
  EXPECT_EQ(mistakes("pool: a\nfrom_cents: 3\nto_cents: 2\nstarts: soon\n"),
            "p.yaml:2: from_cents: 3 is above to_cents, which is 2; no price lies between\n"
            "p.yaml:4: starts: \"soon\" is no time; allowed is a day or a moment as 2026-11-20 or "
            "2026-11-20T00:00:00+08:00 (UTC where no zone is said)");
  EXPECT_EQ(
      mistakes("pool: a\n"),
      "p.yaml:1: items: is missing; a pool needs items, or one of categories, shops, from_cents, to_cents, order");
  EXPECT_EQ(mistakes("pool: a\nshops: []\n"), "p.yaml:2: shops: holds 0 names; allowed are 1 to 100");
  EXPECT_EQ(mistakes("- pool\n"),
            "p.yaml:1: pool: the file is no mapping; allowed is one that starts with `pool: <name>`");
  EXPECT_EQ(parse_pool("pool: a\norder: hot\n", "b.yaml", "b").status().message(),
            "b.yaml:1: pool: \"a\" is not the name of its file; allowed is \"b\"");
}

class PoolFolder : public testing::Test {
 protected:
  PoolFolder() { fs::create_directories(folder_); }
  ~PoolFolder() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& yaml) { std::ofstream(folder_ / name) << yaml; }

  fs::path folder_ = fs::path(testing::TempDir()) / "pool_file_test";
};

TEST_F(PoolFolder, holds_pools_in_the_order_of_their_names) {
  write("b.yaml", "pool: b\norder: hot\n");
  write("a.yml", "pool: a\nitems: [x]\n");
  write("notes.txt", "no pool");
  const auto pools = load_pools(folder_.string());
  ASSERT_TRUE(pools.ok()) << pools.status().message();
  ASSERT_EQ(pools->size(), 2U);
  EXPECT_EQ((*pools)[0].name, "a");
  EXPECT_EQ((*pools)[1].name, "b");
}

TEST_F(PoolFolder, tells_the_mistakes_of_all_its_files) {
  EXPECT_EQ(load_pools(folder_.string()).status().message(),
            folder_.string() + ": holds 0 pools, files that end in .yaml or .yml; allowed are 1 to 50");
  write("a.yaml", "pool: b\norder: hot\n");
  write("c.yaml", "pool: c\n");
  EXPECT_EQ(
      load_pools(folder_.string()).status().message(),
      (folder_ / "a.yaml").string() + ":1: pool: \"b\" is not the name of its file; allowed is \"a\"\n" +
          (folder_ / "c.yaml").string() +
          ":1: items: is missing; a pool needs items, or one of categories, shops, from_cents, to_cents, order");
  EXPECT_EQ(load_pools((folder_ / "nowhere").string()).status().code(), base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace inkling::scene
