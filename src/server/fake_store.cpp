#include "server/fake_store.h"

#include <utility>
#include <variant>

namespace inkling::server {

base::Result<store::AppendReceipt> FakeStore::append(std::span<const domain::Event> events) {
  std::unique_lock lock(mutex_);
  ++waiting_;
  changed_.notify_all();
  changed_.wait(lock, [&] { return !door_shut_; });
  --waiting_;
  if (fault_) return *fault_;
  for (const auto& event : events) {
    if (!refused_id_.empty() && event.id == refused_id_) return base::invalid_input("id: it is refused");
  }
  store::AppendReceipt receipt;
  for (const auto& event : events) {
    const bool fresh = ids_.insert(event.id).second;
    receipt.is_duplicate.push_back(!fresh);
    if (!fresh) {
      ++receipt.duplicates;
      continue;
    }
    ++receipt.accepted;
    journal_.push_back({journal_.size() + 1, event});
    if (const auto* item = std::get_if<domain::Item>(&event.body)) {
      const std::lock_guard catalogue_lock(catalogue_mutex_);
      catalogue_[item->item] = *item;
    }
    if (!event.shopper.empty()) state::apply(states_[event.shopper], event);
  }
  receipt.last_sequence = journal_.size();
  return receipt;
}

base::Status FakeStore::read_journal(std::uint64_t from_sequence, const store::JournalVisitor& visit) const {
  const std::lock_guard lock(mutex_);
  for (const auto& entry : journal_) {
    if (entry.sequence >= from_sequence && !visit(entry)) break;
  }
  return base::Status::ok_status();
}

base::Status FakeStore::read_shopper(std::string_view shopper, std::uint64_t from_sequence,
                                     const store::JournalVisitor& visit) const {
  INKLING_TRY(read_journal(from_sequence, [&](const store::JournalEntry& entry) {
    return entry.event.shopper != shopper || visit(entry);
  }));
  const std::lock_guard lock(mutex_);
  return reading_fault_ ? *reading_fault_ : base::Status();
}

base::Status FakeStore::read_shoppers(const std::function<bool(std::string_view)>& visit) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [shopper, state] : states_) {
    if (!visit(shopper)) break;
  }
  return base::Status::ok_status();
}

base::Status FakeStore::read_promotions(const store::JournalVisitor& visit) const {
  std::map<std::string, std::uint64_t> newest;
  const auto promotion_of = [](const store::JournalEntry& entry) {
    return std::get_if<domain::Promotion>(&entry.event.body);
  };
  INKLING_TRY(read_journal(1, [&](const store::JournalEntry& entry) {
    if (const auto* promotion = promotion_of(entry)) newest[promotion->promotion] = entry.sequence;
    return true;
  }));
  return read_journal(1, [&](const store::JournalEntry& entry) {
    const auto* promotion = promotion_of(entry);
    return promotion == nullptr || newest[promotion->promotion] != entry.sequence || visit(entry);
  });
}

base::Result<state::ShopperState> FakeStore::shopper_state(std::string_view shopper) {
  const std::lock_guard lock(mutex_);
  if (fault_) return *fault_;
  const auto found = states_.find(shopper);
  return found == states_.end() ? state::ShopperState{} : found->second;
}

// The catalogue has a lock of its own: it may be asked while the journal is read.
base::Result<domain::Item> FakeStore::item(std::string_view item) const {
  const std::lock_guard lock(catalogue_mutex_);
  if (items_fault_) return *items_fault_;
  if (const auto told = catalogue_.find(item); told != catalogue_.end()) return told->second;
  return base::not_found("item: \"" + std::string(item) + "\" was never told");
}

void FakeStore::fail_items(std::optional<base::Status> fault) {
  const std::lock_guard lock(catalogue_mutex_);
  items_fault_ = std::move(fault);
}

store::StoreStatistics FakeStore::statistics() const {
  const std::lock_guard lock(mutex_);
  return {.last_sequence = journal_.size()};
}

void FakeStore::shut_door() {
  const std::lock_guard lock(mutex_);
  door_shut_ = true;
}

void FakeStore::open_door() {
  const std::lock_guard lock(mutex_);
  door_shut_ = false;
  changed_.notify_all();
}

void FakeStore::await_waiting(int count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_ >= count; });
}

void FakeStore::refuse_id(std::string id) {
  const std::lock_guard lock(mutex_);
  refused_id_ = std::move(id);
}

void FakeStore::set_fault(std::optional<base::Status> fault) {
  const std::lock_guard lock(mutex_);
  fault_ = std::move(fault);
}

void FakeStore::fail_reading(std::optional<base::Status> fault) {
  const std::lock_guard lock(mutex_);
  reading_fault_ = std::move(fault);
}

}  // namespace inkling::server
