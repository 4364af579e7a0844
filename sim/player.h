// Somebody who plays against a running shop, step by step, as the driver (driver.h) lets them. Thread safety: one
// thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "sim/catalogue.h"
#include "sim/shop.h"
#include "sim/tally.h"

namespace inkling::sim {

class Player {
 public:
  virtual ~Player() = default;
  // When there is something to do next: a question, or events to tell.
  [[nodiscard]] virtual std::int64_t next_ms() const = 0;
  // Whether the next thing to do would begin a visit.
  [[nodiscard]] virtual bool is_away() const = 0;
  // Does the next thing; tells with it what else has happened by now_ms, which is not before next_ms().
  virtual void step(Shop& shop, std::int64_t now_ms, Tally& tally) = 0;
  // Tells what has happened by now_ms, and no more: the shop closes.
  virtual void finish(Shop& shop, std::int64_t now_ms, Tally& tally) = 0;
};

// One shopper of the catalogue, which outlives them.
using MakePlayer = std::function<std::unique_ptr<Player>(const Catalogue& catalogue, std::uint32_t index)>;

}  // namespace inkling::sim
