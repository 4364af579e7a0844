// Promotions from and to the JSON that people and events write: the `definition` of a `promotion` event
// (docs/formats.md, "Promotions"). Not for the law of many promotions together (promotion_book.h).
//
// Failure: kInvalidInput, one sentence for each mistake, each with the path, the value found and what would be right.
// Thread safety: pure functions. Cost: linear in the text; call it where promotions are told, not where carts are.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/core/json.h"
#include "base/core/result.h"
#include "domain/event.h"
#include "offer/promotion.h"

namespace inkling::offer {

// nullopt: {"withdrawn": true}, which ends the promotion of that id.
[[nodiscard]] base::Result<std::optional<Promotion>> read_promotion(std::string_view id,
                                                                    const base::JsonView& definition);
// The same from a text; `path` stands for it in messages.
[[nodiscard]] base::Result<std::optional<Promotion>> read_promotion(std::string_view id, std::string_view definition,
                                                                    const std::string& path);

// Whether an event that is to be journaled may be: promotions must be readable, other events always are.
[[nodiscard]] base::Status check_event(const domain::Event& event);

// The canonical definition: defaults left out, lists sorted. Read back it is the same promotion.
[[nodiscard]] base::Json to_json(const Promotion& promotion);
[[nodiscard]] std::string withdrawn_json();

}  // namespace inkling::offer
