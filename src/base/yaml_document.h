// A YAML file as a Json value that still knows its lines: one reader for every file that people write by hand, so
// that each mistake is told as "file:line: path: what is wrong". Bytes that are not UTF-8, duplicate keys (yaml-cpp
// accepts them silently), anchors of unknown names, aliases that unfold without end and several documents are
// refused.
//
// Plain scalars become null, true/false, integers or doubles by YAML 1.2's core schema; quoted ones stay text.
// YamlReading says otherwise.
// Thread safety: plain value. Not wasm-clean (yaml-cpp). Failure: kNotFound, kIo, kInvalidInput with file and line.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/core/file_mistakes.h"
#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::base {

struct YamlReading {
  // Plain scalars stay text as they were written (0.50, no, 007); only ~, null and nothing are null.
  bool scalars_as_text = false;
  // Where keys that stand twice, or are no text, are told instead of being refused: for readers that tell every
  // mistake at once. The first of two values counts.
  FileMistakes* mistakes = nullptr;
};

class YamlDocument {
 public:
  [[nodiscard]] static Result<YamlDocument> load(const std::filesystem::path& path);
  // `shown_name` stands for the file in messages.
  [[nodiscard]] static Result<YamlDocument> parse(std::string_view text, std::string shown_name,
                                                  YamlReading reading = {});

  [[nodiscard]] const Json& root() const { return root_; }
  [[nodiscard]] JsonView view() const { return JsonView(root_); }
  [[nodiscard]] const std::string& shown_name() const { return shown_name_; }

  // The 1-based line of the value at a JsonView path ("views[0].window"), or of its nearest parent that is there.
  [[nodiscard]] int line_of(std::string_view path) const;
  // Whether the text at this path stands in quotes; known only of scalars read as text.
  [[nodiscard]] bool is_quoted(std::string_view path) const { return quoted_.contains(path); }
  // The same error with "file:line: " in front; the line comes from the path at the start of its message. Several
  // sentences, one a line, come back in the order of the file.
  [[nodiscard]] Status located(const Status& status) const;
  // The same, into a collection.
  void tell(const Status& status, FileMistakes& mistakes) const;

 private:
  Json root_;
  std::string shown_name_;
  std::map<std::string, int, std::less<>> lines_;
  std::set<std::string, std::less<>> quoted_;
};

}  // namespace inkling::base
