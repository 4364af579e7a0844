// An answer before it leaves: the page and a few spares behind it, and what a last look (live_check.h) needs to know
// of how it was made. Not for serving: finish() makes an Answer of it.
//
// Ownership: owns all its text, so it may outlive the run's shopper, world and plan: a checker may take its time.
// Thread safety: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "scene/answer.h"
#include "scene/page_cursor.h"
#include "scene/request.h"

namespace inkling::scene {

struct Draft {
  Answer answer;                     // its items: the page, then the spares
  std::size_t page = 0;              // so many of them may leave
  bool more = false;                 // there were further candidates
  std::optional<SeenItems> seen;     // on the pages before; nullopt: the answer tells no cursor
  std::optional<float> intent_prob;  // kIntentTarget's, when a stage of what answered said it

  // Of plans that check live only.
  bool checks_live = false;
  std::vector<std::int64_t> prices_cents;  // of the items when they were ranked; domain::kMissing: none
  std::vector<RequestCartLine> cart;       // that `answer.offer` is about
  std::optional<double> stretch;           // prices may be above the gap by this share of it; nullopt: by any
};

// Cuts the spares off and tells the cursor.
[[nodiscard]] Answer finish(Draft draft);

}  // namespace inkling::scene
