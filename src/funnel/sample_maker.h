// Turns a journal into what rankers of add-on items learn from (basket/add_on_sample.h), event by event in journal
// order: one sample a look. Not for reports (journal_follower.h, whose looks, deeds and credit these are).
//
// * Everything of a question is as of its first answer: cart, gap, prices, behaviours. An item that is opened on the
//   first page is no behaviour of this sample, or its label would stand among its inputs.
// * Shown again is shown once: an answer that an application asks for anew after a detail page adds no exposure.
// * Only looks with a click teach, unless `only_clicked` is off: without one nobody knows whether anybody looked. That
//   raises every rate, so scores of what is learnt are not calibrated to all traffic; SampleCounts has both.
// * What is put into the cart counts as clicked, also without its detail page, so that each step is part of the one
//   before: bought, carted, clicked, shown.
// * A look is told when nothing was shown or done in it for `settle_ms`; orders that come later are counted alone.
// * A currency that is not the journal's first one counts as no price.
//
// Thread safety: one thread. Memory: at most 4.8 KB of behaviours a shopper, the items, and the looks that wait to
// settle (6 KB of behaviours and 120 bytes a shown item each). Cost: a few look-ups an event. Failure: none; what
// belongs to nothing is left out and counted.
//
// Source: the article on CAAM, "sample organisation": feeds with a click only, re-exposures on the way back from a
// detail page removed, ratios told. Its credit of orders is not told; ours is the report's.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/core/clock.h"
#include "basket/add_on_sample.h"
#include "basket/one_currency.h"
#include "domain/event.h"
#include "funnel/cart_credit.h"
#include "funnel/item_book.h"
#include "funnel/look.h"
#include "funnel/shopper_past.h"
#include "offer/promotion_book.h"

namespace inkling::funnel {

struct SampleOptions {
  std::string scene = "add-on";
  bool only_clicked = true;
  std::int64_t credit_ms = base::kDayMs;
  std::int64_t look_gap_ms = 30 * base::kMinuteMs;
  std::int64_t settle_ms = 2 * base::kDayMs;  // more than credit_ms, or orders are lost; at least look_gap_ms
};

inline constexpr std::size_t kMostOffered = 1000;  // of one look; further ones are left out and counted

struct SampleCounts {
  using ByDeed = std::array<std::uint64_t, kDeeds>;

  std::uint64_t looks = 0;
  std::uint64_t looks_empty = 0;      // dropped: nothing was shown
  std::uint64_t looks_unclicked = 0;  // dropped: no click, where only_clicked asks for one
  std::uint64_t looks_open = 0;       // told before they settled, as the journal ended: labels may be missing
  std::uint64_t answers = 0;
  std::uint64_t positions = 0;       // of all answers
  std::uint64_t shown_again = 0;     // of them, removed: another answer of the look had the item
  std::uint64_t beyond_offered = 0;  // of them, removed: the look held kMostOffered
  std::uint64_t carted_at_once = 0;  // items: into the cart without a click before
  std::uint64_t late_orders = 0;     // lines of what was put into the cart out of a look that was told before
  ByDeed all{};                      // different items of all looks
  ByDeed kept{};                     // of those that became samples

  [[nodiscard]] std::uint64_t samples() const { return looks - looks_empty - looks_unclicked; }
};

// How many of one deed come to one of the next: 30 shown to a click. NaN without any of the next.
[[nodiscard]] double to_one(const SampleCounts::ByDeed& deeds, Deed deed, Deed next);

class SampleMaker {
 public:
  using OnSample = std::function<void(basket::AddOnSample&&)>;

  // Samples come in the order of their looks' first answers in the journal.
  SampleMaker(SampleOptions options, OnSample on_sample)
      : options_(std::move(options)), on_sample_(std::move(on_sample)) {}

  void take(const domain::Event& event);
  // The journal ends here: tells what still waits.
  void finish();

  [[nodiscard]] const SampleCounts& counts() const { return counts_; }

 private:
  struct Waiting {
    basket::AddOnSample sample;
    std::vector<std::uint32_t> items;     // rows, of sample.offered
    std::vector<std::uint64_t> requests;  // hashes
    std::int64_t newest_ms = 0;           // of its last answer or deed
  };
  struct Shopper {
    ShopperPast past;
    CartCredit credit;
    std::uint64_t question = 0;  // of the newest look
    std::uint32_t look = 0;
    std::int64_t answered_ms = 0;
  };

  void take_impression(const domain::Event& event, const domain::Impression& impression);
  void take_action(const domain::Event& event, const domain::Action& action);
  void take_order(const domain::Event& event, const domain::Action& action, Shopper& shopper);
  Waiting& look_of(const domain::Event& event, const domain::Impression& impression, Shopper& shopper);
  void begin(const domain::Event& event, const domain::Impression& impression, const Shopper& shopper,
             basket::AddOnSample& sample);
  void show(const domain::Impression& impression, Waiting& look);
  void follow(const domain::Event& event, const domain::Action& action, std::uint32_t item, Shopper& shopper);
  [[nodiscard]] basket::OfferedItem offered(std::uint32_t item, const domain::ImpressionPosition& position);
  [[nodiscard]] basket::ItemRef ref(std::uint32_t item, const std::optional<domain::Money>& said);
  [[nodiscard]] std::vector<basket::ItemRef> refs(const std::vector<std::string>& items);
  [[nodiscard]] std::int64_t threshold(const basket::AddOnSample& sample, const std::string& promotion);
  [[nodiscard]] Waiting* find(std::uint32_t look);
  void tell_settled();
  void tell_first();

  SampleOptions options_;
  OnSample on_sample_;
  ItemBook items_;
  basket::OneCurrency currency_;
  offer::PromotionShelf shelf_;
  std::unordered_map<std::string, Shopper> shoppers_;
  std::unordered_map<std::uint64_t, std::uint32_t> look_by_request_;  // of those that wait
  std::deque<Waiting> waiting_;
  std::uint32_t first_ = 0;  // number of the first that waits
  std::int64_t newest_ms_ = 0;
  SampleCounts counts_;
};

}  // namespace inkling::funnel
