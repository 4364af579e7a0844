// An import on its way into the embedded store: journal, ids, per-shopper index, states and catalogue are written as
// sorted tables beside the database, and commit() makes it see all of them in one step. So events cost no write-ahead
// log, no memtable and no compaction, and an import that fails or is killed leaves nothing.
//
// Thread safety: one thread. Bounds: memory stays near 300 MB and StoreOptions::cached_shoppers states, plus two
// bytes an event beyond StoreOptions::bulk_part_events. Failure: kInvalidInput names the event's id; after any
// failure commit() refuses.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/core/clock.h"
#include "base/core/result.h"
#include "domain/event.h"
#include "store/rocks/bulk_ids.h"
#include "store/rocks/bulk_shoppers.h"
#include "store/rocks/bulk_tables.h"
#include "store/rocks/catalogue.h"
#include "store/store.h"

namespace inkling::store::rocks {

class RocksBulkAppend final : public BulkAppend {
 public:
  struct Parts {
    const Database& database;
    Catalogue& catalogue;
    const base::Clock& clock;
  };
  struct Outcome {
    std::uint64_t last_sequence = 0;
    std::size_t largest_state_bytes = 0;
  };
  // Called once, with the outcome of a commit or with null when there was none.
  using Done = std::function<base::Status(const Outcome*)>;

  // Events get sequences behind `last_sequence`.
  [[nodiscard]] static base::Result<std::unique_ptr<RocksBulkAppend>> begin(const Parts& parts,
                                                                            const StoreOptions& options,
                                                                            std::uint64_t last_sequence, Done done);
  ~RocksBulkAppend() override;

  [[nodiscard]] base::Status add(domain::Event& event) override;
  [[nodiscard]] base::Result<Receipt> commit() override;

 private:
  struct Contents {  // of the database, as the import found it
    bool ids = false;
    bool states = false;
    bool items = false;
  };
  RocksBulkAppend(const Parts& parts, const StoreOptions& options, std::unique_ptr<BulkTables> tables,
                  const Contents& contents, std::uint64_t last_sequence, Done done);
  [[nodiscard]] base::Status add_checked(domain::Event& event);
  [[nodiscard]] base::Status complete(domain::Event& event);
  [[nodiscard]] base::Status cut_part();
  [[nodiscard]] base::Status write_items();
  [[nodiscard]] base::Status write_promotions();

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  Parts parts_;
  std::unique_ptr<BulkTables> tables_;
  bool database_has_items_;
  IdWindow window_;
  BulkIds ids_;
  BulkShoppers shoppers_;
  std::uint64_t last_sequence_;
  Done done_;
  std::uint64_t most_part_events_;
  std::uint64_t part_events_ = 0;
  Receipt receipt_;
  base::Status failure_;
  std::unordered_map<std::string, ItemFacts, Hash, std::equal_to<>> told_;  // items of this import
  std::map<std::string, std::string> items_;                                // of this part: item -> newest JSON
  std::map<std::string, std::uint64_t> promotions_;         // of this import: key -> newest sequence
  wire::EventParser parser_;
  std::string key_;
  std::string json_;
};

}  // namespace inkling::store::rocks
