#include "store/rocks/bulk_shoppers.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/core/hash.h"
#include "store/rocks/encoding.h"
#include "store/rocks/packed_action.h"

namespace inkling::store::rocks {

base::Status BulkShoppers::fold(const domain::Event& event, std::uint64_t sequence) {
  const std::uint32_t shopper = number_of(event.shopper);
  if (packs(event)) {
    pending_.push_back({shopper, static_cast<std::uint32_t>(packed_.size()), sequence});
    pack_action(event, packed_);
  } else {
    pending_.push_back({shopper, kUnpacked | static_cast<std::uint32_t>(unpacked_.size()), sequence});
    unpacked_.push_back(event);
  }
  const bool full = packed_.size() >= kPendingBytes || unpacked_.size() >= kMostUnpacked;
  return full ? fold_pending() : base::Status();
}

void BulkShoppers::expect(std::string_view shopper) const {
  __builtin_prefetch(&slots_[base::name_hash(shopper) & (slots_.size() - 1)]);
}

// Counted, then placed: the order within a shopper stays.
std::vector<BulkShoppers::Pending> BulkShoppers::pending_by_shopper() const {
  std::vector<std::uint32_t> ends(shoppers_.size() + 1);
  for (const Pending& pending : pending_) ++ends[pending.shopper + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<Pending> sorted(pending_.size());
  for (const Pending& pending : pending_) sorted[ends[pending.shopper]++] = pending;
  return sorted;
}

base::Status BulkShoppers::fold_pending() {
  const std::vector<Pending> sorted = pending_by_shopper();
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i + kPrefetch < sorted.size()) {
      const char* const next = packed_.data() + (sorted[i + kPrefetch].place & ~kUnpacked);
      __builtin_prefetch(next);
      __builtin_prefetch(next + 64);
    }
    INKLING_TRY(fold_one(sorted[i]));
  }
  pending_.clear();
  packed_.clear();
  unpacked_.clear();
  return {};
}

base::Status BulkShoppers::fold_one(const Pending& pending) {
  Shopper& shopper = shoppers_[pending.shopper];
  note(shopper, pending.sequence);
  if (!shopper.stored) INKLING_TRY(load(shopper));
  if ((pending.place & kUnpacked) == 0) {
    unpack_action(packed_.data() + pending.place, shopper.id, scratch_);
    state::apply(shopper.stored->state, scratch_);
  } else {
    state::apply(shopper.stored->state, unpacked_[pending.place & ~kUnpacked]);
  }
  shopper.stored->sequence = pending.sequence;
  shopper.used_lately = true;
  return {};
}

std::uint32_t BulkShoppers::number_of(std::string_view id) {
  const std::uint64_t hash = base::name_hash(id);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask; slots_[i].number != 0; i = (i + 1) & mask) {
    const std::uint32_t number = slots_[i].number - 1;
    if (slots_[i].hash == hash && shoppers_[number].id == id) return number;
  }
  Shopper& shopper = shoppers_.emplace_back();
  shopper.id = id;
  shopper.hash = hash;
  if (shoppers_.size() * 2 > slots_.size()) {
    rebuild_slots(slots_.size() * 2);
  } else {
    place(hash, static_cast<std::uint32_t>(shoppers_.size()));
  }
  return static_cast<std::uint32_t>(shoppers_.size() - 1);
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
  INKLING_TRY(fold_pending());
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
