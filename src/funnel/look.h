// What became of one question to a scene that completes baskets. Plain values; rows and categories are an ItemBook's.
//
// A look is one question with all its answers: the same shopper, session, promotion, gap and ticked items, each
// answer within half an hour of the one before. An item counts as shown once in a look, whatever page it comes on:
// what an application shows again when the shopper comes back from a detail page is no second exposure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace inkling::funnel {

enum class Deed : std::uint8_t { kShown, kClicked, kCarted, kBought };
inline constexpr std::size_t kDeeds = 4;

// The share of the ticked items, or of what the shopper did before, that is of the same category as the item.
struct CrossScore {
  float leaf = 0;
  float top = 0;
};

struct Shown {
  std::uint32_t item = 0;
  bool clicked = false;  // click or view that names an answer of the look
  bool carted = false;   // cart_add that names one; need not have been clicked
  bool bought = false;   // an order line of what was put into the cart so
  CrossScore to_ticked;
  CrossScore to_history;

  [[nodiscard]] bool did(Deed deed) const {
    switch (deed) {
      case Deed::kShown:
        return true;
      case Deed::kClicked:
        return clicked;
      case Deed::kCarted:
        return carted;
      case Deed::kBought:
        return bought;
    }
    return false;
  }
};

struct Look {
  std::int64_t ts_ms = 0;           // of the first answer
  std::vector<std::uint32_t> arms;  // numbers of a JournalFollower
  std::uint32_t answers = 0;
  std::uint32_t positions = 0;                // of all answers; those above shown.size() were shown again
  std::vector<Shown> shown;                   // in the order of first exposure
  std::vector<std::uint32_t> ticked_leaves;   // different ones, ascending
  std::vector<std::uint32_t> history_leaves;  // different ones, ascending
};

}  // namespace inkling::funnel
