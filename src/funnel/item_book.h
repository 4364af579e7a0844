// What a journal has told of items, as far as following answers needs it: category, shop and price, and small numbers
// for items and categories. Not a catalogue: src/store has one. Rows are given in the order of first mention and
// never change. Ownership: views of texts live as long as the book and, of one item, until it is told again. Thread
// safety: one writer; const calls from any thread. Cost: O(1) a look-up, about 200 bytes an item.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/event.h"
#include "offer/goods.h"

namespace inkling::funnel {

inline constexpr std::uint32_t kNoCategory = 0;  // of what no item event said

class ItemBook {
 public:
  struct Facts {
    std::string item;
    std::string shop;
    std::vector<std::string> category;
    std::optional<domain::Money> price;
    std::uint32_t leaf = kNoCategory;  // number of the whole path
    std::uint32_t top = kNoCategory;   // number of its first name
  };

  ItemBook();
  void tell(const domain::Item& item);
  // The item's row, made when it is new.
  [[nodiscard]] std::uint32_t row(std::string_view item);
  [[nodiscard]] const Facts& facts(std::uint32_t row) const { return facts_[row]; }
  // "Home / Kitchen"; "" of kNoCategory.
  [[nodiscard]] const std::string& category_name(std::uint32_t category) const { return categories_[category]; }
  // As quotes see it; `said`: the price of the order line, which counts before the catalogue's. Without any price: 0.
  [[nodiscard]] offer::Goods goods(std::uint32_t row, const std::optional<domain::Money>& said) const;

 private:
  [[nodiscard]] std::uint32_t category(const std::string& name);

  std::deque<Facts> facts_;
  std::unordered_map<std::string_view, std::uint32_t> rows_;
  std::deque<std::string> categories_;
  std::unordered_map<std::string_view, std::uint32_t> category_rows_;
};

}  // namespace inkling::funnel
