#include "bench/kill_durability/world.h"

#include <set>

#include "base/system_clock.h"
#include "bench/replay_equals_online/value_of.h"
#include "store/store.h"
#include "wire/event_json.h"

namespace inkling::bench {

World read_world(const std::string& data_dir) {
  const base::SystemClock clock;
  const auto store = value_of(store::open_store(data_dir, {}, clock));
  World world;
  std::set<std::string> items;
  expect_ok(store->read_journal(1, [&](const store::JournalEntry& entry) {
    world.entries.push_back({entry.sequence, entry.event});
    if (const auto* item = std::get_if<domain::Item>(&entry.event.body)) items.insert(item->item);
    return true;
  }));
  std::vector<std::string> shoppers;
  expect_ok(store->read_shoppers([&](std::string_view shopper) {
    shoppers.emplace_back(shopper);
    return true;
  }));
  for (const auto& shopper : shoppers) {
    world.states[shopper] = state::encode(value_of(store->shopper_state(shopper)));
  }
  for (const auto& item : items) world.catalogue[item] = item_text(value_of(store->item(item)));
  return world;
}

std::string item_text(const domain::Item& item) {
  domain::Event event;
  event.body = item;
  std::string text;
  wire::write_event(event, text);
  return text;
}

}  // namespace inkling::bench
