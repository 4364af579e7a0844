// What simulate --truth writes: JSON lines that tell why simulated shoppers did what they did, for judging models and
// reports afterwards (docs/howto/simulate.md). Thread safety: pure.
#pragma once

#include <string>

#include "sim/days/complements.h"
#include "sim/days/truth.h"
#include "sim/feed_page.h"
#include "sim/visit_truth.h"

namespace inkling::cli {

// One line an impression: {"request":..,"examine_prob":[..],"attraction_prob":[..]}, one number a position.
void write_truth(const sim::FeedTruth& truth, std::string& text);
void write_truth(const sim::days::AnswerTruth& truth, std::string& text);
// One line a visit: {"visit":..,"shopper":..,"ts_ms":..,"phase":..,"mood":..,"buy_prob":..,"coupon_uplift":..,
// "coupon":true or false,"buys_alone":..,"buys_with_coupon":..}.
void write_truth(const sim::VisitTruth& truth, std::string& text);
// One line a trip: {"trip":..,"arm":..,"looks":[{"requests":[..],"positions":..,"shown":..,"clicks":..,"carts":..}],
// "order":{"id":..,"ts_ms":..,"cents":..,"step":..,"reached_cents":..,"next_cents":..,"added":[{"request":..,
// "cents":..,"added_ms":..}]}}; no order: nothing was bought.
void write_truth(const sim::days::TripTruth& truth, std::string& text);
// One line a leaf category: {"complements_of":..,"leaves":[..]}.
void write_truth(const sim::days::Complements& complements, std::string& text);

}  // namespace inkling::cli
