// dipn_forward make FOLDER: writes the packages and inputs of bench/figures/dipn-forward-vs-onnxruntime.
// dipn_forward serve FOLDER READOUT scalar|simd|reduced [batch]: says its logits and arithmetic as one JSON line,
// then answers each line "round N" on standard input with one JSON line: the nanoseconds of N passes over all inputs,
// one number a forward pass. With "batch" one pass takes all inputs at once.
#include <chrono>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include "base/core/json.h"
#include "bench/dipn_forward/fixture.h"
#include "bench/dipn_forward/stages.h"
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

Json logits_to_json(const std::vector<std::vector<float>>& logits) {
  Json rows = Json::array();
  for (const auto& row : logits) {
    Json values = Json::array();
    for (const float value : row) values.push(static_cast<double>(value));
    rows.push(std::move(values));
  }
  return rows;
}

Json round(Forward& forward, const std::vector<ForwardInput>& inputs, std::int64_t passes) {
  Json times = Json::array();
  std::vector<float> logits(2);
  for (std::int64_t pass = 0; pass < passes; ++pass) {
    for (const ForwardInput& input : inputs) {
      const auto start = Clock::now();
      forward.run(input, logits);
      times.push(nanoseconds_since(start));
    }
  }
  return times;
}

Json round(BatchForward& forward, std::int64_t passes) {
  Json times = Json::array();
  for (std::int64_t pass = 0; pass < passes; ++pass) {
    const auto start = Clock::now();
    forward.run();
    times.push(nanoseconds_since(start));
  }
  return times;
}

Status serve(const std::string& folder, const std::string& readout, const std::string& form, bool together) {
  const bool scalar = form == "scalar";
  const math::Precision precision = form == "reduced" ? math::Precision::kReduced : math::Precision::kFloat;
  INKLING_ASSIGN(const auto model,
                 load_model(folder, readout, precision, scalar ? math::scalar_kernels() : math::simd_kernels()));
  INKLING_ASSIGN(const auto inputs, load_inputs(folder));
  Forward forward(model.scorer);
  BatchForward batch(model.scorer, inputs);
  Json hello = Json::object();
  hello.set("logits", logits_to_json(together ? batch.all() : forward.all(inputs)));
  hello.set("arithmetic", model.scorer->info().arithmetic);
  const auto targets = hwy::SupportedAndGeneratedTargets();
  hello.set("instruction_set", scalar || targets.empty() ? "scalar" : hwy::TargetName(targets.front()));
  std::cout << hello.to_text() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string command;
    std::int64_t passes = 0;
    if (!(words >> command >> passes) || (command != "round" && command != "stages")) {
      return base::invalid_input("expected \"round N\" or \"stages N\", found \"" + line + "\"");
    }
    Json answer = Json::object();
    if (command == "round") {
      answer.set("ns", together ? round(batch, passes) : round(forward, inputs, passes));
    } else {
      INKLING_ASSIGN(auto stages, time_stages(model, readout, precision, inputs, passes));
      answer.set("peak_gflops", peak_gflops()).set("stages", std::move(stages));
    }
    std::cout << answer.to_text() << std::endl;
  }
  return {};
}

Status run(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  Status status = base::invalid_input(
      "usage: dipn_forward make FOLDER | serve FOLDER product|last_and_mean scalar|simd|reduced [batch]");
  if (arguments.size() == 2 && arguments[0] == "make") status = make_fixture(arguments[1]);
  const bool together = arguments.size() == 5 && arguments[4] == "batch";
  if ((arguments.size() == 4 || together) && arguments[0] == "serve") {
    status = serve(arguments[1], arguments[2], arguments[3], together);
  }
  return status;
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("dipn_forward", [&] { return inkling::bench::run(argc, argv); });
}
