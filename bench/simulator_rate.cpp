// How fast the simulated marketplace with gestures is on one thread: told actions (a browse action, a swipe or a tap
// each), with and without writing them as JSON Lines. For bench/figures/simulator-rate, which judges.
//   simulator_rate SHOPPERS DAYS SEED THREADS ROUNDS      one JSON line: counts, a digest of every byte, seconds
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/hash.h"
#include "sim/marketplace.h"
#include "wire/event_json.h"

namespace {

using namespace inkling;

struct Counts {
  std::uint64_t events = 0;
  std::uint64_t browse = 0;
  std::uint64_t swipes = 0;
  std::uint64_t taps = 0;
  std::uint64_t bytes = 0;
  std::uint64_t digest = 0;

  bool operator==(const Counts&) const = default;

  void add(const domain::Event& event) {
    ++events;
    browse += std::holds_alternative<domain::Action>(event.body) ? 1 : 0;
    const auto* gestures = std::get_if<domain::Gestures>(&event.body);
    if (gestures == nullptr) return;
    swipes += gestures->swipes.size();
    taps += gestures->taps.size();
    // One field a gesture, so that none can be left out.
    for (const auto& swipe : gestures->swipes)
      digest += static_cast<std::uint64_t>(swipe.end_y + 10'001 * swipe.action);
    for (const auto& tap : gestures->taps) digest += static_cast<std::uint64_t>(tap.x + 10'001 * tap.button);
  }
};

struct Run {
  Counts counts;
  double seconds = 0;
};

Run play(const sim::MarketplaceOptions& options, bool writes) {
  Run run;
  std::string text;
  const auto start = std::chrono::steady_clock::now();
  const base::Status status = sim::Marketplace(options).generate([&](domain::Event&& event) {
    run.counts.add(event);
    if (!writes) return base::Status();
    text.clear();
    wire::write_event(event, text);
    run.counts.bytes += text.size() + 1;
    run.counts.digest = base::mix64(run.counts.digest ^ base::name_hash(text));
    return base::Status();
  });
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!status.ok()) {
    std::fprintf(stderr, "simulator_rate: %s\n", status.message().c_str());
    std::exit(1);
  }
  return run;
}

// Every round has to tell the same.
void print(const char* name, const std::vector<Run>& runs) {
  const Counts& counts = runs.front().counts;
  bool same = true;
  for (const Run& run : runs) same = same && run.counts == counts;
  std::printf("\"%s\":{\"events\":%llu,\"browse\":%llu,\"swipes\":%llu,\"taps\":%llu,\"bytes\":%llu,", name,
              static_cast<unsigned long long>(counts.events), static_cast<unsigned long long>(counts.browse),
              static_cast<unsigned long long>(counts.swipes), static_cast<unsigned long long>(counts.taps),
              static_cast<unsigned long long>(counts.bytes));
  std::printf("\"digest\":\"%016llx\",\"same\":%s,\"seconds\":[", static_cast<unsigned long long>(counts.digest),
              same ? "true" : "false");
  for (std::size_t i = 0; i < runs.size(); ++i) std::printf("%s%.4f", i == 0 ? "" : ",", runs[i].seconds);
  std::printf("]}");
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6) {
    std::fputs("usage: simulator_rate SHOPPERS DAYS SEED THREADS ROUNDS\n", stderr);
    return 2;
  }
  const auto number = [&](int place) { return std::strtoull(arguments[place], nullptr, 10); };
  sim::MarketplaceOptions options;
  options.gestures = true;
  options.shoppers = static_cast<std::uint32_t>(number(1));
  options.days = static_cast<std::uint32_t>(number(2));
  options.seed = number(3);
  options.threads = static_cast<std::uint32_t>(number(4));
  std::vector<Run> alone;
  std::vector<Run> written;
  for (std::uint64_t round = 0; round < number(5); ++round) {
    alone.push_back(play(options, false));
    written.push_back(play(options, true));
  }
  std::printf("{");
  print("alone", alone);
  std::printf(",");
  print("written", written);
  std::printf("}\n");
  return 0;
}
