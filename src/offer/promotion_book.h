// All promotions that are in force, indexed by the goods that they are about; immutable. A PromotionShelf takes what
// is told and publishes one book after the other. Not for amounts: cart_quote.h.
//
// Rows 0 .. size() - 1 are sorted: those that stack before those that stand alone, members of a group beside each
// other, then by id. Ownership: a book owns its promotions; who quotes keeps the book alive. Thread safety: a book is
// immutable, any thread; a shelf is for one thread. Cost: for_each_touching O(those indexed under the goods' shop and
// category, and those of all goods), no allocation; publish O(promotions), nothing when none changed.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/core/result.h"
#include "offer/goods.h"
#include "offer/promotion.h"

namespace inkling::offer {

// Told, but not in force.
struct Refused {
  std::string id;
  std::optional<Promotion> promotion;  // nullopt: its definition cannot be read
  std::string reason;
};

class PromotionBook {
 public:
  PromotionBook() = default;  // of a marketplace without promotions
  PromotionBook(const PromotionBook&) = delete;
  PromotionBook& operator=(const PromotionBook&) = delete;

  [[nodiscard]] std::size_t size() const { return promotions_.size(); }
  [[nodiscard]] const Promotion& promotion(std::uint32_t row) const { return promotions_[row]; }
  // Ascending with the rows; a promotion without one has a group of its own.
  [[nodiscard]] std::uint32_t group(std::uint32_t row) const { return groups_[row]; }
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const;
  [[nodiscard]] std::span<const Refused> refused() const { return refused_; }

  // visit(row) for each promotion that counts for the goods at that moment, rows ascending. Their price is not asked.
  template <typename Visit>
  void for_each_touching(const Goods& goods, std::int64_t now_ms, Visit&& visit) const {
    for (Cursor cursor = lists_of(goods); const auto row = cursor.next();) {
      if (touches(promotions_[*row], goods, now_ms)) visit(*row);
    }
  }

  // Whether the promotion could be in force beside those that are, in place of the one of its id: kConflict if not.
  [[nodiscard]] base::Status check(const Promotion& promotion) const;

 private:
  friend class PromotionShelf;
  using Rows = std::vector<std::uint32_t>;
  using Index = std::unordered_map<std::uint64_t, Rows>;  // by hashes: touches() decides

  // Walks ascending lists side by side.
  class Cursor {
   public:
    void add(std::span<const std::uint32_t> rows) { lists_[count_++] = rows; }
    [[nodiscard]] std::optional<std::uint32_t> next() {
      std::optional<std::uint32_t> least;
      for (std::size_t i = 0; i < count_; ++i) {
        if (!lists_[i].empty() && (!least || lists_[i].front() < *least)) least = lists_[i].front();
      }
      for (std::size_t i = 0; least && i < count_; ++i) {
        if (!lists_[i].empty() && lists_[i].front() == *least) lists_[i] = lists_[i].subspan(1);
      }
      return least;
    }

   private:
    std::array<std::span<const std::uint32_t>, kMaxCategoryDepth + 2> lists_;
    std::size_t count_ = 0;
  };

  PromotionBook(std::vector<Promotion> promotions, std::vector<Refused> refused);
  void index(std::uint32_t row);
  [[nodiscard]] Cursor lists_of(const Goods& goods) const;
  [[nodiscard]] static bool touches(const Promotion& promotion, const Goods& goods, std::int64_t now_ms);

  std::vector<Promotion> promotions_;
  Rows groups_;
  std::vector<Refused> refused_;
  Rows everywhere_;
  Index by_shop_;
  Index by_category_;  // of those without shops
  std::map<std::string_view, std::uint32_t> by_id_;
};

// What was told of promotions, newest last. A later word about an id replaces the earlier one whole. In force are, in
// the order in which they were last told, those that can be read and that can stand beside those before them
// (bearing.h), so the same events always make the same book.
class PromotionShelf {
 public:
  // As a `promotion` event says it: a definition, or {"withdrawn": true}. What cannot be read is told in refused().
  void tell(std::string_view id, std::string_view definition_json);
  // Adds one of a list; kConflict when that id is there already.
  [[nodiscard]] base::Status add(Promotion promotion);
  // The same book as before when nothing was told since.
  [[nodiscard]] std::shared_ptr<const PromotionBook> publish();

 private:
  struct Told {
    std::uint64_t order = 0;
    std::optional<Promotion> promotion;
    std::string reason;
  };
  std::map<std::string, Told, std::less<>> told_;
  std::uint64_t count_ = 0;
  std::shared_ptr<const PromotionBook> book_ = std::make_shared<const PromotionBook>();
  bool changed_ = false;
};

}  // namespace inkling::offer
