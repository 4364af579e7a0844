#include "mining/categories/knowledge.h"

#include "base/files.h"
#include "base/yaml_document.h"

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

base::Result<Knowledge> knowledge_of(const base::JsonView& root) {
  INKLING_TRY(root.only_keys({"hyponyms", "templates"}));
  Knowledge knowledge;
  INKLING_ASSIGN(const base::JsonView hyponyms, root.member("hyponyms"));
  if (!hyponyms.json().is_object()) return hyponyms.refuse("expected words with a list of their kinds each");
  for (const base::JsonMember& member : *hyponyms.json().if_object()) {
    INKLING_ASSIGN(knowledge.hyponyms.emplace_back(), hyponyms_of(hyponyms, member.key));
  }
  INKLING_ASSIGN(const auto templates, root.elements("templates"));
  for (const base::JsonView& each : templates) {
    INKLING_ASSIGN(knowledge.templates.emplace_back(), each.as_text());
    const std::string& text = knowledge.templates.back();
    if (text.find(kSlot) == std::string::npos || text.find(kSlot) != text.rfind(kSlot) || text == kSlot) {
      return each.refuse("\"" + text + "\" is no template; expected a text with one {} in it, like \"{}维修\"");
    }
  }
  return knowledge;
}

}  // namespace

base::Result<Knowledge> parse_knowledge(std::string_view yaml, const std::string& shown_name) {
  INKLING_ASSIGN(const auto document, base::YamlDocument::parse(yaml, shown_name, {.scalars_as_text = true}));
  auto knowledge = knowledge_of(document.view());
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
