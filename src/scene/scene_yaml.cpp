#include "scene/scene_yaml.h"

#include <algorithm>
#include <array>

#include "base/core/suggest.h"
#include "base/yaml_document.h"
#include "scene/raw_parameter.h"
#include "scene/scene_file.h"

namespace inkling::scene {
namespace {

constexpr std::array kDeadlineSpec = {ParameterSpec{.name = "deadline_ms",
                                                    .type = ParameterType::kInteger,
                                                    .unit = "ms",
                                                    .min = 1,
                                                    .max = static_cast<double>(kMaxDeadlineMs)}};

constexpr std::array kImpressionsSpec = {ParameterSpec{.name = "impressions",
                                                       .type = ParameterType::kBoolean,
                                                       .meaning = "whether answers with items are journaled",
                                                       .default_text = "true"}};

constexpr std::array<std::string_view, 2> kChecks = {"once", "live"};
constexpr std::array kCheckSpec = {
    ParameterSpec{.name = "check",
                  .meaning = "live: price, stock and promotion are looked at again as the answer leaves",
                  .default_text = "once",
                  .choices = kChecks}};

using base::Json;

// A value of the file and where it stands: under `key` of a map, or as an element of the list `key`.
struct Entry {
  std::string key;
  const Json* value;
  std::string path;
};

std::string shape_of(const Json& value) {
  if (const std::string* text = value.if_text()) return "\"" + *text + "\"";
  if (value.is_object()) return "a mapping";
  return value.is_array() ? "a list" : "nothing";
}

class Reader {
 public:
  Reader(const base::YamlDocument& file, base::FileMistakes& mistakes) : file_(file), mistakes_(mistakes) {}

  WrittenScene scene() {
    WrittenScene scene;
    const Json& root = file_.root();
    if (!root.is_object()) {
      mistakes_.add(1,
                    "the file holds " + shape_of(root) + "; allowed is a mapping that starts with `scene: <name>`");
      return scene;
    }
    const std::vector<Entry> entries = members({"", &root, ""});
    for (const Entry& entry : entries) top_level(entry, scene);
    for (const std::string_view key : std::span(kSceneKeys).first(kNeededSceneKeys)) {
      if (std::ranges::find(entries, key, &Entry::key) != entries.end()) continue;
      mistakes_.add(1, std::string(key) +
                           ": is missing; a scene needs scene, description, deadline_ms, stages and "
                           "fallback");
    }
    return scene;
  }

 private:
  void top_level(const Entry& entry, WrittenScene& scene) {
    if (entry.key == "scene") {
      scene.name_line = line(entry);
      scene.name = scene_name(entry);
    } else if (entry.key == "description") {
      scene.description = text(entry);
    } else if (entry.key == "deadline_ms") {
      scene.deadline_ms = deadline(entry);
    } else if (entry.key == "stages") {
      scene.stages_line = line(entry);
      scene.stages = stage_list(entry);
    } else if (entry.key == "fallback") {
      scene.fallback = rungs(entry);
    } else if (entry.key == "impressions") {
      if (const auto checked = single(kImpressionsSpec, entry)) scene.impressions = checked->boolean("impressions");
    } else if (entry.key == "check") {
      if (const auto checked = single(kCheckSpec, entry)) scene.check_live = checked->text("check") == "live";
    } else {
      complain(entry, entry.key + ": there is no such key; " + base::expected_one_of(entry.key, kSceneKeys));
    }
  }

  [[nodiscard]] int line(const Entry& entry) const { return file_.line_of(entry.path); }
  void complain(const Entry& entry, const std::string& sentence) { mistakes_.add(line(entry), sentence); }

  static std::vector<Entry> members(const Entry& map) {
    std::vector<Entry> entries;
    for (const base::JsonMember& member : *map.value->if_object()) {
      entries.push_back({member.key, &member.value, map.path.empty() ? member.key : map.path + "." + member.key});
    }
    return entries;
  }

  static std::vector<Entry> elements(const Entry& list) {
    std::vector<Entry> entries;
    for (const Json& element : *list.value->if_array()) {
      entries.push_back({list.key, &element, list.path + "[" + std::to_string(entries.size()) + "]"});
    }
    return entries;
  }

  std::string text(const Entry& entry) {
    if (const std::string* text = entry.value->if_text(); text != nullptr && !text->empty()) return *text;
    complain(entry, entry.key + ": holds " + shape_of(*entry.value) + "; allowed is a text");
    return {};
  }

