// dipn_event FOLDER READOUT SHOPPERS full|streamed: keeps SHOPPERS memories with full windows, on the packages and
// the inputs of dipn_forward, and says its arithmetic and the bytes of a memory as one JSON line. Then it answers
// each line "round N" on standard input with one JSON line: the nanoseconds of N events, the shoppers in turn. An
// event is one new record in the longest view and the logits that follow. "check N" has N more events and says how
// far the probabilities of streamed and full computation lie apart at most, and how much those probabilities deviate.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <sstream>
#include <string>

#include "base/core/json.h"
#include "base/core/random.h"
#include "bench/dipn_forward/fixture.h"
#include "bench/run_program.h"
#include "hwy/targets.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Status;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kTargets = 2;
constexpr std::size_t kView = 0;  // the longest

class Shoppers {
 public:
  Shoppers(ForwardModel model, const std::vector<ForwardInput>& inputs, std::size_t count, bool streamed)
      : model_(std::move(model)), inputs_(inputs), workspace_(model_.scorer->new_workspace()) {
    features_ = model_.scorer->blueprint().spec().views[kView].features.size();
    records_ = inputs_.front().ids[kView].size() / features_;
    for (std::size_t i = 0; i < count; ++i) memories_.push_back(filled(i, streamed));
  }

  // Nanoseconds until the logits of the next shopper, after one more record.
  std::int64_t event() {
    const std::size_t at = next_++ % memories_.size();
    const auto record = drawn_record();
    const auto start = Clock::now();
    model_.scorer->advance(kView, record, *memories_[at], *workspace_);
    model_.scorer->score_encoded(*memories_[at], true, {}, {}, *workspace_, logits_);
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count();
  }

  // On shoppers of its own, so that the two forms go through the same records from the same beginning.
  Json check(std::size_t events) {
    const auto full = filled(next_, false), streamed = filled(next_, true);
    double largest = 0, sum = 0, squares = 0;
    for (std::size_t i = 0; i < events; ++i) {
      const auto record = drawn_record();
      std::vector<double> probabilities;
      for (auto* memory : {full.get(), streamed.get()}) {
        model_.scorer->advance(kView, record, *memory, *workspace_);
        model_.scorer->score_encoded(*memory, true, {}, {}, *workspace_, logits_);
        for (const float logit : logits_) probabilities.push_back(1 / (1 + std::exp(-static_cast<double>(logit))));
      }
      for (std::size_t k = 0; k < kTargets; ++k) {
        largest = std::max(largest, std::abs(probabilities[k] - probabilities[kTargets + k]));
      }
      sum += probabilities[0], squares += probabilities[0] * probabilities[0];
    }
    const auto count = static_cast<double>(events);
    Json answer = Json::object();
    answer.set("largest_difference", largest);
    answer.set("deviation", std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count))));
    return answer;
  }

  [[nodiscard]] std::size_t memory_bytes() const { return memories_.front()->memory_bytes(); }

 private:
  std::unique_ptr<feature::ScorerMemory> filled(std::size_t input, bool streamed) {
    auto memory = model_.scorer->new_memory();
    model_.scorer->set_streaming(*memory, streamed);
    const ForwardInput& from = inputs_[input % inputs_.size()];
    for (std::size_t v = 0; v < from.ids.size(); ++v) model_.scorer->advance(v, from.ids[v], *memory, *workspace_);
    return memory;
  }
  std::span<const std::uint32_t> drawn_record() {
    const ForwardInput& from = inputs_[random_.below(inputs_.size())];
    return std::span(from.ids[kView]).subspan(random_.below(records_) * features_, features_);
  }

  ForwardModel model_;
  const std::vector<ForwardInput>& inputs_;
  std::unique_ptr<feature::ScorerWorkspace> workspace_;
  std::vector<std::unique_ptr<feature::ScorerMemory>> memories_;
  std::vector<float> logits_ = std::vector<float>(kTargets);
  base::Random random_{20261122};
  std::size_t features_ = 0, records_ = 0, next_ = 0;
};

Status serve(const std::string& folder, const std::string& readout, std::size_t count, bool streamed) {
  INKLING_ASSIGN(auto model, load_model(folder, readout, math::Precision::kFloat, math::simd_kernels()));
  INKLING_ASSIGN(const auto inputs, load_inputs(folder));
  Shoppers shoppers(std::move(model), inputs, count, streamed);
  Json hello = Json::object();
  const auto targets = hwy::SupportedAndGeneratedTargets();
  hello.set("instruction_set", targets.empty() ? "scalar" : hwy::TargetName(targets.front()));
  hello.set("memory_bytes", static_cast<std::int64_t>(shoppers.memory_bytes()));
  std::cout << hello.to_text() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string command;
    std::int64_t events = 0;
    if (!(words >> command >> events) || events < 1 || (command != "round" && command != "check")) {
      return base::invalid_input("expected \"round N\" or \"check N\", found \"" + line + "\"");
    }
    Json answer = Json::object();
    if (command == "check") {
      answer = shoppers.check(static_cast<std::size_t>(events));
    } else {
      Json times = Json::array();
      for (std::int64_t i = 0; i < events; ++i) times.push(shoppers.event());
      answer.set("ns", std::move(times));
    }
    std::cout << answer.to_text() << std::endl;
  }
  return {};
}

Status run(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  Status status =
      base::invalid_input("usage: dipn_event FOLDER product|last_and_mean SHOPPERS full|streamed (SHOPPERS >= 1)");
  if (arguments.size() == 4 && std::atoi(arguments[2].c_str()) >= 1) {
    status = serve(arguments[0], arguments[1], static_cast<std::size_t>(std::atoi(arguments[2].c_str())),
                   arguments[3] == "streamed");
  }
  return status;
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("dipn_event", [&] { return inkling::bench::run(argc, argv); });
}
