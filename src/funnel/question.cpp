#include "funnel/question.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/core/hash.h"

namespace inkling::funnel {

using domain::ActionKind;

std::uint64_t question_of(const domain::Event& event, const domain::Impression& impression) {
  std::vector<std::string> ticked = impression.ticked;
  std::ranges::sort(ticked);
  std::string text = event.session + '\n' + impression.promotion + '\n' + std::to_string(impression.gap_cents);
  for (const std::string& item : ticked) text += '\n' + item;
  return base::name_hash(text);
}

std::optional<Deed> deed_of(ActionKind action) {
  if (action == ActionKind::kCartAdd) return Deed::kCarted;
  if (action == ActionKind::kClick || action == ActionKind::kView) return Deed::kClicked;
  return std::nullopt;
}

bool is_on_item(ActionKind action) {
  return action == ActionKind::kFavourite || deed_of(action).has_value();
}

std::int64_t spend_of(const offer::Promotion& promotion, std::int64_t step) {
  if (step <= 0) return 0;
  if (promotion.repeats) return step * promotion.tiers.front().spend_cents;
  const auto tier = std::min(static_cast<std::size_t>(step), promotion.tiers.size());
  return promotion.tiers[tier - 1].spend_cents;
}

}  // namespace inkling::funnel
