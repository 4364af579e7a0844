// Behaviour out of event logs: items with a category are posts, searches with words are searches, clicks and views
// are clicks, calls, chats and purchases are conversions. Everything else in a log is passed over.
//
// A post's category is the last of its path; what an item was last told to be counts. Steps on items that no line
// tells of are counted and left out. Ownership: owns what it reads. Thread safety: one thread. Cost: parsing, about a
// microsecond an event; all steps are kept, 24 bytes each. Failure: kInvalidInput with file and line, kNotFound, kIo.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "mining/categories/behaviour.h"

namespace inkling::categories {

struct BehaviourLog {
  Behaviour behaviour;
  std::uint64_t lines = 0;
  std::uint64_t unknown_items = 0;  // steps left out
};

// Files as JSON Lines of events, plain, .gz or .zst; their order does not matter but for items told twice. Calls
// `on_progress` now and then with the lines read so far.
[[nodiscard]] base::Result<BehaviourLog> read_behaviour(const std::vector<std::string>& files,
                                                        const std::function<void(std::uint64_t)>& on_progress = {});

}  // namespace inkling::categories
