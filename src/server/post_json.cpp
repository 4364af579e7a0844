#include "server/post_json.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/core/number_text.h"
#include "server/problem.h"

namespace inkling::server {

namespace {

using base::Json;
using content::Quote;

std::int64_t number(std::size_t value) {
  return static_cast<std::int64_t>(value);
}

std::string_view field_of(std::string_view column_field) {
  for (const std::string_view prefix : {content::kChoicePrefix, content::kWordPrefix, content::kNumberPrefix}) {
    if (column_field.starts_with(prefix)) return column_field.substr(prefix.size());
  }
  return column_field;
}

// What the post told; of a number that is not in the move itself.
std::string told_value(const content::OptionMove& move, const content::PricedPost& post) {
  const auto told = std::ranges::find(post.numbers, field_of(move.field), &content::FieldNumber::field);
  const bool is_number = move.value.empty() && told != post.numbers.end();
  return is_number ? base::number_text(told->value) : move.value;
}

std::string range_text(std::int64_t low, std::int64_t high) {
  return "from " + std::to_string(low) + " to " + std::to_string(high) + " cents";
}

std::string quote_sentence(const content::Estimate& estimate, std::int64_t cents, Quote quote) {
  const std::string four_of_five =
      "of five posts like this four cost " + range_text(estimate.low_cents, estimate.high_cents);
  const std::string nearly_all =
      "of a hundred posts like this 98 cost " + range_text(estimate.far_low_cents, estimate.far_high_cents);
  const std::string said = std::to_string(cents) + " cents is ";
  switch (quote) {
    case Quote::kLow:
      return said + "low: " + four_of_five;
    case Quote::kHigh:
      return said + "high: " + four_of_five;
    case Quote::kFarBelow:
      return said + "far too low: " + nearly_all;
    case Quote::kFarAbove:
      return said + "far too high: " + nearly_all;
    case Quote::kUsual:
      break;
  }
  return said + "usual: " + four_of_five;
}

}  // namespace

std::string_view verdict_name(Quote quote) {
  return kVerdicts[static_cast<std::size_t>(quote)];
}

Json mistakes_json(std::span<const content::FieldMistake> mistakes) {
  Json made = Json::array();
  for (const content::FieldMistake& each : mistakes) {
    made.push(Json::object().set("field", each.field).set("message", each.message));
  }
  return made;
}

HttpResponse mistakes_problem(std::span<const content::FieldMistake> mistakes, std::string_view target) {
  std::string detail = "attributes: ";
  for (const content::FieldMistake& each : mistakes) {
    if (&each != mistakes.data()) detail += "; and ";
    detail += each.message;
  }
  HttpResponse response = problem(400, detail, target);
  auto document = Json::parse(response.body);
  if (document.ok()) response.body = document->set("mistakes", mistakes_json(mistakes)).to_text();
  return response;
}

Json description_json(const content::PostDescription& description) {
  Json evidence = Json::array(), doubts = Json::array();
  for (const content::Evidence& each : description.evidence) {
    evidence.push(
        Json::object().set("field", each.field).set("begin", number(each.begin)).set("end", number(each.end)));
  }
  for (const std::string& doubt : description.doubts) doubts.push(doubt);
  Json made = Json::object().set("attributes", description.post.attributes);
  made.set("evidence", std::move(evidence)).set("doubts", std::move(doubts));
  return made.set("mistakes", mistakes_json(description.post.mistakes));
}

Json prices_json(const LivePrices& prices) {
  return Json::object().set("version", prices.version).set("posts", number(prices.estimator.posts()));
}

Json estimate_json(const LivePrices& prices, const content::Estimate& estimate, const content::PricedPost& post) {
  Json moves = Json::array(), like_posts = Json::array();
  for (const content::OptionMove& move : estimate.moves) {
    Json told = Json::object().set("field", field_of(move.field)).set("value", told_value(move, post));
    moves.push(told.set("factor", move.factor));
  }
  for (const content::LikePost& like : estimate.like_posts) {
    Json told = Json::object().set("item", like.id).set("likeness", like.likeness);
    like_posts.push(told.set("price_cents", like.price_cents));
  }
  Json made = prices_json(prices);
  made.set("low_cents", estimate.low_cents).set("middle_cents", estimate.middle_cents);
  made.set("high_cents", estimate.high_cents).set("far_low_cents", estimate.far_low_cents);
  made.set("far_high_cents", estimate.far_high_cents).set("moves", std::move(moves));
  return made.set("like_posts", std::move(like_posts));
}

Json quote_json(const content::Estimate& estimate, std::int64_t cents) {
  const Quote quote = content::judge(estimate, cents);
  Json made = Json::object().set("cents", cents).set("verdict", verdict_name(quote));
  return made.set("sentence", quote_sentence(estimate, cents, quote));
}

}  // namespace inkling::server
