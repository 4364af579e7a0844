// What people know of words, told in a file: which words are kinds of which (家电: 电视, 冰箱), templates that make
// names of categories from them ("{}维修"), and scenes in which several things are needed (搬新家: 开荒保洁, 搬家).
// Not a knowledge graph: one step down, no more. Not for what scenes show (scene_tags.h).
//
// The file is YAML: `hyponyms` and `scenes`, objects of lists, and `templates`, a list of texts with one "{}" each.
// `scenes` may be left out. Ownership: plain values. Thread safety: plain values. Failure: kInvalidInput with file
// and line, kNotFound, kIo; refused is also what contradicts itself: two words that are kinds of each other, a scene
// of its own name, a scene or a member told twice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::categories {

struct Hyponyms {
  std::string word;                // 家电
  std::vector<std::string> kinds;  // 电视, 冰箱
};

struct SceneMember {
  std::string word;   // a tag, a category or a need
  std::string place;  // where it was told, "k.yaml:7: scenes.搬新家[1]", for messages
};

struct Scene {
  std::string name;
  std::vector<SceneMember> members;
};

struct Knowledge {
  std::vector<Hyponyms> hyponyms;
  std::vector<std::string> templates;
  std::vector<Scene> scenes = {};
};

[[nodiscard]] base::Result<Knowledge> parse_knowledge(std::string_view yaml, const std::string& shown_name);
[[nodiscard]] base::Result<Knowledge> read_knowledge(const std::string& path);

// "{}维修" and 电视: 电视维修.
[[nodiscard]] std::string filled(std::string_view name_template, std::string_view word);

}  // namespace inkling::categories
