#include "scene/replay.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <span>

#include "base/core/hash.h"
#include "base/core/suggest.h"
#include "base/files.h"
#include "basket/purchase_reader.h"
#include "index/world_builder.h"
#include "offer/promotion_book.h"
#include "scene/answer_json.h"
#include "scene/fixed_knowledge.h"
#include "scene/fixed_ranker.h"
#include "scene/replay_tags.h"
#include "scene/runner.h"
#include "wire/event_json.h"

namespace inkling::scene {
namespace {

namespace json = boost::json;

// Every reading of the clock comes one step later, and the runner reads it once per stage.
class SteppingTime final : public SteadyTime {
 public:
  explicit SteppingTime(std::int64_t step_us) : step_us_(step_us) {}
  [[nodiscard]] std::int64_t now_us() const override { return std::exchange(now_us_, now_us_ + step_us_); }

 private:
  std::int64_t step_us_;
  mutable std::int64_t now_us_ = 0;
};

class ReplayReader {
 public:
  explicit ReplayReader(std::string file) : file_(std::move(file)) {}

  base::Result<ReplayCase> read(const json::value& root) {
    ReplayCase replay;
    replay.file = file_;
    if (!root.is_object()) return wrong("the file", "a JSON object");
    const json::object& object = root.get_object();
    INKLING_TRY(
        only("", object,
             {"says", "request", "model_answers", "rankers", "tags", "events", "each_stage_takes_ms", "expect"}));
    INKLING_TRY(text(object, "says", replay.says));
    INKLING_TRY(request(object, replay));
    INKLING_TRY(models(object, replay));
    INKLING_TRY(optional_texts(object, "rankers", replay.rankers));
    INKLING_TRY(tags(object, replay.tags));
    INKLING_TRY(events(object, replay.events));
    INKLING_TRY(duration(object, replay));
    INKLING_TRY(expectation(object, replay.expect));
    return replay;
  }

 private:
  [[nodiscard]] base::Status wrong(const std::string& path, const std::string& allowed) const {
    return base::invalid_input(file_ + ": " + path + ": allowed is " + allowed);
  }

  base::Status only(const std::string& prefix, const json::object& object,
                    std::initializer_list<std::string_view> known) const {
    const std::span<const std::string_view> names(known.begin(), known.size());
    for (const auto& [key, value] : object) {
      const std::string_view name(key.data(), key.size());
      if (std::ranges::find(names, name) != names.end()) continue;
      return base::invalid_input(file_ + ": " + prefix + std::string(name) + ": there is no such field; " +
                                 base::expected_one_of(name, names));
    }
    return {};
  }

  base::Status text(const json::object& object, const std::string& key, std::string& out) const {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_string() || value->get_string().empty()) return wrong(key, "a text");
    out = std::string(value->get_string());
    return {};
  }

  base::Status request(const json::object& object, ReplayCase& replay) const {
    const json::value* value = object.if_contains("request");
    if (value == nullptr) return wrong("request", "a scene request, as sent over HTTP");
    auto request = request_from_json(json::serialize(*value));
    if (!request.ok()) return request.status().within(file_ + ": request");
    replay.request = *std::move(request);
    return {};
  }

  base::Status models(const json::object& object, ReplayCase& replay) const {
    const json::value* value = object.if_contains("model_answers");
    if (value == nullptr || !value->is_object()) {
      return wrong("model_answers", "an object {model: {target: probability}}, empty when no model is live");
    }
    for (const auto& [model, targets] : value->get_object()) {
      ReplayModel fixed{std::string(model), {}};
      const std::string path = "model_answers." + fixed.model;
      if (!targets.is_object() || targets.get_object().empty() ||
          targets.get_object().size() > feature::kMaxTargets) {
        return wrong(path, "an object of 1 to " + std::to_string(feature::kMaxTargets) + " {target: probability}");
      }
      for (const auto& [target, prob] : targets.get_object()) {
        if (!prob.is_number()) return wrong(path + "." + std::string(target), "a probability");
        fixed.target_probs.emplace_back(std::string(target), prob.to_number<float>());
      }
      replay.models.push_back(std::move(fixed));
    }
    return {};
  }

  base::Status optional_texts(const json::object& object, const std::string& key,
                              std::vector<std::string>& out) const {
    std::optional<std::vector<std::string>> texts;
    INKLING_TRY(listed_texts(object, key, key, "a list of names", texts));
    out = std::move(texts).value_or(std::vector<std::string>());
    return {};
  }

  base::Status tags(const json::object& object, std::optional<LiveTags>& tags) const {
    const json::value* value = object.if_contains("tags");
    if (value == nullptr) return {};
    auto told = tags_from_json(json::serialize(*value));
    if (!told.ok()) return told.status().within(file_ + ": tags");
    tags = *std::move(told);
    return {};
  }

