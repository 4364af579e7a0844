// The wire form of scene requests and answers. The names in it are fixed for ever.
//
// Request: {"shopper": "anna", "session": "s1", "size": 10, "cursor": "", "query": "coat", "trace": false,
//           "cart": [{"item": "i1", "quantity": 1, "ticked": true, "price": {"cents": 1250, "currency": "EUR"}}],
//           "context": {"page": "home", "gap_cents": 4000}}; only shopper is required, unknown fields are refused.
// Answer: every field is there always; "trace" only when asked. Money in minor units, durations in microseconds.
// Thread safety: any thread. Cost: ten microseconds or so for a small answer.
// Failure: kInvalidInput naming every wrong field, its value and
// what is allowed, joined by "; ".
#pragma once

#include <string>
#include <string_view>

#include "base/core/result.h"
#include "scene/answer.h"
#include "scene/request.h"

namespace inkling::scene {

[[nodiscard]] base::Result<Request> request_from_json(std::string_view json);
[[nodiscard]] std::string answer_to_json(const Answer& answer);

}  // namespace inkling::scene
