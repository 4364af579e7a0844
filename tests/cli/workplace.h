// A folder of a test's own, in which the program is started, and what the tests of this folder ask of it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/cli/program.h"

namespace inkling::cli_test {

// The repository's own files, wherever the test is started.
[[nodiscard]] std::string source_path(std::string_view path);
[[nodiscard]] std::string read_text(const std::filesystem::path& path);
[[nodiscard]] std::string gzipped(std::string_view text);

class Workplace : public ::testing::Test {
 protected:
  Workplace();
  ~Workplace() override;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  // Makes the folders above it.
  void write(const std::string& name, std::string_view text) const;
  [[nodiscard]] Outcome inkling(const std::vector<std::string>& arguments) const;
  // Runs it and expects success.
  Outcome inkling_ok(const std::vector<std::string>& arguments) const;
  // What a data folder holds before a test: made without the program, whose start takes most of a second with
  // LibTorch.
  void journal_one_event(const std::string& data, std::int64_t now_ms = 0) const;
  // Events in the journal of a data folder that no program uses; 0 when there is no store.
  [[nodiscard]] std::uint64_t journaled(const std::string& data) const;
  // Event ids in journal order.
  [[nodiscard]] std::vector<std::string> journaled_ids(const std::string& data) const;

 private:
  std::filesystem::path folder_;
};

// Left with this exit code and one sentence on stderr that holds all of `parts`.
void expect_refusal(const Outcome& outcome, int exit_code, const std::vector<std::string>& parts);

inline constexpr int kBadInput = 2;
inline constexpr int kConflict = 3;
inline constexpr int kDamagedOrIo = 4;

}  // namespace inkling::cli_test
