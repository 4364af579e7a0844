#include "tests/cli/program.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace inkling::cli_test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStderrFile = "stderr.txt";
constexpr std::string_view kListening = "listening on http://127.0.0.1:";

// In the child, between fork and exec.
[[noreturn]] void become(const char* folder, int standard_output, char* const* argv) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (chdir(folder) != 0) _exit(127);
  const int in = open("/dev/null", O_RDONLY);
  const int err = open(kStderrFile, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (dup2(in, STDIN_FILENO) < 0 || dup2(standard_output, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0) {
    _exit(127);
  }
  execv(argv[0], argv);
  _exit(127);
}

}  // namespace

Program::Program(fs::path folder, const std::vector<std::string>& arguments) : folder_(std::move(folder)) {
  std::vector<std::string> words = {INKLING_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  stdout_ = ends[0];
  child_ = fork();
  if (child_ == 0) become(folder_.c_str(), ends[1], argv.data());
  close(ends[1]);
  if (child_ < 0) throw std::runtime_error("no child process");
}

Program::~Program() {
  if (child_ > 0) static_cast<void>(stop());
  close(stdout_);
}

bool Program::read_more() {
  std::array<char, 4096> buffer{};
  ssize_t bytes = 0;
  do {
    bytes = read(stdout_, buffer.data(), buffer.size());
  } while (bytes < 0 && errno == EINTR);
  if (bytes <= 0) return false;
  out_.append(buffer.data(), static_cast<std::size_t>(bytes));
  return true;
}

std::uint16_t Program::await_port() {
  for (;;) {
    const std::size_t found = out_.find(kListening);
    if (found != std::string::npos && out_.find('\n', found) != std::string::npos) {
      std::uint16_t port = 0;
      std::from_chars(out_.data() + found + kListening.size(), out_.data() + out_.size(), port);
      return port;
    }
    if (!read_more()) return 0;
  }
}

void Program::send(int signal) const {
  kill(child_, signal);
}

Outcome Program::stop() {
  send(SIGTERM);
  return wait();
}

Outcome Program::wait() {
  while (read_more()) {
  }
  int status = 0;
  while (waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
  std::ostringstream err;
  err << std::ifstream(folder_ / kStderrFile).rdbuf();
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, std::move(out_), std::move(err).str()};
}

}  // namespace inkling::cli_test
