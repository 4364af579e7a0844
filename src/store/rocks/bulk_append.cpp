#include "store/rocks/bulk_append.h"

#include <utility>
#include <variant>

#include "store/rocks/completion.h"
#include "store/rocks/encoding.h"
#include "store/rocks/promotion_keys.h"

namespace inkling::store::rocks {

base::Result<std::unique_ptr<RocksBulkAppend>> RocksBulkAppend::begin(const Parts& parts, const StoreOptions& options,
                                                                      std::uint64_t last_sequence, Done done) {
  Contents contents;
  INKLING_ASSIGN(contents.ids, parts.database.holds_any(Family::kIds));
  INKLING_ASSIGN(contents.states, parts.database.holds_any(Family::kStates));
  INKLING_ASSIGN(contents.items, parts.catalogue.any());
  INKLING_ASSIGN(auto tables, BulkTables::make(parts.database, bulk_folder(parts.database)));
  return std::unique_ptr<RocksBulkAppend>(
      new RocksBulkAppend(parts, options, std::move(tables), contents, last_sequence, std::move(done)));
}

RocksBulkAppend::RocksBulkAppend(const Parts& parts, const StoreOptions& options, std::unique_ptr<BulkTables> tables,
                                 const Contents& contents, std::uint64_t last_sequence, Done done)
    : parts_(parts),
      tables_(std::move(tables)),
      database_has_items_(contents.items),
      window_(parts.database, options.id_window_ms),
      ids_(parts.database, window_, *tables_, parts.clock.now_ms(), contents.ids),
      shoppers_(parts.database, *tables_, options.cached_shoppers, contents.states),
      last_sequence_(last_sequence),
      done_(std::move(done)),
      most_part_events_(options.bulk_part_events) {}

RocksBulkAppend::~RocksBulkAppend() {
  if (done_) static_cast<void>(done_(nullptr));
}

base::Status RocksBulkAppend::add(domain::Event& event) {
  INKLING_TRY(failure_);
  failure_ = add_checked(event);
  return failure_;
}

base::Status RocksBulkAppend::add_checked(domain::Event& event) {
  if (auto status = check_ids(event); !status.ok()) return status.within("event \"" + event.id + "\"");
  const IdKey id = id_key(event.id);
  ids_.expect(id);
  shoppers_.expect(event.shopper);
  INKLING_TRY(complete(event));
  json_.clear();
  wire::write_event(event, json_);
  INKLING_ASSIGN(const bool fresh, ids_.insert(event.id, id));
  if (!fresh) {
    ++receipt_.duplicates;
    return {};
  }
  key_.clear();
  append_number(key_, ++last_sequence_);
  INKLING_TRY(tables_->add(Family::kJournal, key_, json_));
  if (!event.shopper.empty()) INKLING_TRY(shoppers_.fold(event, last_sequence_));
  if (const auto* item = std::get_if<domain::Item>(&event.body)) {
    told_.insert_or_assign(item->item, ItemFacts{item->category, item->price});
    items_.insert_or_assign(item->item, json_);
  }
  if (const auto* promotion = std::get_if<domain::Promotion>(&event.body)) {
    promotions_[promotion_key(promotion->promotion)] = last_sequence_;
  }
  ++receipt_.accepted;
  receipt_.last_sequence = last_sequence_;
  return ++part_events_ < most_part_events_ ? base::Status() : cut_part();
}

// Items told in this import count before the catalogue.
base::Status RocksBulkAppend::complete(domain::Event& event) {
  domain::Action* action = incomplete_action(event);
  if (action == nullptr) return {};
  if (const auto told = told_.find(action->item); told != told_.end()) {
    fill(*action, told->second);
    return {};
  }
  if (!database_has_items_) return {};
  INKLING_ASSIGN(const auto facts, parts_.catalogue.facts(action->item, parser_));
  if (facts) fill(*action, *facts);
  return {};
}

base::Status RocksBulkAppend::cut_part() {
  part_events_ = 0;
  INKLING_TRY(ids_.cut());
  INKLING_TRY(shoppers_.cut_index());
  return write_items();
}

base::Status RocksBulkAppend::write_items() {
  for (const auto& [item, json] : items_) INKLING_TRY(tables_->add(Family::kCatalogue, item, json));
  items_.clear();
  return tables_->cut(Family::kCatalogue);
}

base::Status RocksBulkAppend::write_promotions() {
  for (const auto& [key, sequence] : promotions_) {
    key_.clear();
    append_number(key_, sequence);
    INKLING_TRY(tables_->add(Family::kMeta, key, key_));
  }
  return tables_->cut(Family::kMeta);
}

base::Result<BulkAppend::Receipt> RocksBulkAppend::commit() {
  INKLING_TRY(failure_);
  failure_ = base::internal_error("this import was committed before");
  const Done done = std::exchange(done_, nullptr);
  const auto write = [&]() -> base::Status {
    INKLING_TRY(cut_part());
    INKLING_TRY(write_promotions());
    INKLING_TRY(shoppers_.finish());
    return tables_->ingest();
  };
  if (auto status = write(); !status.ok()) {
    static_cast<void>(done(nullptr));
    return status;
  }
  const Outcome outcome = {last_sequence_, shoppers_.largest_state_bytes()};
  INKLING_TRY(done(&outcome));
  return receipt_;
}

}  // namespace inkling::store::rocks
