// The slots of one request: what the stages of a scene hand to each other. A stage declares which it reads and
// writes, so that a scene file is checked before it ever answers. What each slot holds is in exchange.h. Thread
// safety: plain values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace inkling::scene {

enum class Slot : std::uint8_t {
  kQuery,       // what the shopper's words mean
  kIntent,      // probability per target
  kNeed,        // the cart, and what is missing to the next step of a promotion
  kCandidates,  // what might be shown
  kScores,      // every candidate has its final score, best first
  kOrder,       // candidates stand in the order of the page
  kDisplay,     // every candidate says how it is shown
  kDecision,    // offer or not
};
inline constexpr std::array<std::string_view, 8> kSlotNames = {"query",  "intent", "need",    "candidates",
                                                               "scores", "order",  "display", "decision"};

class SlotSet {
 public:
  constexpr SlotSet() = default;
  constexpr SlotSet(std::initializer_list<Slot> slots) {
    for (const Slot slot : slots) bits_ |= bit(slot);
  }

  [[nodiscard]] constexpr bool has(Slot slot) const { return (bits_ & bit(slot)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr SlotSet operator|(SlotSet other) const { return SlotSet(bits_ | other.bits_); }
  [[nodiscard]] constexpr SlotSet operator&(SlotSet other) const { return SlotSet(bits_ & other.bits_); }
  [[nodiscard]] constexpr SlotSet without(SlotSet other) const { return SlotSet(bits_ & ~other.bits_); }
  constexpr bool operator==(const SlotSet&) const = default;

 private:
  explicit constexpr SlotSet(std::uint32_t bits) : bits_(bits) {}
  static constexpr std::uint32_t bit(Slot slot) { return std::uint32_t{1} << static_cast<unsigned>(slot); }
  std::uint32_t bits_ = 0;
};

// The slots that can be an answer: a scene must write one of them.
inline constexpr SlotSet kAnswerSlots = {Slot::kCandidates, Slot::kDecision};

// "intent, candidates"; "nothing" for the empty set.
[[nodiscard]] std::string slot_names(SlotSet slots);

}  // namespace inkling::scene
