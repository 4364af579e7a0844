// Keeps the newest snapshot of the marketplace (index::World, the promotions in force, and the goods in the order of
// prices with the live packages' vectors): reads the journal once at the start, then its tail whenever events were
// appended, on a thread of its own. So worlds follow journal order, however appends overlap, and no HTTP thread ever
// folds or publishes.
//
// Freshness: a new world at most once in `least_rest_ms`, and at most a twentieth of the time goes into publishing; a
// busy journal is published at least once every kPublishEvents events of catching up. Ownership: borrows the store.
// Thread safety: read_journal and start from one thread, the rest from any. Cost: world() copies one pointer under a
// mutex. Failure: read_journal as the store; later the last world stays, the log says why, and the next append tries
// again.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

#include "base/core/result.h"
#include "index/world_builder.h"
#include "offer/promotion_book.h"
#include "scene/steady_time.h"
#include "server/server.h"
#include "server/vector_shelf.h"
#include "store/store.h"

namespace inkling::server {

struct WorldKeeperStatistics {
  std::uint64_t sequence = 0;  // of the newest world
  std::uint64_t items = 0;
  std::uint64_t refused_items = 0;  // events about items that the bounds have no room for
  std::uint64_t publications = 0;
  std::uint64_t vectors_sequence = 0;  // of the newest world that the vectors' goods were held against
};

// What is known of the marketplace at one moment. Never null.
struct WorldSnapshot {
  std::shared_ptr<const index::World> world = std::make_shared<const index::World>();
  std::shared_ptr<const offer::PromotionBook> offers = std::make_shared<const offer::PromotionBook>();
  // Of this world or of one a little older (vector_shelf.h).
  std::shared_ptr<const index::VectorSlabs> vectors = std::make_shared<const index::VectorSlabs>();
};

class WorldKeeper {
 public:
  using Also = std::function<void(const store::JournalEntry&)>;

  // `least_rest_ms`: from one world to the next; slabs of the packages' vectors follow at most every fifth time.
  WorldKeeper(store::Store& store, LogSink log, std::int64_t least_rest_ms, VectorPackages vectors = {})
      : store_(store),
        log_(std::move(log)),
        least_rest_ms_(least_rest_ms),
        vectors_(std::move(vectors), kRestsPerSlab * least_rest_ms, time_) {}
  ~WorldKeeper() { stop(); }

  // The newest `max_events` events of the journal; waits until they are folded, and logs how far it is.
  // `also` is shown each of them.
  [[nodiscard]] base::Status read_journal(std::uint64_t max_events, const Also& also = {});
  // From here on the tail is followed, and `also` shown each event of it before a world has it. Once.
  void start(Also also = {});
  void stop();

  // After an append returned ok. Does not wait.
  void events_appended();

  [[nodiscard]] WorldSnapshot snapshot() const;
  [[nodiscard]] std::shared_ptr<const index::World> world() const { return snapshot().world; }
  // Waits until a world has everything up to this entry, or stop(): for tests and figures.
  void await(std::uint64_t sequence) const;
  // The same for the vectors' goods, which follow the world; without a package there is nothing to wait for.
  void await_vectors(std::uint64_t sequence) const;
  [[nodiscard]] WorldKeeperStatistics statistics() const;

 private:
  static constexpr std::int64_t kRestsPerSlab = 5;

  void follow();
  [[nodiscard]] bool wait_for_events();
  [[nodiscard]] base::Status fold_tail(std::uint64_t total, const Also& also);
  [[nodiscard]] base::Status fold(const store::JournalEntry& entry);
  void tell(const domain::Event& event);
  [[nodiscard]] base::Status know(std::string_view item);
  void publish();
  void follow_with_vectors();
  void rest();
  void say_progress(std::uint64_t done, std::uint64_t total) const;

  store::Store& store_;
  LogSink log_;
  std::int64_t least_rest_ms_;
  index::WorldBuilder builder_;  // of read_journal, then of the thread
  offer::PromotionShelf shelf_;  // likewise
  scene::SystemSteadyTime time_;
  VectorShelf vectors_;  // likewise
  Also also_;            // of the thread
  std::uint64_t next_sequence_ = 1;
  bool reads_whole_journal_ = true;  // what is not known was never told
  std::uint64_t folded_ = 0;         // since the last publication

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  WorldSnapshot snapshot_;
  WorldKeeperStatistics statistics_;
  std::int64_t publish_took_us_ = 0;
  bool appended_ = false;
  bool stopping_ = false;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace inkling::server
