// Collects everything that is wrong with a file that a person wrote, so that its author sees all of it at once, and
// takes such messages apart again for programs. Not for run-time errors.
//
// The one form of a mistake, a line each, as editors understand it (the column only where it is known):
//   <file>:<line>[:<column>]: <key>: <found> <complaint>; expected <what is allowed>; did you mean <nearest>?
// Thread safety: plain values. Wasm-clean.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/result.h"

namespace inkling::base {

class FileMistakes {
 public:
  explicit FileMistakes(std::string shown_name) : shown_name_(std::move(shown_name)) {}

  // `line` counts from 1. The sentence starts with the key: "deadline_ms: ...". The same one is told once.
  // Control characters in it become '?'.
  void add(int line, std::string sentence);
  [[nodiscard]] bool empty() const { return mistakes_.empty(); }
  [[nodiscard]] std::size_t size() const { return mistakes_.size(); }

  // One "<file>:<line>: <sentence>" a line, in the order of the file; ok when there is none.
  [[nodiscard]] Status status() const;

 private:
  std::string shown_name_;
  std::vector<std::pair<int, std::string>> mistakes_;
};

// One mistake, taken apart. What its sentence does not tell is "" or 0.
struct FileMistake {
  int line = 0;
  int column = 0;
  std::string key;         // "params.hidden", "decide/band.low"
  std::string found;       // as it stands in the sentence: `"lstn"`, `70000`, `a list`
  std::string allowed;     // "a whole number from 1 to 128 (ms)"
  std::string suggestion;  // "lstm"
  std::string message;     // the whole sentence, without file and line
};

// The mistakes of a status whose lines begin with `shown_name`; lines of another form keep only their message.
[[nodiscard]] std::vector<FileMistake> mistakes_of(const Status& status, std::string_view shown_name);

// Joins what several readers refuse: one sentence a line, kInvalidInput; ok when all of them were.
class Refusals {
 public:
  // True when `status` is ok.
  bool note(const Status& status);
  // The value, or `otherwise` once the refusal is noted.
  template <typename T>
  T keep(Result<T> result, T otherwise = T()) {
    return note(result.status()) ? *std::move(result) : std::move(otherwise);
  }
  [[nodiscard]] bool empty() const { return sentences_.empty(); }
  [[nodiscard]] Status status() const { return empty() ? Status() : invalid_input(sentences_); }

 private:
  std::string sentences_;
};

}  // namespace inkling::base
