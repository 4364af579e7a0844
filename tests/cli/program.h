// The built program as a child process: what it says, how it leaves, and a server one can await without sleeping.
// A failure to start it is a failure of the test. Thread safety: one thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace inkling::cli_test {

struct Outcome {
  int exit_code = -1;  // -1: ended by a signal, or not in time
  std::string out;
  std::string err;
};

// Runs `inkling <arguments>` in `folder` to its end.
[[nodiscard]] Outcome run_in(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

// `inkling <arguments> --port 0 --port-file ...` in the background; the caller gives serve or standalone.
class ServingProgram {
 public:
  ServingProgram(std::filesystem::path folder, std::vector<std::string> arguments);
  // Ends it if nobody did.
  ~ServingProgram();
  ServingProgram(const ServingProgram&) = delete;
  ServingProgram& operator=(const ServingProgram&) = delete;

  // 0 when it ended instead of listening; what it said is then in stop()'s outcome.
  [[nodiscard]] std::uint16_t await_port();
  // SIGTERM, and what became of it.
  [[nodiscard]] Outcome stop();

 private:
  std::filesystem::path folder_;
  std::filesystem::path port_file_;
  pid_t child_ = -1;
};

}  // namespace inkling::cli_test
