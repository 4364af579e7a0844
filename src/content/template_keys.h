// The keys of template files: one table that the reader checks by and that the schema is printed from.
#pragma once

#include <array>
#include <string_view>

namespace inkling::content {

struct KeySpec {
  std::string_view name;
  std::string_view type;  // of JSON Schema, or "names", "texts", "units", "options", "fields"
  std::string_view meaning;
  bool required = false;
};

inline constexpr std::array kTemplateKeys = {
    KeySpec{"template", "string", "the name of the file", true},
    KeySpec{"name", "names", "what people call the service"},
    KeySpec{"description", "string", "what it is for, in a sentence"},
    KeySpec{"price", "string", "the money field that estimates are about"},
    KeySpec{"fields", "fields", "what a post tells, in the order of the form", true}};

inline constexpr std::array kFieldKeys = {
    KeySpec{"field", "string", "its id: a-z, 0-9 and _", true},
    KeySpec{"name", "names", "what people call it"},
    KeySpec{"kind", "kind", "choice, number, money, flag or text", true},
    KeySpec{"required", "boolean", "a post without it is not complete"},
    KeySpec{"options", "options", "of a choice"},
    KeySpec{"unit", "string", "of a number, as it is kept"},
    KeySpec{"units", "units", "of a number: other words for its unit, each with its factor"},
    KeySpec{"min", "number", "the smallest number, or the fewest cents"},
    KeySpec{"max", "number", "the largest number, or the most cents"},
    KeySpec{"per", "texts", "of money: for each of what, in all words for it"},
    KeySpec{"surfaces", "texts", "words that tell a flag, or stand before a number or a sum"},
    KeySpec{"not", "texts", "words that tell that a flag does not hold"}};

inline constexpr std::array kOptionKeys = {KeySpec{"option", "string", "its id: a-z, 0-9 and _", true},
                                           KeySpec{"name", "names", "what people call it"},
                                           KeySpec{"surfaces", "texts", "other words that tell it"}};

inline constexpr std::array kNamesKeys = {KeySpec{"en", "string", "in English"},
                                          KeySpec{"zh", "string", "in Chinese"}};

template <std::size_t N>
constexpr std::array<std::string_view, N> names_of(const std::array<KeySpec, N>& keys) {
  std::array<std::string_view, N> names;
  for (std::size_t i = 0; i < N; ++i) names[i] = keys[i].name;
  return names;
}

}  // namespace inkling::content
