// What a data folder holds, read through the store's own interface after the server died.
// Not for judging it: judge.h. Cost: everything in memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/event.h"

namespace inkling::bench {

struct WorldEntry {
  std::uint64_t sequence = 0;
  domain::Event event;
};

struct World {
  std::vector<WorldEntry> entries;               // the journal
  std::map<std::string, std::string> states;     // shopper -> state::encode
  std::map<std::string, std::string> catalogue;  // item -> its newest event's item, canonical
};

// Recovers the folder as any start does. Throws std::runtime_error when it is refused.
[[nodiscard]] World read_world(const std::string& data_dir);
// Of an item told by the journal, as World::catalogue holds it.
[[nodiscard]] std::string item_text(const domain::Item& item);

}  // namespace inkling::bench
