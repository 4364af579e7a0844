// The file of a suite (evaluate --suite), of whatever task: where it comes from, what --quick changes, and the
// members that suites of all tasks share. Not for what a task's suite says (suite.h, add_on_suite.h).
//
//   task: intent                          # or add-on; intent when left out
//   seeds: [1, 2, 3, 4, 5]                # of simulated data and of the trainings; at least one
//   pairs: [[dipn, gbdt]]                 # the first minus the second
//   quick: {...}                          # members that --quick puts in place of the others, object by object
//
// Thread safety: plain values; pure functions but for reading the file. Failure: kInvalidInput with file and line;
// kNotFound for a suite that this build does not have.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "base/yaml_document.h"

namespace inkling::cli {

struct SuiteRequest {
  std::string name;                  // of a suite of this build
  std::string file;                  // or: this one
  std::vector<std::string> models;   // unless empty: only these
  std::vector<std::uint64_t> seeds;  // unless empty: in place of the file's
  std::vector<std::string> without;  // signals switched off (sim/gesture_signals.h), beside the file's
  bool quick = false;
};

struct SuiteFile {
  base::YamlDocument document;
  base::Json members;  // of the document, with what --quick changes
  std::string task;
};

[[nodiscard]] base::Result<SuiteFile> open_suite(const SuiteRequest& request);

[[nodiscard]] base::Result<std::vector<std::string>> read_texts(const base::JsonView& json, std::string_view key);
// The request's seeds, or else the file's.
[[nodiscard]] base::Result<std::vector<std::uint64_t>> read_seeds(const base::JsonView& json,
                                                                  const SuiteRequest& request);
[[nodiscard]] base::Result<std::vector<std::pair<std::string, std::string>>> read_pairs(const base::JsonView& json);
// Leaves `value` as it is when there is no such member.
[[nodiscard]] base::Status read_count(const base::JsonView& json, const char* key, std::uint32_t least,
                                      std::uint32_t most, std::uint32_t& value);

}  // namespace inkling::cli
