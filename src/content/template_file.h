// What a post about one kind of service tells: its fields, each with a kind, a unit, options, and the words by which
// a text tells them. A YAML file that people write, templates/<name>.yaml:
//
//   template: moving                     # the name of the file
//   name: {en: Moving, zh: 搬家}
//   price: total                         # the money field that an estimate is about; may be left out
//   fields:
//     - {field: vehicle, kind: choice, required: true, options: [{option: van, surfaces: [厢货]}]}
//     - {field: distance, kind: number, unit: km, units: {公里: 1, m: 0.001}, min: 0, max: 3000}
//     - {field: price_per_km, kind: money, per: [公里, km]}
//     - {field: lift, kind: flag, surfaces: [电梯房], not: [无电梯]}
//
// Not for what a post of such a template says (post_check.h, post_reader.h).
// Thread safety: plain values. Cost: read at start-up. Failure: kInvalidInput with every mistake, a line each
// ("<file>:<line>: <key>: ..."); kNotFound where there is no such file or folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::content {

inline constexpr std::size_t kMaxTemplateBytes = 256 * 1024;
inline constexpr std::size_t kMaxFields = 100;      // of a template
inline constexpr std::size_t kMaxOptions = 200;     // of a field
inline constexpr std::size_t kMaxSurfaces = 100;    // of a field or option
inline constexpr std::size_t kMaxTemplates = 1000;  // of a folder
inline constexpr std::int64_t kMaxCents = 100'000'000'000;
// The attribute of a catalogue's item that names its template (post_item.h), and so the id of no field.
inline constexpr std::string_view kTemplateAttribute = "template";

enum class FieldKind : std::uint8_t { kChoice, kNumber, kMoney, kFlag, kText };
inline constexpr std::string_view kFieldKindNames[] = {"choice", "number", "money", "flag", "text"};

struct Names {
  std::string en, zh;
};

struct Unit {
  std::string surface;  // in normal form (text/normal_form.h)
  double factor = 1;    // so many of the field's own unit
};

struct Option {
  std::string id;
  Names name;
  std::vector<std::string> surfaces;  // in normal form, id and names among them
};

struct Field {
  std::string id;
  Names name;
  FieldKind kind = FieldKind::kText;
  bool required = false;
  std::vector<Option> options;         // choice
  std::string unit;                    // number: "" where it only counts
  std::vector<Unit> units;             // number: the field's own among them
  double min = 0, max = 0;             // number; money in cents
  std::vector<std::string> per;        // money: for each of what
  std::vector<std::string> surfaces;   // flag: that it holds; number and money: what may stand before it
  std::vector<std::string> negatives;  // flag: that it does not
};

struct Template {
  std::string id;
  Names name;
  std::string description;  // may be ""
  std::string price;        // a field's id, or ""
  std::vector<Field> fields;

  [[nodiscard]] const Field* find(std::string_view field) const;
};

[[nodiscard]] std::span<const std::string_view> template_keys();

// `named`: what the template must be called; "": anything. `shown_name` is what messages call the file.
[[nodiscard]] base::Result<Template> parse_template(std::string_view yaml, const std::string& shown_name,
                                                    std::string_view named = {});
[[nodiscard]] base::Result<Template> load_template(const std::string& path);
// Every <folder>/*.yaml, by name; the mistakes of all of them together.
[[nodiscard]] base::Result<std::vector<Template>> load_templates(const std::string& folder);

// The published JSON Schema of the files.
[[nodiscard]] base::Json template_schema();
// What a form needs to show the template, as /v1/templates answers it.
[[nodiscard]] base::Json template_json(const Template& form);
[[nodiscard]] base::Json names_json(const Names& names);

}  // namespace inkling::content
