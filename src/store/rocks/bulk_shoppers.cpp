#include "store/rocks/bulk_shoppers.h"

#include <algorithm>
#include <utility>

#include "base/core/hash.h"
#include "store/rocks/encoding.h"
#include "store/rocks/packed_action.h"

namespace inkling::store::rocks {

base::Status BulkShoppers::fold(const domain::Event& event, std::uint64_t sequence) {
  Shopper& shopper = shopper_of(event.shopper);
  note(shopper, sequence);
  if (packs(event)) {
    pend(shopper, event, sequence);
    return packed_.size() < kPendingBytes ? base::Status() : fold_all_pending();
  }
  INKLING_TRY(fold_pending(shopper));
  return fold_now(shopper, event, sequence);
}

void BulkShoppers::expect(std::string_view shopper) const {
  __builtin_prefetch(&slots_[base::name_hash(shopper) & (slots_.size() - 1)]);
}

void BulkShoppers::pend(Shopper& shopper, const domain::Event& event, std::uint64_t sequence) {
  const auto number = static_cast<std::uint32_t>(pending_.size());
  pending_.push_back({packed_.size(), sequence, kNone});
  pack_action(event, packed_);
  if (shopper.first_pending == kNone) {
    shopper.first_pending = number;
  } else {
    pending_[shopper.last_pending].next = number;
  }
  shopper.last_pending = number;
}

base::Status BulkShoppers::fold_now(Shopper& shopper, const domain::Event& event, std::uint64_t sequence) {
  if (!shopper.stored) INKLING_TRY(load(shopper));
  state::apply(shopper.stored->state, event);
  shopper.stored->sequence = sequence;
  shopper.used_lately = true;
  return {};
}

base::Status BulkShoppers::fold_pending(Shopper& shopper) {
  for (std::uint32_t i = shopper.first_pending; i != kNone;) {
    const Pending pending = pending_[i];
    i = pending.next;
    if (i != kNone) __builtin_prefetch(packed_.data() + pending_[i].begin);
    unpack_action(packed_.data() + pending.begin, shopper.id, scratch_);
    INKLING_TRY(fold_now(shopper, scratch_, pending.sequence));
  }
  shopper.first_pending = shopper.last_pending = kNone;
  return {};
}

base::Status BulkShoppers::fold_all_pending() {
  if (pending_.empty()) return {};
  for (Shopper& shopper : shoppers_) INKLING_TRY(fold_pending(shopper));
  pending_.clear();
  packed_.clear();
  return {};
}

BulkShoppers::Shopper& BulkShoppers::shopper_of(std::string_view id) {
  const std::uint64_t hash = base::name_hash(id);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask; slots_[i].number != 0; i = (i + 1) & mask) {
    if (slots_[i].hash != hash) continue;
    Shopper& shopper = shoppers_[slots_[i].number - 1];
    if (shopper.id == id) return shopper;
  }
  Shopper& shopper = shoppers_.emplace_back();
  shopper.id = id;
  shopper.hash = hash;
  if (shoppers_.size() * 2 > slots_.size()) {
    rebuild_slots(slots_.size() * 2);
  } else {
    place(hash, static_cast<std::uint32_t>(shoppers_.size()));
  }
  return shopper;
}

void BulkShoppers::place(std::uint64_t hash, std::uint32_t number) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  while (slots_[i].number != 0) i = (i + 1) & mask;
  slots_[i] = {hash, number};
}

void BulkShoppers::rebuild_slots(std::size_t count) {
  slots_.assign(count, {});
  for (std::size_t i = 0; i < shoppers_.size(); ++i) place(shoppers_[i].hash, static_cast<std::uint32_t>(i + 1));
}

void BulkShoppers::note(Shopper& shopper, std::uint64_t sequence) {
  if (shopper.postings.size() >= kPostingsBytes) {
    shopper.full_runs.emplace_back(shopper.first_sequence, std::move(shopper.postings));
    shopper.postings.clear();
    shopper.first_sequence = 0;
  }
  if (shopper.first_sequence == 0) {
    shopper.first_sequence = sequence;
  } else {
    append_posting(shopper.postings, sequence - shopper.last_sequence);
  }
  shopper.last_sequence = sequence;
}

