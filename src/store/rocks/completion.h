// What every way into the journal does to an event first: its ids are checked, and an action that leaves category or
// price unsaid takes them from the catalogue. Thread safety: pure functions. Cost: no allocation but the filled
// facts.
#pragma once

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::store::rocks {

// kInvalidInput or kTooLarge, naming the field.
[[nodiscard]] base::Status check_ids(const domain::Event& event);

// The action about an item that leaves category or price unsaid; null for any other event.
[[nodiscard]] domain::Action* incomplete_action(domain::Event& event);

// Whether anything was filled in. `Facts` has category and price, as domain::Item does.
template <typename Facts>
bool fill(domain::Action& action, const Facts& facts) {
  bool changed = false;
  if (action.category.empty() && !facts.category.empty()) {
    action.category = facts.category;
    changed = true;
  }
  if (!action.price && facts.price) {
    action.price = facts.price;
    changed = true;
  }
  return changed;
}

}  // namespace inkling::store::rocks
