#include "bench/training_rounds.h"

#include <cstdint>
#include <ctime>
#include <iostream>
#include <sstream>
#include <string>

#include "bench/dipn_forward/peak.h"

namespace inkling::bench {
namespace {

using base::Json;

std::int64_t processor_ns() {
  std::timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

}  // namespace

base::Status answer_rounds(const Json& hello, const std::function<double()>& step) {
  std::cout << hello.to_text() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string command;
    int steps = 0;
    if (!(words >> command >> steps) || command != "round") {
      return base::invalid_input("expected \"round N\", found \"" + line + "\"");
    }
    Json times = Json::array(), losses = Json::array();
    for (int i = 0; i < steps; ++i) {
      const std::int64_t start = processor_ns();
      losses.push(step());
      times.push(processor_ns() - start);
    }
    Json answer = Json::object();
    answer.set("ns", std::move(times)).set("losses", std::move(losses)).set("peak_gflops", peak_gflops());
    std::cout << answer.to_text() << std::endl;
  }
  return {};
}

}  // namespace inkling::bench
