// Bad lines of an import: put aside with their reasons as JSON Lines, and counted by what is wrong with them.
// Thread safety: one thread. Failure: kIo when the file cannot be written.
#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <string>

#include "base/core/json.h"
#include "base/core/result.h"
#include "wire/importer.h"

namespace inkling::cli {

// What a reason says once the values found are left out, so that reasons can be counted: texts in quotes become "…",
// numbers N, and what would be right goes.
[[nodiscard]] std::string kind_of_reason(std::string_view reason);

class BadLines {
 public:
  // The file appears with the first bad line; one that is there is replaced then.
  explicit BadLines(std::string path) : path_(std::move(path)) {}

  void add(const wire::BadLine& bad);
  // Forgets all, for logs that are read once more.
  void restart();
  // Whether all of them could be written.
  [[nodiscard]] base::Status flush();

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  // Kind of reason -> lines; kinds beyond the first kMostKinds are counted together.
  [[nodiscard]] const std::map<std::string, std::uint64_t>& kinds() const { return kinds_; }
  static constexpr std::size_t kMostKinds = 50;

 private:
  void open();

  std::string path_;
  std::ofstream out_;
  std::uint64_t count_ = 0;
  std::map<std::string, std::uint64_t> kinds_;
};

}  // namespace inkling::cli