  std::string scene_name(const Entry& entry) {
    const std::string name = text(entry);
    if (name.find_first_not_of(kSceneNameLetters) != std::string::npos) {
      complain(entry, "scene: \"" + name + "\" is no scene name; allowed are a-z, 0-9, - and _");
    }
    return name;
  }

  std::optional<Parameters> single(std::span<const ParameterSpec> specs, const Entry& entry) {
    const std::vector<RawParameter> given = {parameter(entry)};
    auto checked = make_parameters(specs, given);
    if (checked.ok()) return *std::move(checked);
    complain(entry, checked.status().message());
    return std::nullopt;
  }

  std::int64_t deadline(const Entry& entry) {
    const auto checked = single(kDeadlineSpec, entry);
    return checked ? checked->integer("deadline_ms") : 0;
  }

  bool is_filled_list(const Entry& entry) {
    const Json::Array* list = entry.value->if_array();
    if (list != nullptr && !list->empty()) return true;
    complain(entry, entry.key + ": holds " + (list != nullptr ? "an empty list" : shape_of(*entry.value)) +
                        "; allowed is a list of `- kind/name: {parameters}`");
    return false;
  }

  WrittenSequence stage_list(const Entry& entry) {
    WrittenSequence stages;
    add_stages(entry, stages);
    return stages;
  }

  // A list in the list stands for its stages: with an anchor, rungs share them.
  void add_stages(const Entry& list, WrittenSequence& stages) {
    if (!is_filled_list(list)) return;
    for (const Entry& element : elements(list)) {
      element.value->is_array() ? add_stages(element, stages) : add_stage(element, stages);
    }
  }

  std::vector<WrittenSequence> rungs(const Entry& entry) {
    std::vector<WrittenSequence> rungs;
    if (!is_filled_list(entry)) return rungs;
    for (const Entry& element : elements(entry)) {
      WrittenSequence rung;
      if (element.value->is_array()) {
        rung = stage_list(element);
      } else {
        add_stage(element, rung);
      }
      if (!rung.empty()) rungs.push_back(std::move(rung));
    }
    return rungs;
  }

  void add_stage(const Entry& element, WrittenSequence& stages) {
    if (const std::string* id = element.value->if_text(); id != nullptr && !id->empty()) {
      stages.push_back({*id, line(element), {}, {}});
      return;
    }
    if (!element.value->is_object()) {
      complain(element,
               element.key + ": holds " + shape_of(*element.value) + "; allowed is `- kind/name: {parameters}`");
      return;
    }
    const std::vector<Entry> entries = members(element);
    if (entries.size() != 1) {
      std::string keys;
      for (const Entry& entry : entries) keys += (keys.empty() ? "" : ", ") + entry.key;
      complain(element, element.key + ": one stage has the keys " + keys +
                            "; allowed is one name with its parameters below it: `- kind/name: {parameters}`");
      return;
    }
    stages.push_back(stage(entries.front()));
  }

  WrittenStage stage(const Entry& entry) {
    WrittenStage stage{entry.key, line(entry), {}, {}};
    if (entry.value->is_null()) return stage;
    if (!entry.value->is_object()) {
      complain(entry, entry.key + ": holds " + shape_of(*entry.value) +
                          "; allowed is a mapping of parameters: {name: value}");
      return stage;
    }
    for (const Entry& member : members(entry)) {
      stage.parameters.push_back(parameter(member));
      stage.parameter_lines.push_back(line(member));
    }
    return stage;
  }

  [[nodiscard]] RawParameter parameter(const Entry& entry) const {
    return raw_parameter(entry.key, *entry.value, file_.is_quoted(entry.path));
  }

  const base::YamlDocument& file_;
  base::FileMistakes& mistakes_;
};

}  // namespace

std::span<const ParameterSpec> deadline_spec() {
  return kDeadlineSpec;
}

std::span<const ParameterSpec> impressions_spec() {
  return kImpressionsSpec;
}

std::span<const ParameterSpec> check_spec() {
  return kCheckSpec;
}

base::Result<WrittenScene> read_scene_yaml(std::string_view yaml, const std::string& shown_name,
                                           base::FileMistakes& mistakes) {
  INKLING_ASSIGN(const base::YamlDocument file,
                 base::YamlDocument::parse(yaml, shown_name, {.scalars_as_text = true, .mistakes = &mistakes}));
  return Reader(file, mistakes).scene();
}

}  // namespace inkling::scene
