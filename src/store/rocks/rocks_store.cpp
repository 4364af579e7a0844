#include "store/rocks/rocks_store.h"

#include <utility>

#include "store/rocks/encoding.h"
#include "store/rocks/promotion_keys.h"

namespace inkling::store {
namespace rocks {
namespace {

constexpr std::uint64_t kProgressEveryEvents = 4096;

// Forgets every state and the checkpoint, in one write: the whole journal is then the tail, and a crash while it is
// folded again loses nothing. Shopper ids are UTF-8, which has no 0xff byte, so the range holds them all.
base::Status restart_fold(const Database& database) {
  rocksdb::WriteBatch batch;
  batch.DeleteRange(database.family(Family::kStates), rocksdb::Slice(), "\xff");
  database.put_meta(batch, kCheckpointKey, 0);
  database.put_meta(batch, kFoldVersionKey, state::kFoldVersion);
  return database.write(batch, true);
}

}  // namespace

RocksStore::RocksStore(std::unique_ptr<Database> database, const StoreOptions& options, const base::Clock& clock,
                       const Position& position)
    : options_(options),
      clock_(clock),
      database_(std::move(database)),
      journal_(*database_),
      catalogue_(*database_),
      states_(*database_, options.cached_shoppers),
      committer_({*database_, journal_, catalogue_, states_, gate_, clock}, options),
      queue_([this](std::span<PendingAppend* const> group) { committer_.commit(group); }),
      checkpointer_(
          std::make_unique<Checkpointer>(*database_, states_, gate_, options, position.checkpoint_sequence)) {
  committer_.start_after(position.last_sequence);
  states_.start_after(position.checkpoint_sequence);
}

RocksStore::~RocksStore() {
  // Nobody is left to tell of a failure here, and nothing is lost by one: the journal has it all.
  if (gate_.open()) static_cast<void>(checkpointer_->write());
  checkpointer_.reset();
}

base::Result<std::unique_ptr<Store>> RocksStore::open(const std::string& folder, const StoreOptions& options,
                                                      const base::Clock& clock, const Progress& progress,
                                                      rocksdb::Env* env) {
  INKLING_ASSIGN(auto database,
                 Database::open(folder, options.id_window_ms, clock, {options.write_buffer_bytes, env}));
  remove_bulk_folder(bulk_folder(*database));
  INKLING_ASSIGN(const Position position, find_position(*database));
  std::unique_ptr<RocksStore> store(new RocksStore(std::move(database), options, clock, position));
  INKLING_TRY(store->replay_tail(position, progress));
  INKLING_TRY(store->checkpointer_->start());
  return std::unique_ptr<Store>(std::move(store));
}

base::Result<RocksStore::Position> RocksStore::find_position(const Database& database) {
  INKLING_ASSIGN(const auto fold_version, database.meta(kFoldVersionKey));
  if (fold_version != state::kFoldVersion) INKLING_TRY(restart_fold(database));
  Position position;
  INKLING_ASSIGN(position.last_sequence, Journal(database).last_sequence());
  INKLING_ASSIGN(const auto checkpoint, database.meta(kCheckpointKey));
  position.checkpoint_sequence = checkpoint.value_or(0);
  if (position.checkpoint_sequence > position.last_sequence) {
    return base::corrupt(database.folder() + " is damaged: the checkpoint includes event " +
                         std::to_string(position.checkpoint_sequence) + " but the journal ends at event " +
                         std::to_string(position.last_sequence) + "; restore it from a backup");
  }
  return position;
}

base::Status RocksStore::replay_tail(const Position& position, const Progress& progress) {
  const std::uint64_t total = position.last_sequence - position.checkpoint_sequence;
  std::uint64_t done = 0;
  base::Status status;
  const auto fold = [&](const JournalEntry& entry) {
    status = states_.fold(entry.event, entry.sequence);
    if (status.ok() && checkpointer_->due()) status = checkpointer_->write();
    ++done;
    if (progress && (done % kProgressEveryEvents == 0 || done == total)) progress(done, total);
    return status.ok();
  };
  INKLING_TRY(journal_.read(position.checkpoint_sequence + 1, fold));
  return status;
}

base::Result<AppendReceipt> RocksStore::append(std::span<const domain::Event> events) {
  if (events.empty()) return AppendReceipt();
  const std::shared_lock appending(bulk_mutex_);
  if (bulk_open_) return base::conflict(database_->folder() + " is taking in an import; append when that is over");
  PendingAppend pending;
  INKLING_ASSIGN(pending.prepared, PreparedAppend::make(events, catalogue_));
  queue_.submit(pending);
  INKLING_TRY(pending.status);
  checkpointer_->consider();
  return std::move(pending.receipt);
}

base::Result<std::unique_ptr<BulkAppend>> RocksStore::begin_bulk() {
  const std::unique_lock alone(bulk_mutex_);
  if (bulk_open_)
    return base::conflict(database_->folder() + " is taking in another import; begin when that is over");
  INKLING_TRY(checkpoint());
  // What the import's tables follow on must not be lost where they are kept.
  INKLING_TRY(database_->status_of(database_->db().FlushWAL(true)));
  INKLING_ASSIGN(auto bulk,
                 RocksBulkAppend::begin({*database_, catalogue_, clock_}, options_, states_.folded_sequence(),
                                        [this](const auto* outcome) { return end_bulk(outcome); }));
  bulk_open_ = true;
  return std::unique_ptr<BulkAppend>(std::move(bulk));
}

base::Status RocksStore::end_bulk(const RocksBulkAppend::Outcome* outcome) {
  const std::unique_lock alone(bulk_mutex_);
  bulk_open_ = false;
  if (outcome == nullptr) return {};
  states_.forget_clean();
  catalogue_.forget();
  states_.note_size(outcome->largest_state_bytes);
  states_.start_after(outcome->last_sequence);
  committer_.start_after(outcome->last_sequence);
  // The states on disk have reached it; were this lost, the next start would look at the events once more.
  return checkpointer_->write();
}

base::Status RocksStore::read_journal(std::uint64_t from_sequence, const JournalVisitor& visit) const {
  return journal_.read(from_sequence, visit);
}

base::Status RocksStore::read_shopper(std::string_view shopper, std::uint64_t from_sequence,
                                      const JournalVisitor& visit) const {
  return journal_.read_shopper(shopper, from_sequence, visit);
}

base::Status RocksStore::read_shoppers(const std::function<bool(std::string_view)>& visit) const {
  return journal_.read_shoppers(visit);
}

base::Status RocksStore::read_promotions(const JournalVisitor& visit) const {
  INKLING_ASSIGN(const auto sequences, promotion_sequences(*database_));
  bool more = true;
  for (auto at = sequences.begin(); at != sequences.end() && more; ++at) {
    INKLING_TRY(journal_.read(*at, [&](const JournalEntry& entry) {
      more = visit(entry);
      return false;
    }));
  }
  return {};
}

base::Result<state::ShopperState> RocksStore::shopper_state(std::string_view shopper) {
  return states_.read(shopper);
}

base::Result<domain::Item> RocksStore::item(std::string_view item) const {
  thread_local wire::EventParser parser;
  return catalogue_.item(item, parser);
}

base::Status RocksStore::checkpoint() {
  INKLING_TRY(gate_.check());
  return checkpointer_->write();
}

StoreStatistics RocksStore::statistics() const {
  StoreStatistics statistics;
  statistics.last_sequence = states_.folded_sequence();
  statistics.checkpoint_sequence = checkpointer_->sequence();
  statistics.dirty_shoppers = states_.dirty_count();
  statistics.cached_shoppers = states_.clean_count();
  statistics.largest_state_bytes = states_.largest_state_bytes();
  return statistics;
}

}  // namespace rocks

base::Result<std::unique_ptr<Store>> open_store(const std::string& data_dir, const StoreOptions& options,
                                                const base::Clock& clock, const Progress& progress) {
  return rocks::RocksStore::open(data_dir + "/store", options, clock, progress);
}

}  // namespace inkling::store
