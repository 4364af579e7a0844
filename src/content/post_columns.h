// Posts as sparse rows: one column for each value of a choice, each word of a text, and some for each number. Learnt
// from posts, so that what stands in one post alone is left out. Not for prices.
//
// A number gives its value in standard deviations and how far it lies above each quartile, so that straight lines may
// bend there; a post without it has zeros and the column "not told".
// Thread safety: const after learn(). Cost: linear in what the posts hold. Ownership: owns all names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content/priced_post.h"

namespace inkling::content {

struct Cell {
  std::uint32_t column = 0;
  float value = 0;
};
using SparseRow = std::vector<Cell>;  // by column, each once

enum class ColumnKind : std::uint8_t { kChoice, kWord, kNumber, kNotTold };

struct Column {
  std::uint32_t field = 0;  // of fields()
  ColumnKind kind = ColumnKind::kChoice;
  std::string value;  // of the choice, or the word; "" for numbers
};

class PostColumns {
 public:
  // Values and words of fewer posts than this have no column.
  static constexpr std::size_t kLeastPosts = 2;

  [[nodiscard]] static PostColumns learn(std::span<const PricedPost> posts);
  // What the post has of these columns; the rest of it is not known here and counts nothing.
  [[nodiscard]] SparseRow row_of(const PricedPost& post) const;

  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  // "choice.<field>", "text.<field>" or "number.<field>", sorted.
  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }

 private:
  struct Scale {
    double mean = 0;
    double deviation = 1;
    double quartiles[3] = {};
    std::uint32_t first_column = 0;  // the value, three bends, "not told"
  };
  void learn_numbers(std::span<const PricedPost> posts);
  std::uint32_t field_index(const std::string& name);
  void add_number(const Scale& scale, const PricedPost& post, std::string_view field, SparseRow& row) const;

  std::vector<Column> columns_;
  std::vector<std::string> fields_;
  std::map<std::string, std::uint32_t, std::less<>> column_of_;  // by "field=value"
  std::map<std::string, Scale, std::less<>> scales_;             // by the number's field
};

}  // namespace inkling::content
