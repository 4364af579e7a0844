// What an import left, for bench/figures/import-rate: counts, every n-th journal entry as it lies there, and whether
// states are what their shoppers' events fold to. Prints one JSON object. Arguments: data folder, n.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "state/shopper_state.h"
#include "store/store.h"
#include "wire/event_json.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Result;
using base::Status;

// The import is over, so what the clock says does not matter.
const base::FixedClock kClock(0);

Status add_journal(const store::Store& store, std::uint64_t every, Json& out) {
  std::uint64_t events = 0;
  Json sample = Json::array();
  INKLING_TRY(store.read_journal(1, [&](const store::JournalEntry& entry) {
    if (events++ % every == 0) {
      std::string json;
      wire::write_event(entry.event, json);
      sample.push(json);
    }
    return true;
  }));
  out.set("events", static_cast<std::int64_t>(events));
  out.set("sample", std::move(sample));
  return {};
}

Result<bool> state_is_fold(store::Store& store, const std::string& shopper) {
  state::ShopperState folded;
  INKLING_TRY(store.read_shopper(shopper, 0, [&](const store::JournalEntry& entry) {
    state::apply(folded, entry.event);
    return true;
  }));
  INKLING_ASSIGN(const state::ShopperState stored, store.shopper_state(shopper));
  return state::encode(stored) == state::encode(folded);
}

Status add_shoppers(store::Store& store, std::uint64_t every, Json& out) {
  std::uint64_t shoppers = 0;
  std::vector<std::string> chosen;
  INKLING_TRY(store.read_shoppers([&](std::string_view shopper) {
    if (shoppers++ % every == 0) chosen.emplace_back(shopper);
    return true;
  }));
  std::int64_t equal = 0;
  for (const std::string& shopper : chosen) {
    INKLING_ASSIGN(const bool same, state_is_fold(store, shopper));
    equal += same ? 1 : 0;
  }
  out.set("shoppers", static_cast<std::int64_t>(shoppers));
  out.set("states_compared", static_cast<std::int64_t>(chosen.size()));
  out.set("states_equal", equal);
  return {};
}

Status run(const std::string& data, std::uint64_t every) {
  Json out = Json::object();
  std::int64_t folded_at_start = 0;
  INKLING_ASSIGN(const auto store, store::open_store(data, {}, kClock, [&](std::uint64_t done, std::uint64_t) {
                   folded_at_start = static_cast<std::int64_t>(done);
                 }));
  out.set("last_sequence", static_cast<std::int64_t>(store->statistics().last_sequence));
  out.set("folded_at_start", folded_at_start);
  INKLING_TRY(add_journal(*store, every, out));
  INKLING_TRY(add_shoppers(*store, every / 100 + 1, out));
  std::puts(out.to_text().c_str());
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: import_contents DATA EVERY\n", stderr);
    return 2;
  }
  const auto status = inkling::bench::run(arguments[1], std::strtoull(arguments[2], nullptr, 10));
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
