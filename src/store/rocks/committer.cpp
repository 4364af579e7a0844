#include "store/rocks/committer.h"

#include <variant>

#include "store/rocks/promotion_keys.h"

namespace inkling::store::rocks {

void Committer::commit(std::span<PendingAppend* const> group) {
  const base::Status status = commit_all(group);
  if (status.ok()) return;
  for (PendingAppend* pending : group) {
    pending->receipt = {};
    pending->status = status;
  }
}

base::Status Committer::commit_all(std::span<PendingAppend* const> group) {
  INKLING_TRY(parts_.gate.check());
  const std::int64_t now_ms = parts_.clock.now_ms();
  INKLING_TRY(mark_duplicates(group, now_ms));
  batch_.Clear();
  std::uint64_t sequence = last_sequence_;
  for (PendingAppend* pending : group) add_to_batch(*pending, now_ms, sequence);
  if (sequence == last_sequence_) return {};
  if (auto status = parts_.database.write(batch_, sync_); !status.ok()) {
    parts_.gate.shut(status);
    return status;
  }
  std::uint64_t folded = last_sequence_;
  last_sequence_ = sequence;
  for (const PendingAppend* pending : group) {
    if (auto status = fold(*pending, folded); !status.ok()) {
      parts_.gate.shut(status);
      return status;
    }
  }
  return {};
}

base::Status Committer::mark_duplicates(std::span<PendingAppend* const> group, std::int64_t now_ms) {
  group_ids_.clear();
  new_ids_.clear();
  for (const PendingAppend* pending : group) {
    for (std::size_t i = 0; i < pending->prepared.size(); ++i) group_ids_.push_back(pending->prepared.event(i).id);
  }
  INKLING_TRY(ids_.look_up(group_ids_, now_ms, seen_));
  std::size_t next = 0;
  for (PendingAppend* pending : group) {
    auto& duplicate = pending->receipt.is_duplicate;
    duplicate.resize(pending->prepared.size());
    for (std::size_t i = 0; i < duplicate.size(); ++i, ++next) {
      duplicate[i] = seen_[next] || !new_ids_.insert(group_ids_[next]).second;
    }
  }
  return {};
}

void Committer::add_to_batch(PendingAppend& pending, std::int64_t now_ms, std::uint64_t& sequence) {
  AppendReceipt& receipt = pending.receipt;
  for (std::size_t i = 0; i < pending.prepared.size(); ++i) {
    if (receipt.is_duplicate[i]) {
      ++receipt.duplicates;
      continue;
    }
    const domain::Event& event = pending.prepared.event(i);
    const std::string_view json = pending.prepared.json(i);
    ++sequence;
    parts_.journal.add(batch_, sequence, event.shopper, json);
    ids_.add(batch_, event.id, now_ms);
    if (const auto* item = std::get_if<domain::Item>(&event.body)) parts_.catalogue.add(batch_, *item, json);
    if (const auto* promotion = std::get_if<domain::Promotion>(&event.body)) {
      parts_.database.put_meta(batch_, promotion_key(promotion->promotion), sequence);
    }
    ++receipt.accepted;
    receipt.last_sequence = sequence;
  }
}

base::Status Committer::fold(const PendingAppend& pending, std::uint64_t& sequence) {
  for (std::size_t i = 0; i < pending.prepared.size(); ++i) {
    if (pending.receipt.is_duplicate[i]) continue;
    const domain::Event& event = pending.prepared.event(i);
    INKLING_TRY(parts_.states.fold(event, ++sequence));
    if (const auto* item = std::get_if<domain::Item>(&event.body)) parts_.catalogue.remember(*item);
  }
  return {};
}

}  // namespace inkling::store::rocks
