#include "apps/cli/suite_file.h"

#include <array>
#include <string_view>

#include "base/core/suggest.h"
#include "base/files.h"
#include "suites/add_on_yaml.h"
#include "suites/intent_yaml.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

// The suites of this build: the files of suites/.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kSuiteTexts = {
    {{"add-on", kAddOnYaml}, {"intent", kIntentYaml}}};

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

// The file's text, and the name under which its mistakes are told.
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

Result<std::string> task_of(const JsonView& json) {
  if (!json.has("task")) return std::string("intent");
  INKLING_ASSIGN(std::string task, json.text("task"));
  const std::vector<std::string_view> tasks = {"intent", "add-on"};
  if (task == tasks[0] || task == tasks[1]) return task;
  return json.refuse("task \"" + task + "\" is not known; " + base::expected_one_of(task, tasks));
}

}  // namespace

Result<SuiteFile> open_suite(const SuiteRequest& request) {
  INKLING_ASSIGN(const auto text, text_of(request));
  INKLING_ASSIGN(base::YamlDocument document, base::YamlDocument::parse(text.first, text.second));
  const Json* quick = request.quick ? document.root().find("quick") : nullptr;
  Json members = quick != nullptr ? laid_over(document.root(), *quick) : document.root();
  auto task = task_of(JsonView(members));
  if (!task.ok()) return document.located(task.status());
  return SuiteFile{std::move(document), std::move(members), *std::move(task)};
}

Result<std::vector<std::string>> read_texts(const JsonView& json, std::string_view key) {
  INKLING_ASSIGN(const auto elements, json.elements(key));
  std::vector<std::string> texts;
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(std::string text, element.as_text());
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<std::vector<std::uint64_t>> read_seeds(const JsonView& json, const SuiteRequest& request) {
  INKLING_ASSIGN(const auto elements, json.elements("seeds"));
  std::vector<std::uint64_t> seeds;
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(const std::int64_t seed, element.as_integer(0, kMostSeed));
    seeds.push_back(static_cast<std::uint64_t>(seed));
  }
  if (seeds.empty()) return json.refuse("seeds is empty; name at least one");
  return request.seeds.empty() ? seeds : request.seeds;
}

Result<std::vector<std::pair<std::string, std::string>>> read_pairs(const JsonView& json) {
  std::vector<std::pair<std::string, std::string>> pairs;
  if (!json.has("pairs")) return pairs;
  INKLING_ASSIGN(const auto elements, json.elements("pairs"));
  for (const JsonView& pair : elements) {
    INKLING_ASSIGN(const auto names, pair.as_elements());
    if (names.size() != 2) return pair.refuse("expected two names, the first minus the second");
    INKLING_ASSIGN(const std::string first, names[0].as_text());
    INKLING_ASSIGN(const std::string second, names[1].as_text());
    pairs.emplace_back(first, second);
  }
  return pairs;
}

Status read_count(const JsonView& json, const char* key, std::uint32_t least, std::uint32_t most,
                  std::uint32_t& value) {
  if (!json.has(key)) return {};
  INKLING_ASSIGN(const std::int64_t number, json.integer(key, least, most));
  value = static_cast<std::uint32_t>(number);
  return {};
}

}  // namespace inkling::cli
