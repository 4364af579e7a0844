// Asks a scene of a server on this machine: requests from a file, phase after phase, one line of JSON a phase.
//
//   add_on_spike PORT SCENE REQUESTS CONNECTIONS PHASE...
//   PHASE: name:seconds:from_rate:to_rate, or name:seconds:closed:connections
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/files.h"
#include "bench/add_on_spike/load.h"

namespace inkling::bench {
namespace {

std::vector<std::string> split(const std::string& text, char between) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(between, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<std::string> requests_of(const std::string& file, const std::string& scene) {
  const auto text = base::read_file(file);
  if (!text.ok()) return {};
  std::vector<std::string> requests;
  for (const std::string& body : split(*text, '\n')) {
    if (body.empty()) continue;
    requests.push_back("POST /v1/scenes/" + scene +
                       " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" +
                       "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  return requests;
}

bool phase_of(const std::string& text, Phase& phase) {
  const auto parts = split(text, ':');
  if (parts.size() != 4) return false;
  phase.name = parts[0];
  phase.seconds = std::atof(parts[1].c_str());
  if (parts[2] == "closed") {
    phase.closed_loop = static_cast<std::size_t>(std::atoi(parts[3].c_str()));
    return phase.closed_loop > 0;
  }
  phase.from_rate = std::atof(parts[2].c_str());
  phase.to_rate = std::atof(parts[3].c_str());
  return phase.seconds > 0;
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 5) {
    std::fputs("expected PORT SCENE REQUESTS CONNECTIONS PHASE...\n", stderr);
    return 2;
  }
  LoadOptions options;
  options.port = static_cast<std::uint16_t>(std::atoi(arguments[0].c_str()));
  options.connections = static_cast<std::size_t>(std::atoi(arguments[3].c_str()));
  const std::vector<std::string> requests = requests_of(arguments[2], arguments[1]);
  std::vector<Phase> phases;
  for (std::size_t i = 4; i < arguments.size(); ++i) {
    if (phase_of(arguments[i], phases.emplace_back())) continue;
    std::fprintf(stderr, "%s: is no phase; expected name:seconds:from:to or name:seconds:closed:connections\n",
                 arguments[i].c_str());
    return 2;
  }
  if (requests.empty()) {
    std::fprintf(stderr, "%s: holds no requests\n", arguments[2].c_str());
    return 2;
  }
  run_load(options, requests, phases, [](const Phase& phase, const Tally& tally) {
    std::puts(tally.json(phase.name, phase.seconds).c_str());
    std::fflush(stdout);
  });
  return 0;
}

}  // namespace
}  // namespace inkling::bench

int main(int count, char** texts) {
  return inkling::bench::run({texts + 1, texts + count});
}
