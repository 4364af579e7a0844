#include "bench/kill_durability/plant.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace inkling::bench {
namespace {

struct Fault {
  const char* what;
  void (*plant)(World& world, std::size_t at);
  std::uint64_t Findings::*count;
};

constexpr Fault kFaults[] = {
    {"an acknowledged event is gone",
     [](World& world, std::size_t at) {
       world.entries.erase(world.entries.begin() + static_cast<std::ptrdiff_t>(at));
     },
     &Findings::missing},
    {"a sequence is left out",
     [](World& world, std::size_t at) {
       for (std::size_t i = at; i < world.entries.size(); ++i) ++world.entries[i].sequence;
     },
     &Findings::holes},
    {"an event is there twice",
     [](World& world, std::size_t at) {
       world.entries.push_back({world.entries.back().sequence + 1, world.entries[at].event});
     },
     &Findings::repeated},
    {"an event that nobody sent", [](World& world, std::size_t at) { world.entries[at].event.id = "nobody"; },
     &Findings::never_sent},
    {"one millisecond more in one event", [](World& world, std::size_t at) { ++world.entries[at].event.ts_ms; },
     &Findings::altered},
    {"the events in another order",
     [](World& world, std::size_t) {
       const std::size_t last = world.entries.size() - 1;
       for (std::size_t i = 0; i < last - i; ++i) std::swap(world.entries[i].event, world.entries[last - i].event);
     },
     &Findings::disordered},
    {"a body of which one event is missing",
     [](World& world, std::size_t at) {
       world.entries.erase(world.entries.begin() + static_cast<std::ptrdiff_t>(at));
     },
     &Findings::torn_batches},
    {"one bit of one state", [](World& world, std::size_t) { world.states.begin()->second.back() ^= 1; },
     &Findings::wrong_states},
    {"an older fact of one item", [](World& world, std::size_t) { world.catalogue.begin()->second.insert(1, " "); },
     &Findings::wrong_catalogue},
};

// An acknowledged event in the middle whose body had others too, so that every fault can be seen there.
std::size_t place_for(std::span<const ClientLedger* const> ledgers, const World& world) {
  std::unordered_set<std::string> fit;
  for (const ClientLedger* ledger : ledgers) {
    for (std::size_t i = 1; i < ledger->events.size(); ++i) {
      const SentEvent& sent = ledger->events[i];
      if (sent.acknowledged && sent.batch == ledger->events[i - 1].batch) fit.insert(sent.id);
    }
  }
  const auto middle = world.entries.begin() + static_cast<std::ptrdiff_t>(world.entries.size() / 2);
  const auto place = std::find_if(middle, world.entries.end(),
                                  [&](const WorldEntry& entry) { return fit.contains(entry.event.id); });
  return static_cast<std::size_t>(std::min(place, std::prev(world.entries.end())) - world.entries.begin());
}

}  // namespace

std::vector<Planted> plant_and_judge(std::span<const ClientLedger* const> ledgers, const World& world) {
  const std::size_t at = place_for(ledgers, world);
  std::vector<Planted> planted;
  for (const Fault& fault : kFaults) {
    World broken = world;
    fault.plant(broken, at);
    planted.push_back({fault.what, judge(ledgers, broken).*fault.count});
  }
  return planted;
}

}  // namespace inkling::bench
