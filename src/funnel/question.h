// What makes answers of a scene answers to one question, and what an action on an item counts as: the rules that
// reports (journal_follower.h) and training samples (sample_maker.h) share. Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/event.h"
#include "funnel/look.h"
#include "offer/promotion.h"

namespace inkling::funnel {

// The same number for two answers exactly when they answer the same question of a shopper (look.h).
[[nodiscard]] std::uint64_t question_of(const domain::Event& event, const domain::Impression& impression);

// What an action says of an item that it names: kClicked, kCarted, or nothing. kBought comes from orders.
[[nodiscard]] std::optional<Deed> deed_of(domain::ActionKind action);
// Whether it belongs to what a shopper did with items, purchases apart.
[[nodiscard]] bool is_on_item(domain::ActionKind action);

// What the promotion's step asks for; 0 of step 0.
[[nodiscard]] std::int64_t spend_of(const offer::Promotion& promotion, std::int64_t step);

}  // namespace inkling::funnel
