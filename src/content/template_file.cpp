#include "content/template_file.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/core/file_mistakes.h"
#include "base/core/json_keys.h"
#include "base/core/number_text.h"
#include "base/core/suggest.h"
#include "base/files.h"
#include "base/yaml_document.h"
#include "content/template_keys.h"
#include "text/normal_form.h"

namespace inkling::content {
namespace {

namespace fs = std::filesystem;
using base::JsonView;
using base::Refusals;
using base::Result;
using base::Status;

constexpr auto kTemplateKeyNames = names_of(kTemplateKeys);
constexpr auto kFieldKeyNames = names_of(kFieldKeys);
constexpr auto kOptionKeyNames = names_of(kOptionKeys);
constexpr auto kNamesKeyNames = names_of(kNamesKeys);
constexpr double kMostNumber = 1e12;

struct KindKey {
  std::string_view key;
  std::vector<FieldKind> kinds;
};

// The keys that mean nothing to a field of another kind.
const std::vector<KindKey>& kind_keys() {
  static const std::vector<KindKey> keys = {{"options", {FieldKind::kChoice}},
                                            {"unit", {FieldKind::kNumber}},
                                            {"units", {FieldKind::kNumber}},
                                            {"min", {FieldKind::kNumber, FieldKind::kMoney}},
                                            {"max", {FieldKind::kNumber, FieldKind::kMoney}},
                                            {"per", {FieldKind::kMoney}},
                                            {"surfaces", {FieldKind::kFlag, FieldKind::kNumber, FieldKind::kMoney}},
                                            {"not", {FieldKind::kFlag}}};
  return keys;
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 &&
         std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

void add_surface(const std::string& text, std::vector<std::string>& surfaces) {
  std::string form = text::normal_form(text);
  if (!form.empty() && std::ranges::find(surfaces, form) == surfaces.end()) surfaces.push_back(std::move(form));
}

class TemplateReader {
 public:
  explicit TemplateReader(Refusals& refusals) : refusals_(refusals) {}

  Template read(const JsonView& view, std::string_view named) {
    Template made;
    if (!view.json().is_object()) {
      refusals_.note(
          base::invalid_input("template: the file is no mapping; expected one that begins with `template: <name>`"));
      return made;
    }
    refusals_.note(base::only_keys(view, kTemplateKeyNames));
    made.id = id_of(view, "template");
    if (!named.empty() && !made.id.empty() && made.id != named) {
      refuse(view, "template", "\"" + made.id + "\" is not the name of its file; expected " + std::string(named));
    }
    made.name = names(view, made.id);
    if (view.has("description")) made.description = refusals_.keep(view.text("description"));
    for (const JsonView& each : list(view, "fields", kMaxFields)) {
      Field field = this->field(each);
      if (!field.id.empty() && made.find(field.id) != nullptr) {
        refuse(each, "field", "\"" + field.id + "\" stands there twice; expected once");
      }
      made.fields.push_back(std::move(field));
    }
    if (view.has("price")) made.price = price(view, made);
    return made;
  }

 private:
  void refuse(const JsonView& view, std::string_view key, const std::string& complaint) {
    const std::string path = view.path().empty() ? std::string(key) : view.path() + "." + std::string(key);
    refusals_.note(base::invalid_input(path + ": " + complaint));
  }

  std::string id_of(const JsonView& view, std::string_view key) {
    const auto found = view.member(key);
    if (!refusals_.note(found.status())) return {};
    const std::string id = refusals_.keep(base::scalar_text(*found));
    if (!id.empty() && !is_id(id)) {
      refuse(view, key, "\"" + id + "\" is no id; expected up to 64 of a-z, 0-9 and _");
    }
    return id;
  }

  Names names(const JsonView& view, const std::string& otherwise) {
    Names made{otherwise, otherwise};
    if (!view.has("name")) return made;
    const auto given = view.member("name");
    if (!refusals_.note(base::only_keys(*given, kNamesKeyNames))) return made;
    if (given->has("en")) made.en = made.zh = refusals_.keep(given->text("en"));
    if (given->has("zh")) made.zh = refusals_.keep(given->text("zh"));
    if (!given->has("en")) made.en = made.zh;
    return made;
  }

  std::vector<JsonView> list(const JsonView& view, std::string_view key, std::size_t most) {
    std::vector<JsonView> elements = refusals_.keep(view.elements(key));
    if (elements.size() > most || (view.has(key) && elements.empty() && view.json().find(key)->is_array())) {
      refuse(view, key, "holds " + std::to_string(elements.size()) + "; expected 1 to " + std::to_string(most));
      elements.clear();
    }
    return elements;
  }

  void add_texts(const JsonView& view, std::string_view key, std::vector<std::string>& surfaces) {
    if (!view.has(key)) return;
    for (const JsonView& each : list(view, key, kMaxSurfaces)) {
      const std::string text = refusals_.keep(base::scalar_text(each));
      if (text.empty()) refusals_.note(each.refuse("an empty text tells nothing; expected a word"));
      add_surface(text, surfaces);
    }
  }

  Field field(const JsonView& view) {
    Field made;
    if (!refusals_.note(base::only_keys(view, kFieldKeyNames)) && !view.json().is_object()) return made;
    made.id = id_of(view, "field");
    if (made.id == kTemplateAttribute) {
      refuse(view, "field", "\"template\" is what a post tells its template by; expected another name");
    }
    made.name = names(view, made.id);
    if (!read_kind(view, made)) return made;
    if (view.has("required")) made.required = refusals_.keep(view.boolean("required"));
    for (const KindKey& key : kind_keys()) {
      if (view.has(key.key) && std::ranges::find(key.kinds, made.kind) == key.kinds.end()) {
        const std::string kind(kFieldKindNames[static_cast<std::size_t>(made.kind)]);
        refuse(view, key.key, "means nothing to a " + kind + "; expected another kind, or nothing");
      }
    }
    add_texts(view, "surfaces", made.surfaces);
    add_texts(view, "not", made.negatives);
    add_texts(view, "per", made.per);
    if (made.kind == FieldKind::kChoice) read_options(view, made);
    if (made.kind == FieldKind::kNumber) read_units(view, made);
    read_range(view, made);
    return made;
  }

  bool read_kind(const JsonView& view, Field& field) {
    const auto given = view.text("kind");
    if (!refusals_.note(given.status())) return false;
    const auto found = std::ranges::find(kFieldKindNames, *given);
    if (found == std::end(kFieldKindNames)) {
      refuse(view, "kind", "\"" + *given + "\" is no kind; " + base::expected_one_of(*given, kFieldKindNames));
      return false;
    }
    field.kind = static_cast<FieldKind>(found - std::begin(kFieldKindNames));
    return true;
  }

  void read_options(const JsonView& view, Field& field) {
    std::set<std::string> told;  // one surface for two options would tell nothing
    for (const JsonView& each : list(view, "options", kMaxOptions)) {
      Option option;
      if (!refusals_.note(base::only_keys(each, kOptionKeyNames)) && !each.json().is_object()) continue;
      option.id = id_of(each, "option");
      option.name = names(each, option.id);
      for (const std::string& name : {option.id, option.name.en, option.name.zh}) add_surface(name, option.surfaces);
      add_texts(each, "surfaces", option.surfaces);
      for (const std::string& surface : option.surfaces) {
        if (told.insert(surface).second) continue;
        refuse(each, "option", "\"" + surface + "\" tells another option too; expected each word once");
      }
      field.options.push_back(std::move(option));
    }
  }

  void read_units(const JsonView& view, Field& field) {
    if (view.has("unit")) field.unit = refusals_.keep(view.text("unit"));
    if (!field.unit.empty()) field.units.push_back({text::normal_form(field.unit), 1});
    if (!view.has("units")) return;
    const auto units = view.member("units");
    const base::Json::Object* members = units->json().if_object();
    if (members == nullptr) {
      refuse(view, "units", "is no mapping; expected words, each with its factor");
      return;
    }
    for (const base::JsonMember& member : *members) {
      const double factor = refusals_.keep(units->number(member.key, 1e-9, 1e9), 1.0);
      field.units.push_back({text::normal_form(member.key), factor});
    }
  }

  void read_range(const JsonView& view, Field& field) {
    const bool is_money = field.kind == FieldKind::kMoney;
    field.max = is_money ? static_cast<double>(kMaxCents) : kMostNumber;
    if (!is_money && field.kind != FieldKind::kNumber) return;
    const double most = field.max;
    if (view.has("min")) field.min = refusals_.keep(view.number("min", -most, most));
    if (view.has("max")) field.max = refusals_.keep(view.number("max", -most, most), most);
    if (field.min > field.max) {
      refuse(view, "min",
             base::number_text(field.min) + " is above max, which is " + base::number_text(field.max) +
                 "; expected at most that");
    }
  }

  std::string price(const JsonView& view, const Template& form) {
    const std::string named = refusals_.keep(view.text("price"));
    std::vector<std::string> sums;
    for (const Field& field : form.fields) {
      if (field.kind == FieldKind::kMoney) sums.push_back(field.id);
    }
    if (std::ranges::find(sums, named) == sums.end()) {
      refuse(view, "price", "\"" + named + "\" is no money field; " + base::expected_one_of(named, sums));
    }
    return named;
  }

  Refusals& refusals_;
};

}  // namespace

const Field* Template::find(std::string_view field) const {
  const auto found = std::ranges::find(fields, field, &Field::id);
  return found == fields.end() ? nullptr : &*found;
}

std::span<const std::string_view> template_keys() {
  return kTemplateKeyNames;
}

Result<Template> parse_template(std::string_view yaml, const std::string& shown_name, std::string_view named) {
  base::FileMistakes mistakes(shown_name);
  INKLING_ASSIGN(const base::YamlDocument file,
                 base::YamlDocument::parse(yaml, shown_name, {.scalars_as_text = false, .mistakes = &mistakes}));
  Refusals refusals;
  Template made = TemplateReader(refusals).read(file.view(), named);
  file.tell(refusals.status(), mistakes);
  if (!mistakes.empty()) return mistakes.status();
  return made;
}

Result<Template> load_template(const std::string& path) {
  INKLING_ASSIGN(const std::string yaml, base::read_file(path, kMaxTemplateBytes));
  return parse_template(yaml, path, fs::path(path).stem().string());
}

Result<std::vector<Template>> load_templates(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> paths;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    if (entries->path().extension() == ".yaml") paths.push_back(entries->path().string());
  }
  if (error) return base::not_found(folder + ": is no folder of templates (" + error.message() + ")");
  if (paths.size() > kMaxTemplates) {
    return base::too_large(folder + ": holds " + std::to_string(paths.size()) + " templates; expected at most " +
                           std::to_string(kMaxTemplates));
  }
  std::ranges::sort(paths);
  std::vector<Template> made;
  Refusals refusals;
  for (const std::string& path : paths) {
    auto form = load_template(path);
    if (refusals.note(form.status())) made.push_back(*std::move(form));
  }
  INKLING_TRY(refusals.status());
  return made;
}

}  // namespace inkling::content
