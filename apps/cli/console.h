// What a verb tells its user: a progress line on stderr (redrawn on a terminal, one line every few seconds
// elsewhere), results on stdout, either for people or, with --json, as one JSON object. Thread safety: one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/core/json.h"
#include "store/store.h"

namespace inkling::cli {

class Console {
 public:
  explicit Console(bool json) : json_(json) {}
  ~Console() { end_progress(); }

  [[nodiscard]] bool json() const { return json_; }
  // For people only; nothing with --json.
  void say(std::string_view line);
  // For machines only; nothing without --json.
  void result(const base::Json& result);

  // `stage` starts a new line when it changes. total 0: unknown.
  void progress(std::string_view stage, std::uint64_t done, std::uint64_t total, std::string_view unit,
                std::string_view note = {});
  void end_progress();
  // A callback for libraries that report progress.
  [[nodiscard]] store::Progress reporter(std::string stage, std::string unit);

 private:
  using Clock = std::chrono::steady_clock;
  bool json_;
  std::string stage_;
  Clock::time_point stage_start_;
  Clock::time_point last_drawn_;
  bool open_line_ = false;
};

}  // namespace inkling::cli
