#include "offer/promotion_book.h"

#include <tuple>
#include <utility>

#include "base/core/hash.h"
#include "offer/bearing.h"
#include "offer/promotion_json.h"

namespace inkling::offer {

namespace {

std::uint64_t below(std::uint64_t path_hash, std::string_view name) {
  return base::mix64(path_hash ^ base::name_hash(name));
}

std::uint64_t path_hash(const CategoryPath& path) {
  std::uint64_t hash = 0;
  for (const std::string& name : path) hash = below(hash, name);
  return hash;
}

auto row_key(const Promotion& promotion) {
  return std::tuple(promotion.alone, promotion.group.empty(), std::string_view(promotion.group),
                    std::string_view(promotion.id));
}

}  // namespace

PromotionBook::PromotionBook(std::vector<Promotion> promotions, std::vector<Refused> refused)
    : promotions_(std::move(promotions)), refused_(std::move(refused)) {
  std::ranges::sort(promotions_, {}, row_key);
  for (std::uint32_t row = 0; row < promotions_.size(); ++row) {
    const std::string& group = promotions_[row].group;
    const bool same = row > 0 && !group.empty() && group == promotions_[row - 1].group;
    groups_.push_back(row == 0 ? 0 : groups_.back() + (same ? 0 : 1));
    by_id_[promotions_[row].id] = row;
    index(row);
  }
}

void PromotionBook::index(std::uint32_t row) {
  const Selection& scope = promotions_[row].scope;
  const auto add = [row](Rows& rows) {
    if (rows.empty() || rows.back() != row) rows.push_back(row);  // two names may have one hash
  };
  for (const std::string& shop : scope.shops) add(by_shop_[base::name_hash(shop)]);
  if (!scope.shops.empty()) return;
  for (const CategoryPath& path : scope.categories) add(by_category_[path_hash(path)]);
  if (scope.categories.empty()) everywhere_.push_back(row);
}

std::optional<std::uint32_t> PromotionBook::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? std::nullopt : std::optional(found->second);
}

PromotionBook::Cursor PromotionBook::lists_of(const Goods& goods) const {
  Cursor cursor;
  cursor.add(everywhere_);
  if (const auto found = by_shop_.find(base::name_hash(goods.shop)); found != by_shop_.end())
    cursor.add(found->second);
  if (by_category_.empty()) return cursor;
  std::uint64_t hash = 0;
  for (const std::string& name : goods.category.first(std::min(goods.category.size(), kMaxCategoryDepth))) {
    hash = below(hash, name);
    if (const auto found = by_category_.find(hash); found != by_category_.end()) cursor.add(found->second);
  }
  return cursor;
}

bool PromotionBook::touches(const Promotion& promotion, const Goods& goods, std::int64_t now_ms) {
  const Selection& scope = promotion.scope;
  if (!in_time(promotion, now_ms) || promotion.currency != goods.currency) return false;
  if (!scope.shops.empty() && !holds_shop(scope, goods.shop)) return false;
  if (!scope.categories.empty() && !holds_path(scope, goods.category)) return false;
  const Selection& excluded = promotion.excluded;
  return !holds_item(excluded, goods.item) && !holds_shop(excluded, goods.shop) &&
         !holds_path(excluded, goods.category);
}

base::Status PromotionBook::check(const Promotion& promotion) const {
  Bearing bearing;
  for (const Promotion& each : promotions_) bearing.add(each);
  return bearing.check(promotion);
}

void PromotionShelf::tell(std::string_view id, std::string_view definition_json) {
  changed_ = true;
  auto promotion = read_promotion(id, definition_json, "definition");
  if (promotion.ok() && !promotion->has_value()) {
    told_.erase(std::string(id));
    return;
  }
  Told& told = told_[std::string(id)];
  told.order = ++count_;
  told.reason = promotion.status().message();
  told.promotion = promotion.ok() ? *std::move(promotion) : std::nullopt;
}

base::Status PromotionShelf::add(Promotion promotion) {
  const std::string id = promotion.id;
  const auto [at, added] = told_.try_emplace(id);
  if (!added)
    return base::conflict("promotion \"" + id + "\" stands there twice; expected an id of its own for each");
  changed_ = true;
  at->second = {++count_, std::move(promotion), ""};
  return {};
}

std::shared_ptr<const PromotionBook> PromotionShelf::publish() {
  if (!std::exchange(changed_, false)) return book_;
  std::map<std::uint64_t, std::pair<const std::string*, const Told*>> in_order;
  for (const auto& [id, told] : told_) in_order[told.order] = {&id, &told};
  Bearing bearing;
  std::vector<Promotion> promotions;
  std::vector<Refused> refused;
  for (const auto& [order, entry] : in_order) {
    const auto& [id, told] = entry;
    std::string reason = told->promotion ? bearing.check(*told->promotion).message() : told->reason;
    if (!reason.empty()) {
      refused.push_back({*id, told->promotion, std::move(reason)});
      continue;
    }
    bearing.add(*told->promotion);
    promotions.push_back(*told->promotion);
  }
  book_ = std::shared_ptr<const PromotionBook>(new PromotionBook(std::move(promotions), std::move(refused)));
  return book_;
}

}  // namespace inkling::offer
