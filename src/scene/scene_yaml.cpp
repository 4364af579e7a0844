#include "scene/scene_yaml.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

#include "scene/nearest_name.h"
#include "scene/scene_file.h"

namespace inkling::scene {
namespace {

constexpr std::array<std::string_view, 5> kSceneKeys = {"scene", "description", "deadline_ms", "stages", "fallback"};
constexpr std::array kDeadlineSpec = {ParameterSpec{.name = "deadline_ms",
                                                    .type = ParameterType::kInteger,
                                                    .unit = "ms",
                                                    .min = 1,
                                                    .max = static_cast<double>(kMaxDeadlineMs)}};

struct Entry {
  std::string key;
  YAML::Node value;
  int line = 0;
};

int line_of(const YAML::Node& node) {
  return node.Mark().line + 1;
}

std::string shape_of(const YAML::Node& node) {
  if (node.IsScalar()) return "\"" + node.Scalar() + "\"";
  if (node.IsMap()) return "a mapping";
  return node.IsSequence() ? "a list" : "nothing";
}

class Reader {
 public:
  explicit Reader(SceneMistakes& mistakes) : mistakes_(mistakes) {}

  WrittenScene scene(const YAML::Node& root) {
    WrittenScene scene;
    if (!root.IsMap()) {
      mistakes_.add(1,
                    "the file holds " + shape_of(root) + "; allowed is a mapping that starts with `scene: <name>`");
      return scene;
    }
    std::vector<Entry> entries = members(root);
    for (const Entry& entry : entries) top_level(entry, scene);
    for (const std::string_view key : kSceneKeys) {
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
      scene.name_line = entry.line;
      scene.name = scene_name(entry);
    } else if (entry.key == "description") {
      scene.description = text(entry);
    } else if (entry.key == "deadline_ms") {
      scene.deadline_ms = deadline(entry);
    } else if (entry.key == "stages") {
      scene.stages_line = entry.line;
      scene.stages = stage_list(entry);
    } else if (entry.key == "fallback") {
      scene.fallback = rungs(entry);
    } else {
      mistakes_.add(entry.line, entry.key + ": there is no such key; " + suggest_name(entry.key, kSceneKeys));
    }
  }

  // The members of a mapping, each key once: yaml-cpp itself would silently take the first.
  std::vector<Entry> members(const YAML::Node& map) {
    std::vector<Entry> entries;
    for (const auto& member : map) {
      const int line = line_of(member.first);
      if (!member.first.IsScalar()) {
        mistakes_.add(line, "a key is " + shape_of(member.first) + "; allowed is a name");
        continue;
      }
      const std::string& key = member.first.Scalar();
      if (const auto first = std::ranges::find(entries, key, &Entry::key); first != entries.end()) {
        mistakes_.add(
            line, key + ": stands here twice, first in line " + std::to_string(first->line) + "; allowed is once");
        continue;
      }
      entries.push_back({key, member.second, line});
    }
    return entries;
  }

  std::string text(const Entry& entry) {
    if (entry.value.IsScalar() && !entry.value.Scalar().empty()) return entry.value.Scalar();
    mistakes_.add(entry.line, entry.key + ": holds " + shape_of(entry.value) + "; allowed is a text");
    return {};
  }

  std::string scene_name(const Entry& entry) {
    const std::string name = text(entry);
    const auto allowed = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    if (!std::ranges::all_of(name, allowed)) {
      mistakes_.add(entry.line, "scene: \"" + name + "\" is no scene name; allowed are a-z, 0-9, - and _");
    }
    return name;
  }

  std::int64_t deadline(const Entry& entry) {
    const std::vector<RawParameter> given = {parameter(entry)};
    const auto checked = make_parameters(kDeadlineSpec, given);
    if (checked.ok()) return checked->integer("deadline_ms");
    mistakes_.add(entry.line, checked.status().message());
    return 0;
  }

