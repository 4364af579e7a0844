#include "sim/handling.h"

#include <algorithm>

namespace inkling::sim {
namespace {

using domain::ActionKind;

constexpr double kListPauseMs = 1'350;
constexpr double kPausesMs = 1'030;
constexpr double kScrollMs = 190;
constexpr double kReadPauseMs = 1'500;
constexpr double kReadMs = 420;
constexpr double kPicturePauseMs = 700;
constexpr double kPictureMs = 150;
constexpr double kInspectMs = 350;
constexpr std::int64_t kInspectionMs = 1'800;  // kept free at the end of a look at goods
constexpr double kTapsAround = 0.17;           // after a scroll
constexpr double kLeavesMs = 9'000;
constexpr std::int64_t kLongestLeaveMs = 60'000;

constexpr int kPlaces = 12;  // of a picture, in 3 columns and 4 rows
constexpr double kPlaceJitter = 450;

double place_x(int place) {
  return 1'700 + 3'300 * (place % 3);
}
double place_y(int place) {
  return 1'600 + 2'000 * static_cast<double>(place / 3);
}

// Any but `place`.
int other_than(int place, int count, base::Random& random) {
  const int drawn = static_cast<int>(random.below(static_cast<std::uint64_t>(count - 1)));
  return drawn < place ? drawn : drawn + 1;
}

}  // namespace

void Handling::begin_visit(const Cues& cues, std::int64_t now_ms) {
  cues_ = cues;
  finger_.begin(now_ms);
  finger_.set_slowness(cues.slowness);
}

void Handling::see_feed(std::int64_t ts_ms, std::vector<TimedGestures>& batches) {
  scroll_list(ts_ms, PageAction::kScrollList);
  open(Page::kFeed);
  finger_.take(batches);
  finger_.skip_to(ts_ms);
}

void Handling::follow(const domain::Action& action, std::int64_t ts_ms, std::vector<TimedGestures>& batches) {
  finger_.set_limit(ts_ms);
  move(action, ts_ms);
  finger_.take(batches);
  finger_.skip_to(ts_ms);
  if (action.action == ActionKind::kPurchase) finger_.set_slowness(cues_.hurry * cues_.slowness);
}

void Handling::move(const domain::Action& action, std::int64_t ts_ms) {
  switch (action.action) {
    case ActionKind::kView:
      view(ts_ms - action.stay_ms, ts_ms);
      break;
    case ActionKind::kSearch:
      open(Page::kHome);
      scroll_list(ts_ms, PageAction::kScrollList);
      (void)finger_.tap(Control::kText, Button::kSearch, 4'500, 600);
      finger_.set_page(Page::kResults);
      break;
    case ActionKind::kClick:
    case ActionKind::kSkip:
      open(Page::kFeed);
      scroll_list(ts_ms, PageAction::kScrollList);
      if (action.action == ActionKind::kSkip) press(Button::kHide);
      break;
    case ActionKind::kFavourite:
      press(Button::kFavourite);
      break;
    case ActionKind::kCartAdd:
      put_in_cart();
      break;
    case ActionKind::kCartRemove:
      open(Page::kCart);
      scroll_list(ts_ms, PageAction::kScrollCart);
      press(Button::kCartRemove);
      break;
    case ActionKind::kCheckout:
      open(Page::kCart);
      scroll_list(ts_ms, PageAction::kScrollCart);
      press(Button::kCheckout);
      finger_.set_page(Page::kCheckout);
      break;
    case ActionKind::kPurchase:
      scroll_list(ts_ms, PageAction::kPay);
      press(Button::kPay);
      finger_.set_page(Page::kHome);
      break;
    default:
      break;  // what happens to a shopper needs no finger
  }
}

void Handling::view(std::int64_t from_ms, std::int64_t until_ms) {
  if (finger_.page() == Page::kDetail) open(Page::kResults);
  scroll_list(from_ms, PageAction::kScrollList);
  (void)finger_.tap(Control::kEntry, Button::kNone, 5'000, random_.uniform(2'000, 8'500));
  finger_.set_page(Page::kDetail);
  finger_.skip_to(from_ms);
  read_detail(until_ms);
}

void Handling::leave(std::vector<TimedGestures>& batches) {
  const auto stay_ms = static_cast<std::int64_t>(random_.exponential(kLeavesMs));
  finger_.set_limit(finger_.now_ms() + std::min(stay_ms, kLongestLeaveMs));
  finger_.set_slowness(cues_.hurry * cues_.slowness);
  open(Page::kHome);
  while (scroll(PageAction::kScrollList)) continue;
  finger_.take(batches);
}

// Leaves half a second for the tap that ends it.
void Handling::scroll_list(std::int64_t until_ms, PageAction action) {
  finger_.set_limit(until_ms - 500);
  while (scroll(action)) tap_around();
  finger_.set_limit(until_ms);
}

void Handling::read_detail(std::int64_t until_ms) {
  finger_.set_limit(until_ms - kInspectionMs);
  inspect_first();
  while (finger_.now_ms() < until_ms - 2 * kInspectionMs) {
    scroll_detail();
    if (random_.chance(cues_.picture_prob)) turn_pictures();
    scroll_detail();
    if (random_.chance(cues_.review_prob)) read_reviews();
  }
  finger_.set_limit(until_ms);
  inspect_last();
}

void Handling::scroll_detail() {
  for (auto left = 3 + random_.below(6); left > 0; --left) {
    if (!scroll(PageAction::kScrollDetail)) return finger_.skip_to(finger_.limit_ms());
    tap_around();
  }
}

void Handling::turn_pictures() {
  (void)finger_.tap(Control::kPicture, Button::kNone, 5'000, 3'000);
  finger_.set_page(Page::kPictures);
  const Stroke stroke = {PageAction::kTurnPicture, 7'800, 4'000, -4'200, 100, 500, kPictureMs, kPicturePauseMs};
  for (auto left = 2 + random_.below(4); left > 0 && finger_.swipe(stroke); --left) continue;
  finger_.set_page(Page::kDetail);
}

// Skimmed for a while, then one topic is asked for and one is read slowly.
void Handling::read_reviews() {
  (void)finger_.tap(Control::kTab, Button::kOpenReviews, 5'000, 1'200);
  finger_.set_page(Page::kReviews);
  const auto asked = static_cast<int>(random_.below(kTopics));
  const bool matches = random_.chance(cues_.matching_prob);
  const int other = other_than(asked, kTopics, random_);  // drawn anyway: a switch changes nothing else
  const int read = matches ? asked : other;
  (void)finger_.tap(Control::kButton, topic_button(static_cast<std::int16_t>(asked)), 1'000 + 1'100.0 * asked, 1'900);
  for (auto left = 1 + random_.below(3); left > 0 && scroll(PageAction::kSkimReviews); --left) continue;
  const Stroke slow = {
      read_topic(static_cast<std::int16_t>(read)), 6'000, 7'000, 0, -1'800, 600, kReadMs, kReadPauseMs};
  for (auto left = 2 + random_.below(3); left > 0 && finger_.swipe(slow); --left) continue;
  (void)finger_.tap(Control::kBack, Button::kNone, 600, 600);
  finger_.set_page(Page::kDetail);
}

// Two different places.
void Handling::inspect_first() {
  inspected_[0] = static_cast<int>(random_.below(kPlaces));
  inspected_[1] = other_than(inspected_[0], kPlaces, random_);
  for (const int place : inspected_) inspect(place);
}

void Handling::inspect_last() {
  const bool returns = random_.chance(cues_.returning_prob);
  const int again = inspected_[random_.below(2)];
  const auto [low, high] = std::minmax(inspected_[0], inspected_[1]);
  int elsewhere = static_cast<int>(random_.below(kPlaces - 2));
  if (elsewhere >= low) ++elsewhere;
  if (elsewhere >= high) ++elsewhere;
  inspect(returns ? again : elsewhere);
}

void Handling::inspect(int place) {
  (void)finger_.swipe(
      {PageAction::kInspect, place_x(place), place_y(place), 150, 150, kPlaceJitter, kInspectMs, 250});
}

bool Handling::scroll(PageAction action) {
  const double up = random_.chance(cues_.reversal_prob) ? -1 : 1;
  const double pause_ms = action == PageAction::kScrollList ? kListPauseMs : kPausesMs;
  return finger_.swipe({action, 6'200, 5'000 + 2'300 * up, 0, -3'600 * up, 900, kScrollMs, pause_ms});
}

void Handling::tap_around() {
  const double drawn = random_.uniform();
  if (drawn >= kTapsAround) return;
  if (drawn < 0.4 * kTapsAround) {
    (void)finger_.tap(Control::kTab, Button::kNone, 2'000 + 15'000 * drawn, 1'200);
  } else if (drawn < 0.7 * kTapsAround) {
    (void)finger_.tap(Control::kButton, Button::kMore, 5'000, 8'000);
  } else {
    (void)finger_.tap(Control::kPicture, Button::kNone, 5'000, 3'000);
  }
}

// By the way back, unless it is open already.
void Handling::open(Page page) {
  if (finger_.page() == page) return;
  if (page == Page::kCart) {
    (void)finger_.tap(Control::kTab, Button::kOpenCart, 8'700, 9'700);
  } else {
    (void)finger_.tap(Control::kBack, Button::kNone, 600, 600);
  }
  finger_.set_page(page);
}

void Handling::put_in_cart() {
  (void)finger_.tap(Control::kButton, Button::kVariant, 5'000, 6'000);
  if (random_.chance(0.3)) (void)finger_.tap(Control::kButton, Button::kQuantity, 7'000, 7'000);
  press(Button::kCartAdd);
}

}  // namespace inkling::sim
