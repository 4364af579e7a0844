#include "apps/cli/table_spec.h"

#include <algorithm>
#include <utility>

#include "apps/cli/zoo.h"
#include "base/core/file_mistakes.h"
#include "base/core/json_keys.h"
#include "base/core/suggest.h"
#include "base/files.h"
#include "base/yaml_document.h"
#include "sample/split_ranges.h"
#include "scene/parameter_schema.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr std::uint64_t kMaxSpecBytes = std::uint64_t{1} << 20;
constexpr double kMostTestShare = 0.9;
constexpr std::int64_t kMostSeed = std::int64_t{1} << 53;

Status read_names(const JsonView& file, std::string_view key, std::vector<std::string>& names) {
  if (!file.has(key)) return {};
  INKLING_ASSIGN(const auto elements, file.elements(key));
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(std::string name, base::scalar_text(element));
    names.push_back(std::move(name));
  }
  return {};
}

Status read_split(const JsonView& file, TableSpec& spec) {
  if (!file.has("split")) return {};
  INKLING_ASSIGN(const JsonView split, file.member("split"));
  base::Refusals refusals;
  refusals.note(split.only_keys({"test", "validation"}));
  if (split.has("test")) spec.test_share = refusals.keep(split.number("test", 0, kMostTestShare));
  if (split.has("validation")) {
    spec.validation_share =
        refusals.keep(split.number("validation", sample::kValidationRange[0], sample::kValidationRange[1]));
  }
  return refusals.status();
}

// A column has one meaning, and the label is none of the others.
Status check_columns(const TableSpec& spec) {
  base::Refusals refusals;
  std::vector<std::string> known = {spec.label};
  const auto take = [&](const char* key, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string place = std::string(key) + "[" + std::to_string(i) + "]: \"" + names[i] + "\" ";
      if (names[i].empty()) refusals.note(base::invalid_input(place + "is no name of a column"));
      if (std::ranges::find(known, names[i]) != known.end()) {
        refusals.note(base::invalid_input(place + "stands twice; expected each column once"));
      }
      known.push_back(names[i]);
    }
  };
  take("numbers", spec.numbers);
  take("categories", spec.categories);
  take("leave_out", spec.leave_out);
  if (spec.numbers.empty() && spec.categories.empty()) {
    refusals.note(base::invalid_input("numbers: there is none, and no categories; expected columns to learn from"));
  }
  return refusals.status();
}

Status check_model(const JsonView& file, TableSpec& spec) {
  const auto entry = find_in_zoo(spec.model);
  if (!entry.ok()) {
    INKLING_ASSIGN(const auto names, zoo_names());
    return base::invalid_input("model: \"" + spec.model + "\" is unknown; " +
                               base::expected_one_of(spec.model, names));
  }
  const Json* params = file.json().find("params");
  if (params == nullptr) return {};
  spec.params = *params;
  return entry->parameters.complete(JsonView(*params, "params")).status();
}

Result<TableSpec> read(const JsonView& file, const std::string& model) {
  TableSpec spec;
  base::Refusals refusals;
  refusals.note(base::only_keys(file, kTableKeys));
  if (!file.json().is_object()) return refusals.status();
  spec.label = refusals.keep(file.text("label"));
  if (file.has("positive")) spec.positive = refusals.keep(base::scalar_text(*file.member("positive")));
  refusals.note(read_names(file, "numbers", spec.numbers));
  refusals.note(read_names(file, "categories", spec.categories));
  refusals.note(read_names(file, "leave_out", spec.leave_out));
  refusals.note(read_split(file, spec));
  if (file.has("folds")) spec.folds = static_cast<int>(refusals.keep(file.integer("folds", 2, kMostFolds)));
  if (file.has("seed")) spec.seed = static_cast<std::uint64_t>(refusals.keep(file.integer("seed", 0, kMostSeed)));
  if (file.has("model")) spec.model = refusals.keep(file.text("model"));
  if (!model.empty()) spec.model = model;
  refusals.note(check_model(file, spec));
  refusals.note(check_columns(spec));
  if (!refusals.empty()) return refusals.status();
  return spec;
}

Json names_to_json(const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const std::string& name : names) list.push(name);
  return list;
}

Json described(const char* meaning, Json schema) {
  schema.set("description", meaning);
  return schema;
}

Json text_schema() {
  return Json::object().set("type", "string");
}

Json names_schema() {
  return Json::object().set("type", "array").set("items", text_schema());
}

Json range_schema(const char* type, Json low, Json high) {
  return Json::object().set("type", type).set("minimum", std::move(low)).set("maximum", std::move(high));
}

Json split_schema() {
  Json members = Json::object();
  members.set("test", range_schema("number", 0, kMostTestShare));
  members.set("validation", range_schema("number", sample::kValidationRange[0], sample::kValidationRange[1]));
  return scene::object_schema(std::move(members), {});
}

Json model_schema() {
  Json names = Json::array();
  const auto known = zoo_names();
  for (const std::string& name : known.ok() ? *known : std::vector<std::string>()) names.push(name);
  return Json::object().set("enum", std::move(names));
}

}  // namespace

Result<TableSpec> load_table_spec(const std::string& path, const std::string& model) {
  INKLING_ASSIGN(const std::string text, base::read_file(path, kMaxSpecBytes));
  base::FileMistakes mistakes(path);
  INKLING_ASSIGN(const base::YamlDocument document, base::YamlDocument::parse(text, path, {.mistakes = &mistakes}));
  auto spec = read(document.view(), model);
  document.tell(spec.status(), mistakes);
  INKLING_TRY(mistakes.status());
  return spec;
}

Json table_columns_to_json(const TableSpec& spec) {
  Json json = Json::object();
  json.set("label", spec.label).set("positive", spec.positive);
  json.set("numbers", names_to_json(spec.numbers)).set("categories", names_to_json(spec.categories));
  return json;
}

Result<TableSpec> table_columns_from_json(const JsonView& json) {
  TableSpec spec;
  INKLING_ASSIGN(spec.label, json.text("label"));
  INKLING_ASSIGN(spec.positive, json.text("positive"));
  INKLING_TRY(read_names(json, "numbers", spec.numbers));
  INKLING_TRY(read_names(json, "categories", spec.categories));
  return spec;
}

Json table_schema() {
  Json members = Json::object();
  members.set("label", described("the column to predict", text_schema()));
  members.set("positive", described("what stands for yes in it, as the file has it; in quotes", text_schema()));
  members.set("numbers", described("columns that hold numbers", names_schema()));
  members.set("categories", described("columns that hold names", names_schema()));
  members.set("leave_out", described("columns that the model must not see", names_schema()));
  members.set("model", model_schema());
  members.set("split", described("shares of the rows", split_schema()));
  members.set("folds", described("cross-validation over so many parts", range_schema("integer", 2, kMostFolds)));
  members.set("seed", described("of split and training", range_schema("integer", 0, kMostSeed)));
  members.set("params", Json::object().set("type", "object"));
  constexpr std::array<std::string_view, 1> kNeeded = {"label"};
  return scene::schema_document("A table spec of Inkling", scene::object_schema(std::move(members), kNeeded));
}

}  // namespace inkling::cli
