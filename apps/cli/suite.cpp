#include "apps/cli/suite.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "apps/cli/zoo.h"
#include "base/core/suggest.h"
#include "base/files.h"
#include "base/yaml_document.h"
#include "suites/intent_yaml.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

// The suites of this build: the files of suites/.
constexpr std::array<std::pair<std::string_view, std::string_view>, 1> kSuiteTexts = {{{"intent", kIntentYaml}}};

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 20;
constexpr std::int64_t kMostSeed = (std::int64_t{1} << 53);

// Members of `above` in place of those of `under`, objects member by member.
Json laid_over(const Json& under, const Json& above) {
  const Json::Object* members = above.if_object();
  if (members == nullptr || !under.is_object()) return above;
  Json merged = under;
  for (const base::JsonMember& member : *members) {
    const Json* old = under.find(member.key);
    merged.set(member.key, old != nullptr ? laid_over(*old, member.value) : member.value);
  }
  return merged;
}

Result<std::vector<std::string>> texts(const JsonView& json, std::string_view key) {
  INKLING_ASSIGN(const auto elements, json.elements(key));
  std::vector<std::string> texts;
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(std::string text, element.as_text());
    texts.push_back(std::move(text));
  }
  return texts;
}

Status read_seeds(const JsonView& json, Suite& suite) {
  INKLING_ASSIGN(const auto elements, json.elements("seeds"));
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(const std::int64_t seed, element.as_integer(0, kMostSeed));
    suite.seeds.push_back(static_cast<std::uint64_t>(seed));
  }
  return suite.seeds.empty() ? json.refuse("seeds is empty; name at least one") : Status();
}

Status read_count(const JsonView& json, const char* key, std::uint32_t most, std::uint32_t& value) {
  if (!json.has(key)) return {};
  INKLING_ASSIGN(const std::int64_t number, json.integer(key, 1, most));
  value = static_cast<std::uint32_t>(number);
  return {};
}

Status read_gestures(const JsonView& simulate, const SuiteRequest& request, Suite& suite) {
  if (simulate.has("gestures")) {
    INKLING_ASSIGN(suite.market.gestures, simulate.boolean("gestures"));
  }
  std::vector<std::string> without;
  if (simulate.has("without")) {
    INKLING_ASSIGN(without, texts(simulate, "without"));
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
  INKLING_TRY(read_count(simulate, "shoppers", sim::kMostShoppers, suite.market.shoppers));
  INKLING_TRY(read_count(simulate, "days", sim::kMostDays, suite.market.days));
  INKLING_TRY(read_count(simulate, "items", sim::kMostItems, suite.market.items));
  return read_gestures(simulate, request, suite);
}

Status read_pairs(const JsonView& json, Suite& suite) {
  if (!json.has("pairs")) return {};
  INKLING_ASSIGN(const auto pairs, json.elements("pairs"));
  for (const JsonView& pair : pairs) {
    INKLING_ASSIGN(const auto names, pair.as_elements());
    if (names.size() != 2) return pair.refuse("expected two names, the first minus the second");
    INKLING_ASSIGN(const std::string first, names[0].as_text());
    INKLING_ASSIGN(const std::string second, names[1].as_text());
    suite.pairs.emplace_back(first, second);
  }
  return {};
}

Status read_models(const JsonView& json, const SuiteRequest& request, Suite& suite) {
  INKLING_ASSIGN(auto names, texts(json, "models"));
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
  INKLING_TRY(json.only_keys({"title", "models", "seeds", "data", "training", "params", "pairs", "quick"}));
  Suite suite;
  suite.name = request.name;
  INKLING_ASSIGN(suite.title, json.text("title"));
  INKLING_TRY(read_models(json, request, suite));
  INKLING_TRY(read_seeds(json, suite));
  if (!request.seeds.empty()) suite.seeds = request.seeds;
  INKLING_TRY(read_data(json, request, suite));
  INKLING_TRY(read_pairs(json, suite));
  suite.training = json.has("training") ? *json.json().find("training") : Json::object();
  suite.params = json.has("params") ? *json.json().find("params") : Json::object();
  for (const std::string& model : suite.models) INKLING_TRY(training_of(suite, model).status());
  return suite;
}

Result<std::pair<std::string, std::string>> text_of(const SuiteRequest& request) {
  if (!request.file.empty()) {
    INKLING_ASSIGN(std::string text, base::read_file(request.file, kMostBytes));
    return std::pair(std::move(text), request.file);
  }
  std::vector<std::string_view> names;
  for (const auto& [name, text] : kSuiteTexts) {
    if (name == request.name) return std::pair(std::string(text), "suites/" + request.name + ".yaml");
    names.push_back(name);
  }
  return base::not_found("--suite " + request.name + ": is no suite of this build; " +
                         base::expected_one_of(request.name, names) + "; --suite-file names a file");
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

Result<Suite> load_suite(const SuiteRequest& request) {
  INKLING_ASSIGN(const auto text, text_of(request));
  INKLING_ASSIGN(const base::YamlDocument document, base::YamlDocument::parse(text.first, text.second));
  const Json* quick = request.quick ? document.root().find("quick") : nullptr;
  const Json members = quick != nullptr ? laid_over(document.root(), *quick) : document.root();
  auto suite = read(JsonView(members), request);
  if (!suite.ok()) return document.located(suite.status());
  return suite;
}

}  // namespace inkling::cli
