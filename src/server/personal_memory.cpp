#include "server/personal_memory.h"

#include <utility>
#include <variant>
#include <vector>

#include "basket/purchase_reader.h"

namespace inkling::server {
namespace {

std::uint32_t purchases_in(const state::ShopperState& state) {
  return state.groups[state::action_group(domain::ActionKind::kPurchase)].total;
}

bool is_purchase(const domain::Event& event) {
  const auto* action = std::get_if<domain::Action>(&event.body);
  return action != nullptr && action->action == domain::ActionKind::kPurchase;
}

}  // namespace

base::Status PersonalMemory::catch_up(const store::Store& store, std::string_view shopper,
                                      const state::ShopperState& state) {
  const std::uint32_t wanted = purchases_in(state);
  if (wanted == purchases_) return {};
  base::Status status = read_on(store, shopper, wanted);
  if (!status.ok()) *this = {};
  return status;
}

base::Status PersonalMemory::read_on(const store::Store& store, std::string_view shopper, std::uint32_t purchases) {
  std::vector<basket::Purchase> read;
  basket::PurchaseReader reader;
  INKLING_TRY(store.read_shopper(shopper, sequence_ + 1, [&](const store::JournalEntry& entry) {
    if (!is_purchase(entry.event)) return true;
    ++purchases_;
    sequence_ = entry.sequence;
    if (auto purchase = reader.read(entry.event)) read.push_back(*std::move(purchase));
    return purchases_ < purchases;
  }));
  basket::order_by_time(read);
  if (!read.empty() && read.front().ts_ms < newest_ms_) {
    *this = {};
    return read_on(store, shopper, purchases);
  }
  for (const basket::Purchase& purchase : read) history_.add(purchase);
  if (!read.empty()) newest_ms_ = read.back().ts_ms;
  return {};
}

}  // namespace inkling::server
