#include "server/tag_keeper.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

#include "artifact/package.h"
#include "registry/registry.h"
#include "server/tag_edit_request.h"
#include "tag/retelling.h"
#include "tag/tag_package.h"

namespace inkling::server {

namespace {

using base::Result;
using base::Status;

std::vector<std::uint32_t> most_seen_first(const tag::TagGraph& graph) {
  std::vector<std::uint64_t> counts(graph.nodes());
  for (std::uint32_t row = 0; row < counts.size(); ++row) counts[row] = graph.count(row);
  std::vector<std::uint32_t> rows(counts.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::ranges::stable_sort(rows, std::greater(), [&](std::uint32_t row) { return counts[row]; });
  return rows;
}

std::shared_ptr<const ToldEdits> told_edits(const tag::EditLog& log) {
  return std::make_shared<const ToldEdits>(ToldEdits{log.text(), log.holding(), log.lines()});
}

}  // namespace

TagSnapshot::TagSnapshot(tag::TagGraph tags, std::string of_version, int lines, tag::EditReport report)
    : graph(std::move(tags)),
      version(std::move(of_version)),
      edit_lines(lines),
      applied(std::move(report)),
      incoming(graph),
      most_seen(most_seen_first(graph)) {}

Status TagKeeper::prepare() {
  if (data_folder_.empty()) return {};
  INKLING_ASSIGN(log_of_edits_, tag::EditLog::open(tag::edits_path(data_folder_)));
  edits_ = told_edits(*log_of_edits_);
  return follow_once();
}

void TagKeeper::start() {
  if (!data_folder_.empty()) watch_.start();
}

void TagKeeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  watch_.stop();
}

std::shared_ptr<const TagSnapshot> TagKeeper::snapshot() const {
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

std::shared_ptr<const ToldEdits> TagKeeper::edits() const {
  const std::lock_guard lock(mutex_);
  return edits_;
}

TagKeeperStatistics TagKeeper::statistics() const {
  const std::lock_guard lock(mutex_);
  TagKeeperStatistics told = statistics_;
  told.edits = static_cast<std::uint64_t>(edits_->lines);
  told.failures = watch_.failures();
  return told;
}

Status TagKeeper::follow_once() {
  INKLING_ASSIGN(const auto live, registry::Registry(data_folder_).live(tag::kPackageName));
  const auto current = snapshot();
  if (!live) {
    if (current) exchange(nullptr);
    return {};
  }
  const auto told = edits();
  if (current && current->version == *live && current->edit_lines == told->lines) return {};
  std::string asked = *live + "/" + std::to_string(told->lines);
  if (failed_at_ == asked) return {};
  auto made = make(*live, *told);
  failed_at_ = made.ok() ? std::string() : std::move(asked);
  if (!made.ok()) return made.status();
  exchange(*std::move(made));
  return {};
}

Result<std::shared_ptr<const TagSnapshot>> TagKeeper::make(const std::string& version, const ToldEdits& told) const {
  INKLING_ASSIGN(tag::TagGraph graph,
                 tag::open_tag_package(artifact::package_folder(data_folder_, tag::kPackageName, version)));
  tag::EditReport report;
  if (!told.holding.empty()) {
    INKLING_ASSIGN(tag::TagGraphBuilder builder, tag::retold(graph));
    report = tag::apply_edits(builder, told.holding);
    INKLING_ASSIGN(tag::TagArrays arrays, builder.arrays());
    INKLING_ASSIGN(graph, tag::TagGraph::make(std::move(arrays)));
  }
  return std::make_shared<const TagSnapshot>(std::move(graph), version, told.lines, std::move(report));
}

void TagKeeper::exchange(std::shared_ptr<const TagSnapshot> next) {
  {
    const std::lock_guard lock(mutex_);
    std::swap(snapshot_, next);
    statistics_.nodes = snapshot_ ? snapshot_->graph.nodes() : 0;
    statistics_.unfit = snapshot_ ? snapshot_->applied.unfit.size() : 0;
    if (snapshot_) ++statistics_.graphs;
  }
  changed_.notify_all();
}

Result<EditReceipt> TagKeeper::take(const tag::Edit& edit) {
  INKLING_ASSIGN(const int line, append(edit));
  watch_.nudge();
  return EditReceipt{line, await(line)};
}

Result<int> TagKeeper::append(const tag::Edit& edit) {
  const std::lock_guard appending(append_mutex_);
  const auto current = snapshot();
  if (!current) return base::not_found("tags: no version is live, so there is nothing to edit");
  // A graph that is behind would refuse what an edit before this one has just made right.
  if (current->edit_lines == log_of_edits_->lines()) INKLING_TRY(check_fits(current->graph, edit));
  INKLING_ASSIGN(const int line, log_of_edits_->append(edit));
  auto told = told_edits(*log_of_edits_);
  const std::lock_guard lock(mutex_);
  edits_ = std::move(told);
  return line;
}

// Whether the graph has this line.
bool TagKeeper::await(int line) {
  std::unique_lock lock(mutex_);
  const auto has_it = [&] { return snapshot_ && snapshot_->edit_lines >= line; };
  if (has_it() || std::exchange(awaited_, true)) return has_it();
  changed_.wait_for(lock, std::chrono::milliseconds(kApplyMs), [&] { return stopping_ || has_it(); });
  awaited_ = false;
  return has_it();
}

}  // namespace inkling::server
