#include "apps/cli/model_run.h"

#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

template <typename Values>
Json list_of(const Values& values) {
  Json::Array list;
  list.reserve(values.size());
  for (const auto& value : values) {
    if constexpr (std::is_same_v<typename Values::value_type, std::uint64_t>) {
      list.emplace_back(std::bit_cast<std::int64_t>(value));
    } else {
      list.emplace_back(value);  // JSON writes what is no number as null
    }
  }
  return list;
}

Status read_list(const JsonView& json, const char* key, std::vector<double>& values) {
  INKLING_ASSIGN(const JsonView member, json.member(key));
  const Json::Array* list = member.json().if_array();
  if (list == nullptr) return member.refuse("expected a list");
  for (const Json& element : *list) {
    const auto number = JsonView(element).as_number();
    if (!number.ok() && !element.is_null()) return member.refuse("expected numbers");
    values.push_back(number.ok() ? *number : std::numeric_limits<double>::quiet_NaN());
  }
  return {};
}

template <typename Whole>
Status read_whole(const JsonView& json, const char* key, std::vector<Whole>& values) {
  INKLING_ASSIGN(const JsonView member, json.member(key));
  const Json::Array* list = member.json().if_array();
  if (list == nullptr) return member.refuse("expected a list");
  for (const Json& element : *list) {
    const std::int64_t* number = element.if_integer();
    if (number == nullptr) return member.refuse("expected whole numbers");
    values.push_back(static_cast<Whole>(*number));
  }
  return {};
}

double number_or_nan(const JsonView& json, const char* key) {
  const auto number = json.number(key);
  return number.ok() ? *number : std::numeric_limits<double>::quiet_NaN();
}

Json to_json(const train::EpochReport& epoch) {
  Json json = Json::object();
  json.set("epoch", epoch.epoch).set("train_loss", epoch.train_loss).set("validation_loss", epoch.validation_loss);
  json.set("validation_auc", list_of(epoch.validation_auc)).set("seconds", epoch.seconds);
  return json.set("samples_per_second", epoch.samples_per_second).set("is_best", epoch.is_best);
}

Result<train::EpochReport> read_epoch(const JsonView& json) {
  train::EpochReport epoch;
  INKLING_ASSIGN(const std::int64_t number, json.integer("epoch", 1, 1'000'000));
  epoch.epoch = static_cast<int>(number);
  epoch.train_loss = number_or_nan(json, "train_loss");
  epoch.validation_loss = number_or_nan(json, "validation_loss");
  INKLING_TRY(read_list(json, "validation_auc", epoch.validation_auc));
  epoch.seconds = number_or_nan(json, "seconds");
  epoch.samples_per_second = number_or_nan(json, "samples_per_second");
  INKLING_ASSIGN(epoch.is_best, json.boolean("is_best"));
  return epoch;
}

Json to_json(const RunAttention& attention) {
  Json columns = Json::array();
  for (const auto& [view, count] : attention.columns) {
    columns.push(Json::array().push(view).push(static_cast<std::int64_t>(count)));
  }
  Json json = Json::object();
  json.set("view", attention.view).set("rows", static_cast<std::int64_t>(attention.rows));
  json.set("intra", list_of(attention.intra)).set("inter", list_of(attention.inter));
  return json.set("columns", std::move(columns));
}

Result<RunAttention> read_attention(const JsonView& json) {
  RunAttention attention;
  INKLING_ASSIGN(attention.view, json.text("view"));
  INKLING_ASSIGN(const std::int64_t rows, json.integer("rows", 0));
  attention.rows = static_cast<std::size_t>(rows);
  INKLING_TRY(read_list(json, "intra", attention.intra));
  INKLING_TRY(read_list(json, "inter", attention.inter));
  INKLING_ASSIGN(const auto columns, json.elements("columns"));
  for (const JsonView& column : columns) {
    INKLING_ASSIGN(const auto parts, column.as_elements());
    if (parts.size() != 2) return column.refuse("expected a view and a count");
    INKLING_ASSIGN(const std::string view, parts[0].as_text());
    INKLING_ASSIGN(const std::int64_t count, parts[1].as_integer(0));
    attention.columns.emplace_back(view, static_cast<std::size_t>(count));
  }
  return attention;
}

Json to_json(const RunSession& session) {
  Json views = Json::array();
  for (const RunAttention& view : session.views) views.push(to_json(view));
  return Json::object().set("bought", session.bought).set("prob", session.prob).set("views", std::move(views));
}

