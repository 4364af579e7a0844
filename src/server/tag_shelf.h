// Keeps what the live tag graph says of the items (scene::TaggedItems) in step with both: made anew when items were
// told, when the world moved on or when another graph is live, on a thread of its own. Worlds keep no texts, so an
// item is read from the store once it was told, and again when another graph is live; what was found in all others is
// taken over. Not for the graph (tag_keeper.h).
//
// Freshness: at most once in `least_rest_ms`, and for at most a twentieth of the time. After a start or a new graph
// all items are read, tens of us each; until that is done the last answer stays, or none. Ownership: borrows all
// three. Thread safety: start and stop from one thread, the rest from any. Cost: snapshot() copies one pointer under
// a mutex; items that were told and are not read yet are kept by id, at most kMaxTold; with more of them all are
// read. Failure: the last answer stays, the log says why, and the next round tries again.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "scene/tagged_items.h"
#include "server/tag_keeper.h"
#include "server/world_keeper.h"
#include "store/store.h"

namespace inkling::server {

struct TagShelfStatistics {
  std::uint64_t items_read = 0;  // from the store, since the start
  std::uint64_t made = 0;        // how often
  std::uint64_t sequence = 0;    // of the world that the newest was made over; 0: none
};

class TagShelf {
 public:
  TagShelf(store::Store& store, const WorldKeeper& world, const TagKeeper& tags, LogSink log,
           std::int64_t least_rest_ms)
      : store_(store), world_(world), tags_(tags), log_(std::move(log)), least_rest_ms_(least_rest_ms) {}
  ~TagShelf() { stop(); }

  void start();
  void stop();
  // One round of the thread, by whoever has not started it.
  [[nodiscard]] base::Status follow_once();

  // Of an item event that will be in a world. Does not wait.
  void item_told(std::uint64_t sequence, std::string_view item);

  // Null when no tags are live, or none were live long enough.
  [[nodiscard]] std::shared_ptr<const scene::TaggedItems> snapshot() const;
  // Waits until it was made over a world that has everything up to this entry, or stop(): for tests and figures.
  void await(std::uint64_t sequence) const;
  [[nodiscard]] TagShelfStatistics statistics() const;

 private:
  static constexpr std::size_t kMaxTold = 100'000;
  using Told = std::vector<std::pair<std::uint64_t, std::string>>;  // sequence, item

  void follow();
  [[nodiscard]] bool rest(std::int64_t took_us);
  [[nodiscard]] bool lost_any(std::uint64_t world_sequence);
  [[nodiscard]] bool is_stopping() const;
  [[nodiscard]] Told take_told(std::uint64_t sequence);
  void keep_told(Told told);
  [[nodiscard]] base::Status renew(std::shared_ptr<const TagSnapshot> graph, const index::World& world,
                                   const Told& told);
  [[nodiscard]] base::Result<std::vector<scene::ItemTagsOfRow>> read(const tag::TagGraph& graph,
                                                                     const index::World& world,
                                                                     std::vector<std::uint32_t> rows);
  void exchange(std::shared_ptr<const scene::TaggedItems> next);

  store::Store& store_;
  const WorldKeeper& world_;
  const TagKeeper& tags_;
  LogSink log_;
  std::int64_t least_rest_ms_;
  std::shared_ptr<const TagSnapshot> made_of_;  // of the thread alone

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::shared_ptr<const scene::TaggedItems> snapshot_;
  Told told_;
  std::uint64_t lost_to_ = 0;  // there were too many: the sequence of the last that was dropped; 0: none
  TagShelfStatistics statistics_;
  bool stopping_ = false;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace inkling::server