  bool is_filled_list(const Entry& entry) {
    if (entry.value.IsSequence() && entry.value.size() > 0) return true;
    mistakes_.add(entry.line, entry.key + ": holds " +
                                  (entry.value.IsSequence() ? "an empty list" : shape_of(entry.value)) +
                                  "; allowed is a list of `- kind/name: {parameters}`");
    return false;
  }

  WrittenSequence stage_list(const Entry& entry) {
    WrittenSequence stages;
    if (!is_filled_list(entry)) return stages;
    for (const YAML::Node& element : entry.value) add_stage(entry.key, element, stages);
    return stages;
  }

  std::vector<WrittenSequence> rungs(const Entry& entry) {
    std::vector<WrittenSequence> rungs;
    if (!is_filled_list(entry)) return rungs;
    for (const YAML::Node& element : entry.value) {
      WrittenSequence rung;
      if (element.IsSequence()) {
        rung = stage_list({entry.key, element, line_of(element)});
      } else {
        add_stage(entry.key, element, rung);
      }
      if (!rung.empty()) rungs.push_back(std::move(rung));
    }
    return rungs;
  }

  void add_stage(const std::string& list, const YAML::Node& element, WrittenSequence& stages) {
    if (element.IsScalar() && !element.Scalar().empty()) {
      stages.push_back({element.Scalar(), line_of(element), {}, {}});
      return;
    }
    if (!element.IsMap()) {
      mistakes_.add(line_of(element),
                    list + ": holds " + shape_of(element) + "; allowed is `- kind/name: {parameters}`");
      return;
    }
    const std::vector<Entry> entries = members(element);
    if (entries.size() != 1) {
      std::string keys;
      for (const Entry& entry : entries) keys += (keys.empty() ? "" : ", ") + entry.key;
      mistakes_.add(line_of(element), list + ": one stage has the keys " + keys +
                                          "; allowed is one name with its parameters below it: "
                                          "`- kind/name: {parameters}`");
      return;
    }
    stages.push_back(stage(entries.front()));
  }

  WrittenStage stage(const Entry& entry) {
    WrittenStage stage{entry.key, entry.line, {}, {}};
    if (entry.value.IsNull()) return stage;
    if (!entry.value.IsMap()) {
      mistakes_.add(entry.line, entry.key + ": holds " + shape_of(entry.value) +
                                    "; allowed is a mapping of parameters: {name: value}");
      return stage;
    }
    for (const Entry& member : members(entry.value)) {
      stage.parameters.push_back(parameter(member));
      stage.parameter_lines.push_back(member.line);
    }
    return stage;
  }

  static RawParameter parameter(const Entry& entry) {
    using Shape = RawParameter::Shape;
    if (entry.value.IsNull()) return {entry.key, Shape::kNothing, {}};
    if (entry.value.IsScalar()) {
      const bool quoted = entry.value.Tag() == "!";
      return {entry.key, quoted ? Shape::kQuoted : Shape::kPlain, {entry.value.Scalar()}};
    }
    RawParameter raw{entry.key, entry.value.IsSequence() ? Shape::kList : Shape::kOther, {}};
    for (const YAML::Node& element : entry.value) {
      if (!element.IsScalar()) return {entry.key, Shape::kOther, {}};
      raw.texts.push_back(element.Scalar());
    }
    return raw;
  }

  SceneMistakes& mistakes_;
};

}  // namespace

WrittenScene read_scene_yaml(std::string_view yaml, SceneMistakes& mistakes) {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(yaml));
    if (documents.size() == 1) return Reader(mistakes).scene(documents.front());
    mistakes.add(1, "the file holds " + std::to_string(documents.size()) + " YAML documents; allowed is one");
  } catch (const YAML::Exception& error) {
    mistakes.add(error.mark.line + 1, "this is no YAML: " + error.msg);
  }
  return {};
}

}  // namespace inkling::scene
