#include "offer/bearing.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace inkling::offer {

namespace {

using Row = std::vector<const Promotion*>;

bool may_meet(const Promotion& a, const Promotion& b) {
  return !a.alone && !b.alone && a.currency == b.currency && a.starts_ms < b.ends_ms && b.starts_ms < a.ends_ms &&
         a.id != b.id;
}

bool counts_at(const Promotion& promotion, std::span<const std::string> category) {
  return promotion.scope.categories.empty() || holds_path(promotion.scope, category);
}

// Of each group only the largest counts; "" is no group.
std::int64_t summed_millionths(const Row& row) {
  std::map<std::string_view, std::int64_t> groups;
  std::int64_t sum = 0;
  for (const Promotion* promotion : row) {
    const std::int64_t most = most_saved_millionths(*promotion);
    if (promotion->group.empty()) {
      sum += most;
      continue;
    }
    std::int64_t& group = groups[promotion->group];
    sum += std::max<std::int64_t>(0, most - group);
    group = std::max(group, most);
  }
  return sum;
}

template <typename Keep>
Row only(const Row& row, const Keep& keep) {
  Row kept;
  std::ranges::copy_if(row, std::back_inserter(kept), [&](const Promotion* each) { return keep(*each); });
  return kept;
}

// What is on at one moment changes only where one starts.
Row overloaded_moment(const Row& row) {
  if (summed_millionths(row) <= kWholeMillionths) return {};
  for (const Promotion* first : row) {
    Row now = only(row, [&](const Promotion& each) { return in_time(each, first->starts_ms); });
    if (summed_millionths(now) > kWholeMillionths) return now;
  }
  return {};
}

// The most promotions meet in a category that one of them names, or outside all of them.
Row overloaded(const Promotion& promotion, const Row& row) {
  if (summed_millionths(row) <= kWholeMillionths) return {};
  std::vector<CategoryPath> places = {CategoryPath()};
  for (const Promotion* each : row) {
    places.insert(places.end(), each->scope.categories.begin(), each->scope.categories.end());
  }
  for (const CategoryPath& place : places) {
    if (!counts_at(promotion, place)) continue;
    Row there = overloaded_moment(only(row, [&](const Promotion& each) { return counts_at(each, place); }));
    if (!there.empty()) return there;
  }
  return {};
}

base::Status conflict_of(const Promotion& promotion, const Row& row) {
  std::string others;
  for (const Promotion* each : row) {
    if (each->id != promotion.id) others += (others.empty() ? "" : ", ") + each->id;
  }
  const std::int64_t percent = summed_millionths(row) * 100 / kWholeMillionths;
  const std::string with = others.empty() ? "" : " with " + others;
  return base::conflict("promotion " + promotion.id + with + " could save " + std::to_string(percent) +
                        " % of the same goods; expected at most 100 %: put them into one group, let one stand alone, "
                        "or keep their goods or times apart");
}

}  // namespace

void Bearing::add(const Promotion& promotion) {
  if (promotion.scope.shops.empty()) everywhere_.push_back(&promotion);
  for (const std::string& shop : promotion.scope.shops) by_shop_[shop].push_back(&promotion);
}

Row Bearing::together(const Promotion& promotion, std::string_view shop) const {
  const auto meets = [&](const Promotion& each) { return may_meet(promotion, each); };
  Row row = only(everywhere_, meets);
  if (const auto found = by_shop_.find(shop); found != by_shop_.end()) {
    const Row there = only(found->second, meets);
    row.insert(row.end(), there.begin(), there.end());
  }
  row.push_back(&promotion);
  return row;
}

base::Status Bearing::check(const Promotion& promotion) const {
  if (promotion.alone) return {};
  const auto check_shop = [&](std::string_view shop) -> base::Status {
    const Row refused = overloaded(promotion, together(promotion, shop));
    return refused.empty() ? base::Status() : conflict_of(promotion, refused);
  };
  for (const std::string& shop : promotion.scope.shops) INKLING_TRY(check_shop(shop));
  if (!promotion.scope.shops.empty()) return {};
  INKLING_TRY(check_shop(""));
  for (const auto& [shop, row] : by_shop_) INKLING_TRY(check_shop(shop));
  return {};
}

}  // namespace inkling::offer
