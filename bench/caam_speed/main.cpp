// caam_speed make FOLDER: writes the weights and requests of bench/figures/add-on-speed.
// caam_speed serve FOLDER scalar|simd|reduced: says its logits (a row a request) and its arithmetic as one JSON line,
// then answers each line on standard input with one JSON line. "round N": the nanoseconds of N passes over all
// requests, one number a request. "stages N": the median of each stage over N passes, and this core's peak.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "bench/caam_speed/fixture.h"
#include "bench/dipn_forward/peak.h"
#include "bench/run_program.h"
#include "hwy/targets.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Status;
using Clock = std::chrono::steady_clock;

std::int64_t nanoseconds_since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count();
}

class Session {
 public:
  Session(Network network, const std::vector<Request>& requests)
      : network_(std::move(network)), requests_(requests), logits_(nn::lane_rows_size(1, kCandidates)) {}

  Json logits() {
    Json rows = Json::array();
    for (const Request& request : requests_) {
      network_.run(request, logits_);
      Json row = Json::array();
      for (std::size_t n = 0; n < kCandidates; ++n) row.push(static_cast<double>(logits_[n]));
      rows.push(std::move(row));
    }
    return rows;
  }

  Json round(std::int64_t passes) {
    Json times = Json::array();
    for (std::int64_t pass = 0; pass < passes; ++pass) {
      for (const Request& request : requests_) {
        const auto start = Clock::now();
        network_.run(request, logits_);
        times.push(nanoseconds_since(start));
      }
    }
    return times;
  }

  Json stages(std::int64_t passes) {
    std::array<std::vector<std::int64_t>, Network::kStages> times;
    for (std::int64_t pass = 0; pass < passes; ++pass) {
      for (const Request& request : requests_) {
        for (std::size_t stage = 0; stage < Network::kStages; ++stage) {
          const auto start = Clock::now();
          network_.run_stage(static_cast<Network::Stage>(stage), request, logits_);
          times[stage].push_back(nanoseconds_since(start));
        }
      }
    }
    constexpr std::array kNames = {"request taken in", "target attention", "gate and read-out", "top MLP"};
    Json rows = Json::array();
    for (std::size_t stage = 0; stage < Network::kStages; ++stage) {
      std::ranges::nth_element(times[stage],
                               times[stage].begin() + static_cast<std::ptrdiff_t>(times[stage].size() / 2));
      Json row = Json::object();
      row.set("stage", kNames[stage]);
      row.set("us", static_cast<double>(times[stage][times[stage].size() / 2]) / 1000);
      row.set("mflop", stage_mflop()[stage]);
      rows.push(std::move(row));
    }
    return rows;
  }

 private:
  Network network_;
  const std::vector<Request>& requests_;
  std::vector<float> logits_;
};

Status serve(const std::string& folder, const std::string& form) {
  const bool scalar = form == "scalar";
  INKLING_ASSIGN(const auto fixture, Fixture::load(folder));
  INKLING_ASSIGN(auto network, Network::make(fixture.weights(),
                                             form == "reduced" ? math::Precision::kReduced : math::Precision::kFloat,
                                             scalar ? math::scalar_kernels() : math::simd_kernels()));
  const std::string arithmetic = network.arithmetic();
  Session session(std::move(network), fixture.requests());
  Json hello = Json::object();
  const auto targets = hwy::SupportedAndGeneratedTargets();
  hello.set("logits", session.logits()).set("arithmetic", arithmetic);
  hello.set("instruction_set", scalar || targets.empty() ? "scalar" : hwy::TargetName(targets.front()));
  std::cout << hello.to_text() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string command;
    std::int64_t passes = 0;
    if (!(words >> command >> passes) || passes < 1 || (command != "round" && command != "stages")) {
      return base::invalid_input("expected \"round N\" or \"stages N\", found \"" + line + "\"");
    }
    Json answer = Json::object();
    if (command == "round") {
      answer.set("ns", session.round(passes));
    } else {
      answer.set("peak_gflops", peak_gflops()).set("stages", session.stages(passes));
    }
    std::cout << answer.to_text() << std::endl;
  }
  return {};
}

Status run(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  Status status = base::invalid_input("usage: caam_speed make FOLDER | serve FOLDER scalar|simd|reduced");
  if (arguments.size() == 2 && arguments[0] == "make") status = make_fixture(arguments[1]);
  if (arguments.size() == 3 && arguments[0] == "serve") status = serve(arguments[1], arguments[2]);
  return status;
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("caam_speed", [&] { return inkling::bench::run(argc, argv); });
}
