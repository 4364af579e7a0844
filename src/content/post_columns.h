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

// What the names of fields begin with.
inline constexpr std::string_view kChoicePrefix = "choice.", kWordPrefix = "text.", kNumberPrefix = "number.";

struct Column {
  std::uint32_t field = 0;  // of fields()
  ColumnKind kind = ColumnKind::kChoice;
  std::string value;  // of the choice, or the word; "" for numbers
};

// How a number becomes columns: its value less the mean in deviations, and how far it lies above each quartile.
struct NumberScale {
  static constexpr double kLeastDeviation = 1e-9;
  double mean = 0;
  double deviation = 1;
  double quartiles[3] = {};
};

// In this order stand the columns of each number: the value, a bend at each quartile, "not told".
inline constexpr std::uint32_t kBends = 3;
inline constexpr std::uint32_t kNumberColumns = kBends + 2;

class PostColumns {
 public:
  // Values and words of fewer posts than this have no column.
  static constexpr std::size_t kLeastPosts = 2;

  [[nodiscard]] static PostColumns learn(std::span<const PricedPost> posts);
  // What learn() gave before, told again: `columns` as columns() has them, `scales` in the order of their columns.
  // Its caller has seen to it that they fit (price_arrays.h).
  [[nodiscard]] static PostColumns over(std::vector<std::string> fields, std::vector<Column> columns,
                                        std::span<const NumberScale> scales);
  // What the post has of these columns; the rest of it is not known here and counts nothing.
  [[nodiscard]] SparseRow row_of(const PricedPost& post) const;

  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  // "choice.<field>", "text.<field>" or "number.<field>", in the order of the columns.
  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  // In the order of the columns.
  [[nodiscard]] std::vector<NumberScale> scales() const;

 private:
  struct Scale : NumberScale {
    std::uint32_t first_column = 0;
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
