#include "mining/categories/knowledge.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/files.h"
#include "base/yaml_document.h"
#include "text/normal_form.h"

namespace inkling::categories {
namespace {

constexpr std::string_view kSlot = "{}";

base::Result<Hyponyms> hyponyms_of(const base::JsonView& all, const std::string& word) {
  Hyponyms hyponyms{word, {}};
  INKLING_ASSIGN(const auto kinds, all.elements(word));
  for (const base::JsonView& kind : kinds) {
    INKLING_ASSIGN(hyponyms.kinds.emplace_back(), kind.as_text());
    if (hyponyms.kinds.back().empty() || hyponyms.kinds.back() == word) {
      return kind.refuse("a word is no kind of itself or of nothing");
    }
  }
  return hyponyms;
}

// `known` has words of whom it is known what they are kinds of.
base::Status refuse_circles(const base::JsonView& all, const std::vector<Hyponyms>& known) {
  for (const Hyponyms& each : known) {
    for (std::size_t i = 0; i < each.kinds.size(); ++i) {
      const auto other = std::ranges::find(known, each.kinds[i], &Hyponyms::word);
      if (other == known.end() || std::ranges::find(other->kinds, each.word) == other->kinds.end()) continue;
      INKLING_ASSIGN(const auto kinds, all.elements(each.word));
      return kinds[i].refuse("\"" + each.kinds[i] + "\" is told to be a kind of \"" + each.word +
                             "\", and the other way round; only one of them can be");
    }
  }
  return {};
}

base::Result<Scene> scene_of(const base::JsonView& all, const std::string& name, const base::YamlDocument& document) {
  Scene scene{name, {}};
  INKLING_ASSIGN(const auto members, all.elements(name));
  if (members.empty()) return all.refuse("\"" + name + "\" has no members; expected a list of words");
  std::set<std::string> forms = {text::normal_form(name)};
  for (const base::JsonView& member : members) {
    INKLING_ASSIGN(std::string word, member.as_text());
    const std::string form = text::normal_form(word);
    if (form.empty()) return member.refuse("\"" + word + "\" is no word");
    if (!forms.insert(form).second) {
      return member.refuse(form == text::normal_form(name)
                               ? "a scene is not shown in itself; name what it consists of"
                               : "\"" + word + "\" is a member of this scene already");
    }
    scene.members.push_back(
        {std::move(word),
         document.shown_name() + ":" + std::to_string(document.line_of(member.path())) + ": " + member.path()});
  }
  return scene;
}

base::Result<std::vector<Scene>> scenes_of(const base::JsonView& all, const base::YamlDocument& document) {
  if (!all.json().is_object()) return all.refuse("expected scenes with a list of their members each");
  std::vector<Scene> scenes;
  std::map<std::string, std::string> names;  // by form
  for (const base::JsonMember& member : *all.json().if_object()) {
    const auto [place, is_new] = names.try_emplace(text::normal_form(member.key), member.key);
    if (place->first.empty()) return all.refuse("\"" + member.key + "\" is no name of a scene");
    INKLING_ASSIGN(const base::JsonView own, all.member(member.key));
    if (!is_new) return own.refuse("the same scene as \"" + place->second + "\"; tell it once");
    INKLING_ASSIGN(scenes.emplace_back(), scene_of(all, member.key, document));
  }
  return scenes;
}

base::Result<Knowledge> knowledge_of(const base::YamlDocument& document) {
  const base::JsonView root = document.view();
  INKLING_TRY(root.only_keys({"hyponyms", "templates", "scenes"}));
  Knowledge knowledge;
  INKLING_ASSIGN(const base::JsonView hyponyms, root.member("hyponyms"));
  if (!hyponyms.json().is_object()) return hyponyms.refuse("expected words with a list of their kinds each");
  for (const base::JsonMember& member : *hyponyms.json().if_object()) {
    INKLING_ASSIGN(knowledge.hyponyms.emplace_back(), hyponyms_of(hyponyms, member.key));
  }
  INKLING_TRY(refuse_circles(hyponyms, knowledge.hyponyms));
  INKLING_ASSIGN(const auto templates, root.elements("templates"));
  for (const base::JsonView& each : templates) {
    INKLING_ASSIGN(knowledge.templates.emplace_back(), each.as_text());
    const std::string& text = knowledge.templates.back();
    if (text.find(kSlot) == std::string::npos || text.find(kSlot) != text.rfind(kSlot) || text == kSlot) {
      return each.refuse("\"" + text + "\" is no template; expected a text with one {} in it, like \"{}维修\"");
    }
  }
  if (!root.has("scenes")) return knowledge;
  INKLING_ASSIGN(const base::JsonView scenes, root.member("scenes"));
  INKLING_ASSIGN(knowledge.scenes, scenes_of(scenes, document));
  return knowledge;
}

}  // namespace

base::Result<Knowledge> parse_knowledge(std::string_view yaml, const std::string& shown_name) {
  INKLING_ASSIGN(const auto document, base::YamlDocument::parse(yaml, shown_name, {.scalars_as_text = true}));
  auto knowledge = knowledge_of(document);
  if (!knowledge.ok()) return document.located(knowledge.status());
  return knowledge;
}

base::Result<Knowledge> read_knowledge(const std::string& path) {
  INKLING_ASSIGN(const std::string text, base::read_file(path));
  return parse_knowledge(text, path);
}

std::string filled(std::string_view name_template, std::string_view word) {
  std::string name(name_template);
  return name.replace(name.find(kSlot), kSlot.size(), word);
}

}  // namespace inkling::categories
