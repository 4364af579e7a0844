// What the API tells of posts, estimates and quotes. Thread safety: pure functions.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "base/core/json.h"
#include "content/post_description.h"
#include "server/http_message.h"
#include "server/price_keeper.h"

namespace inkling::server {

// Of content::Quote.
inline constexpr std::array<std::string_view, 5> kVerdicts = {"usual", "low", "high", "far_below", "far_above"};
[[nodiscard]] std::string_view verdict_name(content::Quote quote);

[[nodiscard]] base::Json mistakes_json(std::span<const content::FieldMistake> mistakes);
// 400, with `mistakes` beside the members of every problem.
[[nodiscard]] HttpResponse mistakes_problem(std::span<const content::FieldMistake> mistakes, std::string_view target);

[[nodiscard]] base::Json description_json(const content::PostDescription& description);
// "version" and "posts" of live prices.
[[nodiscard]] base::Json prices_json(const LivePrices& prices);
// `post`: what was estimated; its numbers stand beside what they move.
[[nodiscard]] base::Json estimate_json(const LivePrices& prices, const content::Estimate& estimate,
                                       const content::PricedPost& post);
// Cents, verdict and a sentence that says both bounds.
[[nodiscard]] base::Json quote_json(const content::Estimate& estimate, std::int64_t cents);

}  // namespace inkling::server
