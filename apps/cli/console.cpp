#include "apps/cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "base/progress.h"

namespace inkling::cli {

void Console::say(std::string_view line) {
  if (json_) return;
  end_progress();
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

void Console::result(const base::Json& result) {
  end_progress();
  if (json_) fmt::print("{}\n", result.to_text());
}

void Console::progress(std::string_view stage, std::uint64_t done, std::uint64_t total, std::string_view unit,
                       std::string_view note) {
  static const bool kTerminal = isatty(STDERR_FILENO) != 0;
  const auto now = Clock::now();
  if (stage != stage_) {
    end_progress();
    stage_ = stage;
    stage_start_ = last_drawn_ = now;
  }
  const bool last = total > 0 && done == total;
  const auto pause = kTerminal ? std::chrono::milliseconds(100) : std::chrono::milliseconds(5000);
  if (now - last_drawn_ < pause && !last) return;
  last_drawn_ = now;
  const auto elapsed_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now - stage_start_).count();
  if (!kTerminal && last && elapsed_ms < pause.count()) return;  // too quick to be worth a line of a log file
  const std::string text = base::progress_text(done, total, elapsed_ms, unit);
  fmt::print(stderr, "{}{}: {}{}{}{}", kTerminal ? "\r\x1b[K" : "", stage, text, note.empty() ? "" : "  ", note,
             kTerminal ? "" : "\n");
  std::fflush(stderr);
  open_line_ = kTerminal;
}

void Console::end_progress() {
  if (open_line_) fmt::print(stderr, "\n");
  open_line_ = false;
  stage_.clear();
}

store::Progress Console::reporter(std::string stage, std::string unit) {
  return [this, stage = std::move(stage), unit = std::move(unit)](std::uint64_t done, std::uint64_t total) {
    progress(stage, done, total, unit);
  };
}

}  // namespace inkling::cli
