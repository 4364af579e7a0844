// Fills a page place by place out of the candidates as they stand, best first; what is not placed keeps its order
// behind the page. Works in Slots::scratch. Thread safety: one request, one thread. Cost: placing moves what stood
// before the chosen one.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

#include "scene/candidates.h"
#include "scene/exchange.h"
#include "scene/stage.h"

namespace inkling::scene {

class PageOrder {
 public:
  explicit PageOrder(Exchange& exchange)
      : candidates_(exchange.slots.candidates),
        order_(exchange.slots.scratch),
        places_(std::min(candidates_.size(), static_cast<std::size_t>(exchange.request.size))) {
    order_.resize(candidates_.size());
    std::iota(order_.begin(), order_.end(), 0);
  }

  [[nodiscard]] bool is_full() const { return placed_ == places_; }
  [[nodiscard]] std::size_t places() const { return places_; }
  // Indices of candidates: on the page so far, and not on it, best first.
  [[nodiscard]] std::span<const std::uint32_t> placed() const { return std::span(order_).first(placed_); }
  [[nodiscard]] std::span<const std::uint32_t> left() const { return std::span(order_).subspan(placed_); }

  // left()[at] comes to the next place; answers which candidate that is.
  std::uint32_t place(std::size_t at) {
    assert(at < left().size());
    const auto first = order_.begin() + static_cast<std::ptrdiff_t>(placed_);
    const auto chosen = first + static_cast<std::ptrdiff_t>(at);
    std::rotate(first, chosen, chosen + 1);
    return order_[placed_++];
  }

  // Brings the candidates into this order; nothing else may be called afterwards.
  void finish() { reorder(candidates_, order_); }

 private:
  std::vector<Candidate>& candidates_;
  std::vector<std::uint32_t>& order_;
  std::size_t places_;
  std::size_t placed_ = 0;
};

// What every stage that arranges pages in this way declares: it walks scored candidates.
[[nodiscard]] inline StageBlueprint page_blueprint(std::string_view name, std::string_view purpose,
                                                   std::span<const ParameterSpec> parameters,
                                                   base::Result<std::unique_ptr<Stage>> (*make)(const Parameters&)) {
  return {.name = name,
          .kind = StageKind::kRerank,
          .purpose = purpose,
          .parameters = parameters,
          .reads = {Slot::kCandidates, Slot::kScores},
          .writes = {Slot::kOrder},
          .make = make};
}

}  // namespace inkling::scene