  base::Status events(const json::object& object, std::vector<domain::Event>& events) const {
    const json::value* value = object.if_contains("events");
    if (value == nullptr) return {};
    if (!value->is_array()) return wrong("events", "a list of events in the form of POST /v1/events");
    wire::EventParser parser;
    for (const json::value& event : value->get_array()) {
      auto parsed = parser.parse(json::serialize(event));
      if (!parsed.ok()) return parsed.status().within(file_ + ": events[" + std::to_string(events.size()) + "]");
      events.push_back(*std::move(parsed));
    }
    return {};
  }

  base::Status duration(const json::object& object, ReplayCase& replay) const {
    const json::value* value = object.if_contains("each_stage_takes_ms");
    if (value == nullptr) return {};
    const std::int64_t* took_ms = value->if_int64();
    if (took_ms == nullptr || *took_ms < 0 || *took_ms > 60'000) {
      return wrong("each_stage_takes_ms", "a whole number from 0 to 60000");
    }
    replay.each_stage_takes_ms = *took_ms;
    return {};
  }

  base::Status expectation(const json::object& object, ReplayExpectation& expect) const {
    const json::value* value = object.if_contains("expect");
    if (value == nullptr || !value->is_object() || value->get_object().empty()) {
      return wrong("expect",
                   "an object with at least one of offer, what, reason, probability, fallback, items, reasons");
    }
    const json::object& members = value->get_object();
    INKLING_TRY(only("expect.", members, {"offer", "what", "reason", "probability", "fallback", "items", "reasons"}));
    INKLING_TRY(expected_text(members, "what", expect.what));
    INKLING_TRY(expected_text(members, "reason", expect.reason));
    INKLING_TRY(expected_text(members, "fallback", expect.fallback));
    INKLING_TRY(listed_texts(members, "items", "expect.items", "a list of item ids", expect.items));
    INKLING_TRY(
        listed_texts(members, "reasons", "expect.reasons", "a list with the reasons of each item", expect.reasons));
    if (const json::value* offer = members.if_contains("offer")) {
      if (!offer->is_bool()) return wrong("expect.offer", "true or false");
      expect.offer = offer->get_bool();
    }
    if (const json::value* prob = members.if_contains("probability")) {
      if (!prob->is_number() && !prob->is_null()) return wrong("expect.probability", "a number or null");
      expect.probability.emplace();
      if (prob->is_number()) *expect.probability = prob->to_number<float>();
    }
    return {};
  }

  // null expects that there is none.
  base::Status expected_text(const json::object& members, const std::string& key,
                             std::optional<std::string>& out) const {
    const json::value* value = members.if_contains(key);
    if (value == nullptr) return {};
    if (!value->is_string() && !value->is_null()) return wrong("expect." + key, "a text or null");
    out = value->is_null() ? std::string() : std::string(value->get_string());
    return {};
  }

  base::Status listed_texts(const json::object& members, const std::string& key, const std::string& path,
                            const std::string& allowed, std::optional<std::vector<std::string>>& out) const {
    const json::value* value = members.if_contains(key);
    if (value == nullptr) return {};
    if (!value->is_array()) return wrong(path, allowed);
    out.emplace();
    for (const json::value& text : value->get_array()) {
      if (!text.is_string()) return wrong(path, allowed);
      out->emplace_back(text.get_string());
    }
    return {};
  }

  std::string file_;
};

class Comparison {
 public:
  template <typename T>
  void same(const std::string& field, const std::optional<T>& expected, const T& found) {
    if (expected && *expected != found) differ(field, shown(*expected), shown(found));
  }
  void same_prob(const std::optional<std::optional<float>>& expectation, const std::optional<float>& found) {
    constexpr float kTolerance = 1e-6F;
    if (!expectation) return;
    const std::optional<float>& expected = *expectation;
    if (expected.has_value() == found.has_value() &&
        std::abs(expected.value_or(0) - found.value_or(0)) <= kTolerance) {
      return;
    }
    differ("probability", expected ? std::to_string(*expected) : "none", found ? std::to_string(*found) : "none");
  }
  [[nodiscard]] const std::string& differences() const { return differences_; }

