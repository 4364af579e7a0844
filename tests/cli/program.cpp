#include "tests/cli/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace inkling::cli_test {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{120};  // of a busy machine; nothing waits for it to pass

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// In the child. Only what is safe between fork and exec.
[[noreturn]] void become(const fs::path& folder, char* const* argv) {
  const int out = open("out.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const int err = open("err.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const int in = open("/dev/null", O_RDONLY);
  if (out >= 0 && err >= 0 && in >= 0 && dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2 &&
      chdir(folder.c_str()) == 0) {
    execv(argv[0], argv);
  }
  _exit(127);
}

pid_t start(const fs::path& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), INKLING_PROGRAM);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    if (chdir(folder.c_str()) != 0) _exit(127);
    become(folder, argv.data());
  }
  EXPECT_GT(child, 0) << "fork failed";
  return child;
}

int exit_code_of(int wait_status) { return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1; }

// A handle that becomes readable when the child ends.
class ChildEnd {
 public:
  explicit ChildEnd(pid_t child);
  ~ChildEnd() { close(handle_); }
  ChildEnd(const ChildEnd&) = delete;
  ChildEnd& operator=(const ChildEnd&) = delete;
  [[nodiscard]] int handle() const { return handle_; }

 private:
  int handle_;
};

}  // namespace
}  // namespace inkling::cli_test
