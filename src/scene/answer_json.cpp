#include "scene/answer_json.h"

#include <boost/json.hpp>
#include <cmath>

#include "base/core/number_text.h"

namespace inkling::scene {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object attributes(const std::vector<domain::Attribute>& pairs) {
  json::object object;
  for (const auto& [name, value] : pairs) object[name] = value;
  return object;
}

json::object item_json(const AnswerItem& item) {
  json::array recalls;
  for (const auto& mark : item.recalls)
    recalls.push_back(json::object{{"recall", mark.recall}, {"score", mark.score}});
  json::object object{{"item", item.item},
                      {"score", base::tidy_double(item.score)},
                      {"recalls", std::move(recalls)},
                      {"reasons", json::array(item.reasons.begin(), item.reasons.end())},
                      {"display", attributes(item.display)}};
  if (!item.with.empty()) object["with"] = item.with;
  return object;
}

json::value decision_json(const std::optional<Decision>& decision) {
  if (!decision) return nullptr;
  json::object object{{"offer", decision->offer},
                      {"what", text_or_null(decision->what)},
                      {"target", text_or_null(decision->target)},
                      {"probability", nullptr},
                      {"band", nullptr},
                      {"reason", decision->reason},
                      {"score_from", text_or_null(decision->score_from)}};
  if (!decision->hint.empty()) object["hint"] = decision->hint;
  if (decision->probability) object["probability"] = base::tidy_double(*decision->probability);
  if (decision->band) {
    object["band"] = json::object{{"low", base::tidy_double(decision->band->low_prob)},
                                  {"high", base::tidy_double(decision->band->high_prob)}};
  }
  return object;
}

json::value degraded_json(const std::optional<Degraded>& degraded) {
  if (!degraded) return nullptr;
  return json::object{{"cause", kDegradedCauseNames[static_cast<std::size_t>(degraded->cause)]},
                      {"stage", degraded->stage},
                      {"detail", degraded->detail},
                      {"fallback", text_or_null(degraded->fallback)}};
}

json::array timings_json(const std::vector<StageTiming>& timings) {
  json::array array;
  for (const auto& timing : timings) {
    array.push_back(json::object{{"stage", timing.stage}, {"duration_us", timing.duration_us}});
  }
  return array;
}

json::array trace_json(const std::vector<TraceLine>& lines) {
  json::array array;
  for (const auto& line : lines) {
    array.push_back(json::object{{"stage", line.stage},
                                 {"outcome", line.outcome},
                                 {"notes", json::array(line.notes.begin(), line.notes.end())},
                                 {"duration_us", line.duration_us}});
  }
  return array;
}

void append_number(double value, std::string& out) {
  out += std::isfinite(value) ? base::number_text(value) : "null";
}

// Boost 1.81 writes 0.31 as 3.1E-1; people read these answers, so numbers are written here.
void append(const json::value& value, std::string& out) {
  if (const auto* number = value.if_double()) return append_number(*number, out);
  if (const auto* array = value.if_array()) {
    out += '[';
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out += ',';
      append((*array)[i], out);
    }
    out += ']';
  } else if (const auto* object = value.if_object()) {
    out += '{';
    bool first = true;
    for (const auto& [key, member] : *object) {
      if (!std::exchange(first, false)) out += ',';
      out += json::serialize(key);
      out += ':';
      append(member, out);
    }
    out += '}';
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string answer_to_json(const Answer& answer) {
  json::array items;
  for (const AnswerItem& item : answer.items) items.push_back(item_json(item));
  json::object models;
  for (const auto& model : answer.models) models[model.model] = model.version;
  json::object object{{"request_id", answer.request_id},
                      {"scene", answer.scene},
                      {"items", std::move(items)},
                      {"decision", decision_json(answer.decision)},
                      {"offer", answer.offer ? json::parse(answer.offer->quote_json) : json::value(nullptr)},
                      {"cursor", text_or_null(answer.cursor)},
                      {"models", std::move(models)},
                      {"arms", attributes(answer.arms)},
                      {"timings", timings_json(answer.timings)},
                      {"total_us", answer.total_us},
                      {"degraded", degraded_json(answer.degraded)},
                      {"snapshot", text_or_null(answer.snapshot)}};
  if (answer.trace) object["trace"] = trace_json(*answer.trace);
  std::string out;
  append(object, out);
  return out;
}

}  // namespace inkling::scene
