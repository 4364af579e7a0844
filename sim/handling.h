// What a simulated shopper does with the finger between one action and the next: scrolls lists and pages, turns
// pictures, opens and reads reviews, inspects places of pictures, taps what leads to the next action. How often and
// how fast follows from the visit's cues (cues.h) and from nothing else, so nothing is told that a cue does not tell.
// Not for browse actions, which are given. Thread safety: one thread. Memory: the gestures since the last follow().
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/core/random.h"
#include "domain/event.h"
#include "sim/cues.h"
#include "sim/finger.h"

namespace inkling::sim {

class Handling {
 public:
  // `random` outlives it.
  explicit Handling(base::Random& random) : random_(random), finger_(random) {}

  void begin_visit(const Cues& cues, std::int64_t now_ms);
  // All gestures until the shop shows a page of suggestions; they go to the end of `batches`.
  void see_feed(std::int64_t ts_ms, std::vector<TimedGestures>& batches);
  // All gestures up to `action`, which is told at ts_ms.
  void follow(const domain::Action& action, std::int64_t ts_ms, std::vector<TimedGestures>& batches);
  // The last gestures of a visit, after its last action.
  void leave(std::vector<TimedGestures>& batches);

 private:
  void move(const domain::Action& action, std::int64_t ts_ms);
  void view(std::int64_t from_ms, std::int64_t until_ms);
  void scroll_list(std::int64_t until_ms, PageAction action);
  void read_detail(std::int64_t until_ms);
  void scroll_detail();
  void turn_pictures();
  void read_reviews();
  void inspect_first();
  void inspect_last();
  void inspect(int place);
  bool scroll(PageAction action);
  void tap_around();
  void open(Page page);
  void put_in_cart();
  void press(Button button) { (void)finger_.tap(Control::kButton, button, 5'000, 9'300); }

  base::Random& random_;
  Finger finger_;
  Cues cues_;
  std::array<int, 2> inspected_{};
};

}  // namespace inkling::sim
