#include "train/labelled_text.h"

#include <algorithm>
#include <map>

#include "base/core/hash.h"
#include "base/core/json.h"
#include "base/core/utf8.h"
#include "base/files.h"

namespace inkling::train {
namespace {

using base::JsonView;
using base::Result;
using base::Status;

// Numbers in the order of arrival; of names in alphabetical order at the end.
class Names {
 public:
  std::uint32_t number(const std::string& name) {
    return numbers_.try_emplace(name, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }
  // The names in order, and which place each number has there.
  [[nodiscard]] std::vector<std::string> sorted(std::vector<std::uint32_t>& places) const {
    std::vector<std::string> names;
    places.resize(numbers_.size());
    for (const auto& [name, number] : numbers_) {
      places[number] = static_cast<std::uint32_t>(names.size());
      names.push_back(name);
    }
    return names;
  }

 private:
  std::map<std::string, std::uint32_t> numbers_;
};

class Reader {
 public:
  Status read_line(std::string_view line) {
    INKLING_ASSIGN(const base::Json json, base::Json::parse(line));
    const JsonView view(json);
    if (!json.is_object()) return base::invalid_input("a line is one JSON object, as in {\"text\": \"...\"}.");
    INKLING_TRY(view.only_keys({"text", "spans", "pairs", "label"}));
    LabelledText read;
    INKLING_ASSIGN(read.text, view.text("text"));
    if (view.has("spans")) INKLING_TRY(read_spans(view, read));
    if (view.has("pairs")) INKLING_TRY(read_pairs(view, read));
    if (view.has("label")) {
      INKLING_ASSIGN(const std::string label, view.text("label"));
      read.label = labels_.number(label);
    }
    found_.texts.push_back(std::move(read));
    return {};
  }

  LabelledTexts finish() {
    std::vector<std::uint32_t> types, relations, labels;
    found_.types = types_.sorted(types);
    found_.relations = relations_.sorted(relations);
    found_.labels = labels_.sorted(labels);
    for (LabelledText& text : found_.texts) {
      for (TextSpan& span : text.spans) span.type = types[span.type];
      for (TextPair& pair : text.pairs) pair.relation = relations[pair.relation];
      if (text.label) text.label = labels[*text.label];
    }
    return std::move(found_);
  }

 private:
  Status read_spans(const JsonView& view, LabelledText& out) {
    std::vector<base::CodePoint> characters;
    base::append_code_points(out.text, out.text.size(), characters);
    const auto size = static_cast<std::int64_t>(characters.size());
    INKLING_ASSIGN(const auto spans, view.elements("spans"));
    for (const JsonView& span : spans) {
      INKLING_TRY(span.only_keys({"begin", "end", "type"}));
      INKLING_ASSIGN(const std::int64_t begin, span.integer("begin", 0, size - 1));
      INKLING_ASSIGN(const std::int64_t end, span.integer("end", begin + 1, size));
      INKLING_ASSIGN(const std::string type, span.text("type"));
      out.spans.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), types_.number(type)});
    }
    return {};
  }

  Status read_pairs(const JsonView& view, LabelledText& out) {
    const auto last = static_cast<std::int64_t>(out.spans.size()) - 1;
    INKLING_ASSIGN(const auto pairs, view.elements("pairs"));
    for (const JsonView& pair : pairs) {
      INKLING_ASSIGN(const auto parts, pair.as_elements());
      if (parts.size() != 3) return pair.refuse("a pair is [span, span, \"relation\"]");
      INKLING_ASSIGN(const std::int64_t first, parts[0].as_integer(0, last));
      INKLING_ASSIGN(const std::int64_t second, parts[1].as_integer(0, last));
      INKLING_ASSIGN(const std::string relation, parts[2].as_text());
      out.pairs.push_back(
          {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second), relations_.number(relation)});
    }
    return {};
  }

  LabelledTexts found_;
  Names types_, relations_, labels_;
};

}  // namespace

Result<LabelledTexts> parse_labelled_texts(std::string_view json_lines, const std::string& file) {
  Reader reader;
  for (std::size_t line = 1; !json_lines.empty(); ++line) {
    const std::size_t end = std::min(json_lines.find('\n'), json_lines.size());
    const std::string_view text = json_lines.substr(0, end);
    json_lines.remove_prefix(std::min(end + 1, json_lines.size()));
    if (text.empty()) continue;
    const Status read = reader.read_line(text);
    if (!read.ok()) return read.within(file + ":" + std::to_string(line));
  }
  return reader.finish();
}

Result<LabelledTexts> read_labelled_texts(const std::string& path) {
  INKLING_ASSIGN(const std::string bytes, base::read_file(path));
  return parse_labelled_texts(bytes, path);
}

bool is_held_out(std::string_view text, double share) {
  // The hash's low bits: other parts of the house draw shares by its high ones.
  return static_cast<double>(base::name_hash(text) % 10'000) < share * 10'000;
}

}  // namespace inkling::train
