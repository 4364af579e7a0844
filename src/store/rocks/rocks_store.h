// The embedded store: one RocksDB folder, one process. Joins the parts of this folder; each says what it does.
// An append's way: prepared (caller's thread) -> queued -> committed with all who wait -> folded -> acknowledged.
#pragma once

#include <memory>
#include <shared_mutex>
#include <string>

#include "store/rocks/bulk_append.h"
#include "store/rocks/catalogue.h"
#include "store/rocks/checkpointer.h"
#include "store/rocks/commit_queue.h"
#include "store/rocks/committer.h"
#include "store/rocks/database.h"
#include "store/rocks/journal.h"
#include "store/rocks/state_cache.h"
#include "store/rocks/write_gate.h"
#include "store/store.h"

namespace inkling::store::rocks {

class RocksStore final : public Store {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<Store>> open(const std::string& folder,
                                                                 const StoreOptions& options,
                                                                 const base::Clock& clock, const Progress& progress,
                                                                 rocksdb::Env* env = nullptr);
  ~RocksStore() override;  // writes the states out, so that the next start folds nothing

  [[nodiscard]] base::Result<AppendReceipt> append(std::span<const domain::Event> events) override;
  [[nodiscard]] base::Result<std::unique_ptr<BulkAppend>> begin_bulk() override;
  [[nodiscard]] base::Status read_journal(std::uint64_t from_sequence, const JournalVisitor& visit) const override;
  [[nodiscard]] base::Status read_shopper(std::string_view shopper, std::uint64_t from_sequence,
                                          const JournalVisitor& visit) const override;
  [[nodiscard]] base::Status read_shoppers(const std::function<bool(std::string_view)>& visit) const override;
  [[nodiscard]] base::Status read_promotions(const JournalVisitor& visit) const override;
  [[nodiscard]] base::Result<state::ShopperState> shopper_state(std::string_view shopper) override;
  [[nodiscard]] base::Result<domain::Item> item(std::string_view item) const override;
  [[nodiscard]] base::Status checkpoint() override;
  [[nodiscard]] StoreStatistics statistics() const override;

 private:
  // What the disk says at start-up.
  struct Position {
    std::uint64_t last_sequence = 0;
    std::uint64_t checkpoint_sequence = 0;
  };
  RocksStore(std::unique_ptr<Database> database, const StoreOptions& options, const base::Clock& clock,
             const Position& position);
  [[nodiscard]] static base::Result<Position> find_position(const Database& database);
  [[nodiscard]] base::Status replay_tail(const Position& position, const Progress& progress);

  [[nodiscard]] base::Status end_bulk(const RocksBulkAppend::Outcome* outcome);

  StoreOptions options_;
  const base::Clock& clock_;
  std::unique_ptr<Database> database_;
  WriteGate gate_;
  Journal journal_;
  Catalogue catalogue_;
  mutable StateCache states_;
  Committer committer_;
  CommitQueue queue_;
  std::unique_ptr<Checkpointer> checkpointer_;
  std::shared_mutex bulk_mutex_;  // shared by appends on their way
  bool bulk_open_ = false;
};

}  // namespace inkling::store::rocks