base::Status BulkShoppers::load(Shopper& shopper) {
  if (state_count_ >= capacity_) INKLING_TRY(make_room());
  std::string bytes;
  bool found = false;
  if (spill_) {
    INKLING_ASSIGN(found, spill_->get(shopper.id, bytes));
  }
  if (!found && database_has_states_) {
    const auto status = database_.db().Get({}, database_.family(Family::kStates), shopper.id, &bytes);
    found = !status.IsNotFound();
    if (found) INKLING_TRY(database_.status_of(status));
  }
  auto stored = std::make_unique<StoredState>();
  if (found) {
    INKLING_ASSIGN(*stored, read_stored_state(bytes, database_.folder(), shopper.id));
  }
  shopper.stored = std::move(stored);
  ++state_count_;
  return {};
}

base::Status BulkShoppers::make_room() {
  if (!spill_) {
    INKLING_ASSIGN(spill_, StateSpill::open(tables_.folder() + "/states"));
  }
  while (true) {
    Shopper& shopper = shoppers_[hand_ % shoppers_.size()];
    ++hand_;
    if (!shopper.stored || std::exchange(shopper.used_lately, false)) continue;
    INKLING_TRY(spill_->put(shopper.id, encoded(shopper)));
    shopper.stored.reset();
    --state_count_;
    return {};
  }
}

std::string BulkShoppers::encoded(const Shopper& shopper) {
  std::string bytes = stored_state_bytes(shopper.stored->sequence, shopper.stored->state);
  largest_state_bytes_ = std::max(largest_state_bytes_, bytes.size() - kNumberBytes);
  return bytes;
}

std::vector<const BulkShoppers::Shopper*> BulkShoppers::in_order_of_id() const {
  std::vector<const Shopper*> sorted;
  sorted.reserve(shoppers_.size());
  for (const Shopper& shopper : shoppers_) sorted.push_back(&shopper);
  std::sort(sorted.begin(), sorted.end(), [](const Shopper* a, const Shopper* b) { return a->id < b->id; });
  return sorted;
}

base::Status BulkShoppers::cut_index() {
  INKLING_TRY(fold_all_pending());
  std::string key;
  const auto add = [&](const Shopper& shopper, std::uint64_t first, const std::string& postings) {
    key.clear();
    append_shopper_key(key, shopper.id, first);
    return tables_.add(Family::kByShopper, key, postings);
  };
  for (const Shopper* shopper : in_order_of_id()) {
    for (const auto& [first, postings] : shopper->full_runs) INKLING_TRY(add(*shopper, first, postings));
    if (shopper->first_sequence != 0) INKLING_TRY(add(*shopper, shopper->first_sequence, shopper->postings));
  }
  forget_empty();
  return tables_.cut(Family::kByShopper);
}

// Keeps who has a state in memory, without the index that was written.
void BulkShoppers::forget_empty() {
  std::erase_if(shoppers_, [](const Shopper& shopper) { return !shopper.stored; });
  for (Shopper& shopper : shoppers_) {
    shopper.first_sequence = 0;
    shopper.postings = {};
    shopper.full_runs = {};
  }
  hand_ = 0;
  rebuild_slots(slots_.size());
}

base::Status BulkShoppers::finish() {
  const auto add = [&](std::string_view id, std::string_view bytes) {
    return tables_.add(Family::kStates, id, bytes);
  };
  const auto sorted = in_order_of_id();
  auto next = sorted.begin();
  // A state in memory is newer than the same shopper's that was put aside.
  const auto add_up_to = [&](std::string_view id) -> base::Status {
    for (; next != sorted.end() && (*next)->id < id; ++next) {
      if ((*next)->stored) INKLING_TRY(add((*next)->id, encoded(**next)));
    }
    return {};
  };
  const auto add_put_aside = [&](std::string_view id, std::string_view bytes) -> base::Status {
    INKLING_TRY(add_up_to(id));
    const bool newer = next != sorted.end() && (*next)->id == id && (*next)->stored;
    return newer ? base::Status() : add(id, bytes);
  };
  if (spill_) INKLING_TRY(spill_->read(add_put_aside));
  for (; next != sorted.end(); ++next) {
    if ((*next)->stored) INKLING_TRY(add((*next)->id, encoded(**next)));
  }
  return {};
}

}  // namespace inkling::store::rocks
