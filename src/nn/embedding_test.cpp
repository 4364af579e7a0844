#include "nn/embedding.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace inkling::nn {
namespace {

constexpr std::array<float, 6> kTable{0, 0, 10, 11, 20, 21};  // [3 x 2]

TEST(EmbeddingTest, looks_up_rows_without_copying_them) {
  const auto embedding = Embedding::make({"emb.page", kTable, 3, 2});
  ASSERT_TRUE(embedding.ok());
  EXPECT_EQ(embedding->vocab(), 3u);
  EXPECT_EQ(embedding->dim(), 2u);
  EXPECT_EQ(embedding->lookup(0).data(), kTable.data());
  EXPECT_EQ(embedding->lookup(2).data(), kTable.data() + 4);
  EXPECT_EQ(embedding->lookup(2).size(), 2u);
}

TEST(EmbeddingTest, gives_unknown_ids_the_row_of_the_missing_value) {
  const auto embedding = Embedding::make({"emb.page", kTable, 3, 2});
  ASSERT_TRUE(embedding.ok());
  EXPECT_EQ(embedding->lookup(3).data(), kTable.data() + 2);
  EXPECT_EQ(embedding->lookup(UINT64_MAX).data(), kTable.data() + 2);
}

TEST(EmbeddingTest, needs_rows_for_padding_and_missing) {
  const auto embedding = Embedding::make({"emb.page", std::span(kTable).first(2), 1, 2});
  ASSERT_FALSE(embedding.ok());
  EXPECT_EQ(embedding.status().message(),
            "tensor \"emb.page\" has 1 row, but an embedding table needs at least 2 (0 padding, 1 missing)");
}

TEST(EmbeddingTest, rejects_a_table_that_is_cut_off) {
  EXPECT_FALSE(Embedding::make({"emb.page", std::span(kTable).first(5), 3, 2}).ok());
}

}  // namespace
}  // namespace inkling::nn