Result<RunSession> read_session(const JsonView& json) {
  RunSession session;
  INKLING_ASSIGN(session.bought, json.boolean("bought"));
  INKLING_ASSIGN(session.prob, json.number("prob"));
  INKLING_ASSIGN(const auto views, json.elements("views"));
  for (const JsonView& view : views) {
    INKLING_ASSIGN(RunAttention attention, read_attention(view));
    session.views.push_back(std::move(attention));
  }
  return session;
}

Json to_json(const RunCost& cost) {
  Json json = Json::object();
  json.set("train_seconds", cost.train_seconds).set("samples_per_second", cost.samples_per_second);
  json.set("train_points", cost.train_points).set("package_bytes", cost.package_bytes);
  return json.set("score_us", cost.score_us);
}

Result<RunCost> read_cost(const JsonView& json) {
  RunCost cost;
  cost.train_seconds = number_or_nan(json, "train_seconds");
  cost.samples_per_second = number_or_nan(json, "samples_per_second");
  INKLING_ASSIGN(cost.train_points, json.integer("train_points"));
  INKLING_ASSIGN(cost.package_bytes, json.integer("package_bytes"));
  cost.score_us = number_or_nan(json, "score_us");
  return cost;
}

Status read_points(const JsonView& json, RunPoints& points) {
  INKLING_ASSIGN(const JsonView member, json.member("points"));
  std::vector<std::int64_t> shoppers;
  INKLING_TRY(read_whole(member, "shopper", shoppers));
  for (const std::int64_t shopper : shoppers) points.shopper.push_back(std::bit_cast<std::uint64_t>(shopper));
  INKLING_TRY(read_whole(member, "ts_ms", points.ts_ms));
  INKLING_TRY(read_list(member, "session_records", points.session_records));
  return read_list(member, "minutes_to_purchase", points.minutes_to_purchase);
}

Status read_targets(const JsonView& json, ModelRun& run) {
  INKLING_ASSIGN(const auto elements, json.elements("targets"));
  for (const JsonView& element : elements) {
    RunTarget target;
    INKLING_ASSIGN(target.name, element.text("name"));
    INKLING_TRY(read_whole(element, "labels", target.labels));
    INKLING_TRY(read_list(element, "probs", target.probs));
    const bool whole = target.labels.size() == run.points.ts_ms.size() && target.probs.size() == target.labels.size();
    if (!whole) return element.refuse("its columns are not as long as those of the points");
    run.targets.push_back(std::move(target));
  }
  return {};
}

template <typename Value, typename Read>
Status read_each(const JsonView& json, const char* key, std::vector<Value>& values, const Read& read) {
  INKLING_ASSIGN(const auto elements, json.elements(key));
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(Value value, read(element));
    values.push_back(std::move(value));
  }
  return {};
}

}  // namespace

Json model_run_to_json(const ModelRun& run) {
  Json points = Json::object();
  points.set("shopper", list_of(run.points.shopper)).set("ts_ms", list_of(run.points.ts_ms));
  points.set("session_records", list_of(run.points.session_records));
  points.set("minutes_to_purchase", list_of(run.points.minutes_to_purchase));
  Json targets = Json::array();
  for (const RunTarget& target : run.targets) {
    Json json = Json::object();
    json.set("name", target.name).set("labels", list_of(target.labels)).set("probs", list_of(target.probs));
    targets.push(std::move(json));
  }
  Json epochs = Json::array(), sessions = Json::array();
  for (const train::EpochReport& epoch : run.epochs) epochs.push(to_json(epoch));
  for (const RunSession& session : run.sessions) sessions.push(to_json(session));
  Json json = Json::object();
  json.set("inputs", run.inputs).set("model", run.model).set("seed", static_cast<std::int64_t>(run.seed));
  json.set("package", run.package).set("points", std::move(points)).set("targets", std::move(targets));
  json.set("epochs", std::move(epochs)).set("cost", to_json(run.cost));
  return json.set("sessions", std::move(sessions));
}

Result<ModelRun> model_run_from_json(const JsonView& json) {
  ModelRun run;
  INKLING_ASSIGN(run.inputs, json.text("inputs"));
  INKLING_ASSIGN(run.model, json.text("model"));
  INKLING_ASSIGN(const std::int64_t seed, json.integer("seed", 0));
  run.seed = static_cast<std::uint64_t>(seed);
  INKLING_ASSIGN(run.package, json.text("package"));
  INKLING_TRY(read_points(json, run.points));
  INKLING_TRY(read_targets(json, run));
  INKLING_TRY(read_each(json, "epochs", run.epochs, read_epoch));
  INKLING_ASSIGN(const JsonView cost, json.member("cost"));
  INKLING_ASSIGN(run.cost, read_cost(cost));
  INKLING_TRY(read_each(json, "sessions", run.sessions, read_session));
  return run;
}

}  // namespace inkling::cli
