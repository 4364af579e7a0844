// One question of a scene that completes baskets, as rankers see it when they learn: who asked, what was ticked, what
// was missing, what was offered, and what became of each offer. Made from a journal's impressions (src/funnel) or by
// taking an item out of a basket that was bought. Not what a running scene asks with: basket::AddOnRequest, which
// views the same values without owning them.
//
// Items, leaves, shops, promotions and recalls are base::name_hash of their ids, 0 where not known; prices are in
// minor units of one currency. Everything is as of `now_ms`, and nothing that happened later may be in it, labels
// apart. Thread safety: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "basket/purchase.h"

namespace inkling::basket {

inline constexpr std::size_t kMaxBehaviours = 100;  // of a shopper's last ones; older ones are left out
inline constexpr std::size_t kMaxTriggers = 32;     // ticked items that are looked at; those ticked last
inline constexpr std::size_t kMaxRecalls = 4;       // that found one candidate; the first ones

// What the catalogue says of an item, as far as rankers read it.
struct ItemRef {
  std::uint64_t item = 0;
  std::uint64_t leaf = 0;  // of the whole category path
  std::uint64_t top = 0;   // of the path's first name
  std::uint64_t shop = 0;
  std::int64_t price_cents = kNoPrice;

  bool operator==(const ItemRef&) const = default;
};

// Ascending by how much they say of buying.
enum class BehaviourKind : std::uint8_t { kView, kClick, kFavourite, kCartAdd, kPurchase };
inline constexpr std::size_t kBehaviourKinds = 5;

struct Behaviour {
  ItemRef item;
  BehaviourKind kind = BehaviourKind::kView;
  std::int64_t ts_ms = 0;

  bool operator==(const Behaviour&) const = default;
};

struct RecallHit {
  std::uint64_t recall = 0;
  float score = 0;  // as the impression logged it

  bool operator==(const RecallHit&) const = default;
};

struct OfferedItem {
  ItemRef item;
  std::array<RecallHit, kMaxRecalls> recalls{};  // those in use come first
  std::uint8_t recall_count = 0;
  std::uint16_t position = 0;  // among all answers to the question, from 0; never an input of a ranker
  bool clicked = false;
  bool carted = false;
  bool bought = false;

  bool operator==(const OfferedItem&) const = default;
};

struct AddOnSample {
  std::uint64_t shopper = 0;
  std::int64_t now_ms = 0;
  std::uint64_t promotion = 0;
  std::uint32_t tier = 0;                                       // steps reached
  std::int64_t threshold_cents = 0;                             // of the next step; 0: there is none
  std::int64_t gap_cents = 0;                                   // to it; 0: there is none
  float intent_prob = std::numeric_limits<float>::quiet_NaN();  // of buying within the hour; NaN: not known
  std::vector<ItemRef> ticked;                                  // in the order of the cart
  std::vector<ItemRef> unticked;
  std::vector<Behaviour> behaviours;  // before now_ms, oldest first
  std::vector<OfferedItem> offered;   // each item once, in the order of first exposure
};

}  // namespace inkling::basket
