#include "apps/cli/suite.h"

#include <algorithm>

#include "apps/cli/zoo.h"
#include "base/core/suggest.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Status read_gestures(const JsonView& simulate, const SuiteRequest& request, Suite& suite) {
  if (simulate.has("gestures")) {
    INKLING_ASSIGN(suite.market.gestures, simulate.boolean("gestures"));
  }
  std::vector<std::string> without;
  if (simulate.has("without")) {
    INKLING_ASSIGN(without, read_texts(simulate, "without"));
  }
  without.insert(without.end(), request.without.begin(), request.without.end());
  Json names = Json::array();
  for (const std::string& name : without) {
    const Status known = sim::switch_off(suite.market.signals, name);
    if (!known.ok()) return simulate.refuse("without: " + known.message());
    names.push(name);
  }
  if (!without.empty()) suite.simulate.set("without", std::move(names));
  return suite.market.gestures || without.empty() ? Status() : simulate.refuse("without: needs gestures: true");
}

Status read_data(const JsonView& json, const SuiteRequest& request, Suite& suite) {
  INKLING_ASSIGN(const JsonView data, json.member("data"));
  INKLING_TRY(data.only_keys({"simulate", "folder"}));
  if (data.has("simulate") == data.has("folder")) return data.refuse("expected either simulate or folder");
  if (data.has("folder")) {
    INKLING_ASSIGN(suite.folder, data.text("folder"));
    return suite.folder.empty() ? data.refuse("folder is empty; name one") : Status();
  }
  INKLING_ASSIGN(const JsonView simulate, data.member("simulate"));
  suite.simulate = simulate.json();
  INKLING_TRY(simulate.only_keys({"shoppers", "days", "items", "gestures", "without"}));
  INKLING_TRY(read_count(simulate, "shoppers", 1, sim::kMostShoppers, suite.market.shoppers));
  INKLING_TRY(read_count(simulate, "days", 1, sim::kMostDays, suite.market.days));
  INKLING_TRY(read_count(simulate, "items", 1, sim::kMostItems, suite.market.items));
  return read_gestures(simulate, request, suite);
}

Status read_models(const JsonView& json, const SuiteRequest& request, Suite& suite) {
  INKLING_ASSIGN(auto names, read_texts(json, "models"));
  if (!request.models.empty()) names = request.models;
  INKLING_ASSIGN(const auto known, zoo_names());
  for (const std::string& name : names) {
    const bool built = std::ranges::find(known, name) != known.end();
    (built ? suite.models : suite.skipped).push_back(name);
  }
  if (!suite.models.empty()) return {};
  return json.refuse("none of its models is one of this build; " +
                     base::expected_one_of(names.empty() ? "" : names.front(), known));
}

Result<Suite> read(const JsonView& json, const SuiteRequest& request) {
  INKLING_TRY(json.only_keys({"title", "task", "models", "seeds", "data", "training", "params", "pairs", "quick"}));
  Suite suite;
  suite.name = request.name;
  INKLING_ASSIGN(suite.title, json.text("title"));
  INKLING_TRY(read_models(json, request, suite));
  INKLING_ASSIGN(suite.seeds, read_seeds(json, request));
  INKLING_TRY(read_data(json, request, suite));
  INKLING_ASSIGN(suite.pairs, read_pairs(json));
  suite.training = json.has("training") ? *json.json().find("training") : Json::object();
  suite.params = json.has("params") ? *json.json().find("params") : Json::object();
  for (const std::string& model : suite.models) INKLING_TRY(training_of(suite, model).status());
  return suite;
}

}  // namespace

Json params_of(const Suite& suite, const std::string& model) {
  if (const Json* own = suite.params.find(model)) return *own;
  const auto entry = find_in_zoo(model);
  const Json* shared = entry.ok() ? suite.params.find(entry->variant.model) : nullptr;
  return shared != nullptr ? *shared : Json();
}

bool learns(const Suite& suite, const std::string& model, std::size_t target) {
  const auto entry = find_in_zoo(model);
  if (target == 0 || !entry.ok()) return true;
  const Json params = train::with_presets(params_of(suite, model), entry->variant);
  if (params.find("long_loss_weight") == nullptr) return true;
  const auto weight = JsonView(params).number("long_loss_weight");
  return !weight.ok() || *weight != 0;
}

Result<TrainingFile> training_of(const Suite& suite, const std::string& model) {
  Json members = suite.training;
  const Json params = params_of(suite, model);
  if (!params.is_null()) members.set("params", params);
  auto file = training_file_from(JsonView(members, "training"), model);
  if (!file.ok()) return file.status();
  file->model = model;
  return file;
}

Result<Suite> load_suite(const SuiteFile& file, const SuiteRequest& request) {
  auto suite = read(JsonView(file.members), request);
  if (!suite.ok()) return file.document.located(suite.status());
  return suite;
}

}  // namespace inkling::cli
