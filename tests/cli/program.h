// The built program as a child process: what it says, how it leaves and, of a server, when it listens. A child never
// outlives the test. Failure to start one is thrown (std::runtime_error). Thread safety: one thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace inkling::cli_test {

struct Outcome {
  int exit_code = -1;  // -1: ended by a signal
  std::string out;
  std::string err;
};

// One `inkling <arguments>`, started in `folder`; ended by the destructor if by nobody else.
class Program {
 public:
  Program(std::filesystem::path folder, const std::vector<std::string>& arguments);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Waits until it says that it listens; 0 when it ended instead.
  [[nodiscard]] std::uint16_t await_port();
  [[nodiscard]] pid_t pid() const { return child_; }
  void send(int signal) const;
  // Lets it run to its end.
  [[nodiscard]] Outcome wait();
  // SIGTERM, then wait().
  [[nodiscard]] Outcome stop();

 private:
  [[nodiscard]] bool read_more();

  std::filesystem::path folder_;
  pid_t child_ = -1;
  int stdout_ = -1;
  std::string out_;
};

}  // namespace inkling::cli_test
