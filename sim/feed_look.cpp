#include "sim/feed_look.h"

namespace inkling::sim {
namespace {

constexpr double kGlanceMs = 1'500;
constexpr double kSkips = 0.02;  // says so when something examined is not wanted
constexpr double kFavours = 0.05;

double takes_prob(const Intent& intent, std::uint32_t leaf) {
  if (intent.leaf == leaf && intent.phase == Phase::kBuying) return 0.3;
  if (intent.leaf == leaf && intent.phase == Phase::kComparing) return 0.06;
  return 0.01;
}

double scrolls_prob(Phase phase) {
  switch (phase) {
    case Phase::kComparing:
      return 0.45;
    case Phase::kBuying:
      return 0.25;
    default:
      return 0.35;
  }
}

}  // namespace

FeedLook::FeedLook(Persona& persona, const Catalogue& catalogue, const FeedModel& model, std::int64_t start_ms)
    : persona_(persona),
      catalogue_(catalogue),
      model_(model),
      deeds_(persona.context(catalogue, persona.feed_random), start_ms) {}

std::vector<TimedAction> FeedLook::look_at(const FeedPage& page) {
  base::Random& random = persona_.feed_random;
  deeds_.set_request(page.request);
  wants_page_ = true;
  for (std::size_t i = 0; i < page.goods.size() && wants_page_; ++i) {
    if (!random.chance(examine_prob(model_, i + 1))) continue;
    deeds_.wait(kGlanceMs);
    const std::uint32_t goods = page.goods[i];
    if (goods == kUnknownGoods) continue;
    const double attracted_prob = attraction(goods);
    persona_.see(goods);
    if (random.chance(attracted_prob)) {
      answer(goods);
    } else if (random.chance(kSkips)) {
      deeds_.skip(goods);
    }
  }
  ++pages_;
  wants_page_ = wants_page_ && page.has_more && scrolls_on();
  deeds_.wait(kGlanceMs);
  return deeds_.take();
}

void FeedLook::answer(std::uint32_t goods) {
  base::Random& random = persona_.feed_random;
  Intent& intent = persona_.intent;
  deeds_.click(goods);
  deeds_.view(goods);
  if (catalogue_.at(goods).leaf == intent.leaf) remember_candidate(intent, goods);
  if (random.chance(kFavours)) deeds_.favourite(goods);
  if (random.chance(takes_prob(intent, catalogue_.at(goods).leaf))) take(goods);
}

// Who came to buy and found it goes to the till, and is done with the feed.
void FeedLook::take(std::uint32_t goods) {
  const bool came_to_buy = persona_.intent.phase == Phase::kBuying;
  deeds_.put_in_cart(goods);
  if (!came_to_buy || !deeds_.check_out(goods)) return;
  deeds_.purchase(goods);
  wants_page_ = false;
}

bool FeedLook::scrolls_on() {
  return pages_ < kMostFeedPages && persona_.feed_random.chance(scrolls_prob(persona_.intent.phase));
}

double FeedLook::attraction(std::uint32_t goods) const {
  return goods == kUnknownGoods ? 0 : attraction_prob(model_, catalogue_, persona_.beholder(), goods);
}

FeedTruth FeedLook::truth(const FeedPage& page) const {
  FeedTruth truth;
  truth.request = page.request;
  for (std::size_t i = 0; i < page.goods.size(); ++i) {
    truth.examine_probs.push_back(examine_prob(model_, i + 1));
    truth.attraction_probs.push_back(attraction(page.goods[i]));
  }
  return truth;
}

}  // namespace inkling::sim
