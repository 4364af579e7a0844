// Keeps the live tag graph: the package that the registry calls live with the editors' decisions laid over it. Looks
// at the registry once a second and whenever an edit was taken; makes the next graph on a thread of its own and
// exchanges it whole, so requests under way keep the one that they began with. Not for what is told of a tag
// (tag_json.h).
//
// Ownership: owns graph and file of edits; `data_folder` may be empty, then there are no tags. Thread safety: prepare
// and start from one thread, the rest from any. Cost: snapshot() copies one pointer under a mutex; a new graph costs
// its package's opening, and with edits telling it once more. Failure: prepare as the registry, the package and the
// file of edits; later the last graph stays and the log says why.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "server/live_watch.h"
#include "server/server.h"
#include "tag/edit_log.h"
#include "tag/incoming_edges.h"
#include "tag/tag_graph.h"

namespace inkling::server {

// One graph and what is made from it once. Immutable.
struct TagSnapshot {
  TagSnapshot(tag::TagGraph tags, std::string of_version, int lines, tag::EditReport report);

  tag::TagGraph graph;
  std::string version;
  int edit_lines;           // of the file of edits that are in it
  tag::EditReport applied;  // and which of them no longer fit
  tag::IncomingEdges incoming;
  std::vector<std::uint32_t> most_seen;  // all rows, by count
};

struct TagKeeperStatistics {
  std::uint64_t nodes = 0;
  std::uint64_t edits = 0;   // that were ever taken, undone ones too
  std::uint64_t unfit = 0;   // of those that hold, what the graph has no place for
  std::uint64_t graphs = 0;  // made since the start
  std::uint64_t failures = 0;
};

// The file of edits at one moment.
struct ToldEdits {
  std::string text;
  std::vector<tag::Edit> holding;  // those that are not undone
  int lines = 0;
};

struct EditReceipt {
  int line = 0;
  bool applied = false;  // the graph that answers has it already
};

class TagKeeper {
 public:
  TagKeeper(std::string data_folder, LogSink log)
      : data_folder_(std::move(data_folder)),
        watch_("tags: the graph stays as it was", std::move(log), [this] { return follow_once(); }) {}
  ~TagKeeper() { stop(); }

  // Reads edits and the live package, if there is one.
  [[nodiscard]] base::Status prepare();
  void start();
  void stop();

  // Null when no version is live.
  [[nodiscard]] std::shared_ptr<const TagSnapshot> snapshot() const;
  // Waits for the disk, and at most kApplyMs until the graph has it; one caller at a time waits so. kConflict as
  // EditLog; kNotFound and kConflict when the graph that has all earlier edits has no place for it.
  [[nodiscard]] base::Result<EditReceipt> take(const tag::Edit& edit);
  [[nodiscard]] std::shared_ptr<const ToldEdits> edits() const;  // never null
  [[nodiscard]] TagKeeperStatistics statistics() const;

 private:
  static constexpr int kApplyMs = 1000;

  [[nodiscard]] base::Status follow_once();
  [[nodiscard]] base::Result<std::shared_ptr<const TagSnapshot>> make(const std::string& version,
                                                                      const ToldEdits& told) const;
  void exchange(std::shared_ptr<const TagSnapshot> next);
  [[nodiscard]] base::Result<int> append(const tag::Edit& edit);
  [[nodiscard]] bool await(int line);

  std::string data_folder_;

  std::mutex append_mutex_;  // taken before mutex_: one edit is written at a time
  std::optional<tag::EditLog> log_of_edits_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::shared_ptr<const ToldEdits> edits_ = std::make_shared<const ToldEdits>();
  std::shared_ptr<const TagSnapshot> snapshot_;
  TagKeeperStatistics statistics_;
  bool awaited_ = false;
  bool stopping_ = false;
  std::string failed_at_;  // version and lines that made no graph: not tried again; of the thread alone
  LiveWatch watch_;        // last: its thread uses all of the above
};

}  // namespace inkling::server
