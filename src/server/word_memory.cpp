#include "server/word_memory.h"

#include <variant>

namespace inkling::server {
namespace {

constexpr std::size_t kSearches = static_cast<std::size_t>(state::ActionGroup::kSearch);

}  // namespace

base::Status WordMemory::catch_up(const store::Store& store, std::string_view shopper,
                                  const state::ShopperState& state) {
  const std::uint32_t wanted = state.groups[kSearches].total;
  if (told_ == wanted) return {};
  base::Status status = store.read_shopper(shopper, sequence_ + 1, [&](const store::JournalEntry& entry) {
    const auto* action = std::get_if<domain::Action>(&entry.event.body);
    if (action == nullptr || state::action_group(action->action) != kSearches) return true;
    words_.add(entry.event.ts_ms, *action);
    sequence_ = entry.sequence;
    return ++told_ < wanted;
  });
  if (!status.ok()) *this = {};
  return status;
}

}  // namespace inkling::server