 private:
  static std::string shown(bool value) { return value ? "true" : "false"; }
  static std::string shown(const std::string& value) { return value.empty() ? "none" : "\"" + value + "\""; }
  static std::string shown(const std::vector<std::string>& values) {
    std::string text = "[";
    for (const std::string& value : values) text += (text.size() == 1 ? "" : ", ") + value;
    return text + "]";
  }
  void differ(const std::string& field, const std::string& expected, const std::string& found) {
    differences_ += (differences_.empty() ? "" : "; ") + field + ": expected " + expected + ", found " + found;
  }
  std::string differences_;
};

bool expects_decision(const ReplayExpectation& expect) {
  return expect.offer || expect.what || expect.reason || expect.probability;
}

std::string answering_fallback(const Answer& answer) {
  if (!answer.degraded) return {};
  return answer.unanswered() ? "nobody could answer" : answer.degraded->fallback;
}

std::vector<std::string> item_ids(const Answer& answer) {
  std::vector<std::string> ids;
  for (const AnswerItem& item : answer.items) ids.push_back(item.item);
  return ids;
}

std::vector<std::string> item_reasons(const Answer& answer) {
  std::vector<std::string> all;
  for (const AnswerItem& item : answer.items) {
    std::string& reasons = all.emplace_back();
    for (const std::string& reason : item.reasons) reasons += (reasons.empty() ? "" : ", ") + reason;
  }
  return all;
}

// What the events say of the shopper and of the marketplace; answers the moment of the newest.
std::int64_t fold(const ReplayCase& replay, FixedKnowledge& knowledge) {
  index::WorldBuilder world;
  offer::PromotionShelf promotions;
  state::ShopperState state;
  std::uint64_t sequence = 0;
  for (const domain::Event& event : replay.events) {
    world.fold(++sequence, event);
    if (const auto* told = std::get_if<domain::Promotion>(&event.body)) {
      promotions.tell(told->promotion, told->definition_json);
    }
    if (event.shopper == replay.request.shopper) state::apply(state, event);
  }
  knowledge.set_shopper_state(std::move(state));
  knowledge.set_world(world.publish());
  knowledge.set_offers(promotions.publish());
  return knowledge.world().time_ms();
}

// What the events say through the tag graph, if there is one. After the world is told.
void fold_tags(const ReplayCase& replay, FixedKnowledge& knowledge) {
  if (!replay.tags) return;
  ToldWords words;
  for (const domain::Event& event : replay.events) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action != nullptr && event.shopper == replay.request.shopper) words.add(event.ts_ms, *action);
  }
  knowledge.set_told_words(std::move(words));
  knowledge.set_tagged_items(tag_items(*replay.tags, knowledge.world(), replay.events));
}

// What the events say of baskets: the packages that are to be live, and what the shopper bought.
base::Status fold_purchases(const ReplayCase& replay, FixedKnowledge& knowledge) {
  std::vector<basket::Purchase> purchases;
  basket::PurchaseReader reader;
  for (const domain::Event& event : replay.events) {
    if (auto purchase = reader.read(event)) purchases.push_back(*std::move(purchase));
  }
  basket::order_by_time(purchases);
  basket::PersonalHistory history;
  for (const basket::Purchase& purchase : purchases) {
    if (purchase.shopper == base::name_hash(replay.request.shopper)) history.add(purchase);
  }
  knowledge.set_history(std::move(history));
  for (const std::string& model : replay.rankers) {
    INKLING_ASSIGN(auto ranker, fixed_ranker(model, "replay", purchases));
    knowledge.set_ranker(std::move(ranker));
  }
  return {};
}

}  // namespace

base::Result<ReplayCase> parse_replay(std::string_view text, const std::string& shown_name) {
  json::error_code error;
  const json::value root = json::parse(text, error);
  if (error) return base::invalid_input(shown_name + ": is no JSON: " + error.message());
  return ReplayReader(shown_name).read(root);
}

base::Result<ReplayCase> load_replay(const std::string& path) {
  INKLING_ASSIGN(const std::string text, base::read_file(path));
  return parse_replay(text, path);
}

base::Status check_replay(const Plan& plan, const ReplayCase& replay) {
  FixedKnowledge knowledge;
  INKLING_TRY(fold_purchases(replay, knowledge));
  for (const ReplayModel& model : replay.models) knowledge.set_model(model.model, "replay", model.target_probs);
  const std::int64_t now_ms = fold(replay, knowledge);
  fold_tags(replay, knowledge);
  const SteppingTime time(replay.each_stage_takes_ms * 1000);
  const Answer answer =
      run(plan, replay.request, knowledge, {.request_id = "replay", .now_ms = now_ms, .time = time});
  const Decision decision = answer.decision.value_or(Decision{});
  Comparison comparison;
  if (expects_decision(replay.expect)) comparison.same("decided", std::optional(true), answer.decision.has_value());
  comparison.same("offer", replay.expect.offer, decision.offer);
  comparison.same("what", replay.expect.what, decision.what);
  comparison.same("reason", replay.expect.reason, decision.reason);
  comparison.same_prob(replay.expect.probability, decision.probability);
  comparison.same("fallback", replay.expect.fallback, answering_fallback(answer));
  comparison.same("items", replay.expect.items, item_ids(answer));
  comparison.same("reasons", replay.expect.reasons, item_reasons(answer));
  if (comparison.differences().empty()) return {};
  return base::invalid_input(replay.file + ": " + replay.says + " But " + comparison.differences());
}

}  // namespace inkling::scene
