#include "server/tag_shelf.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <numeric>

#include "scene/item_tagger.h"
#include "scene/steady_time.h"

namespace inkling::server {

using base::Result;
using base::Status;

namespace {

constexpr std::int64_t kMicrosPerMs = 1000;
constexpr std::int64_t kRestPerRenewal = 20;  // times as long as it took
constexpr std::size_t kLookEvery = 1024;      // items, for whether it is time to stop

scene::LiveTags tags_in(const std::shared_ptr<const TagSnapshot>& made) {
  return {std::shared_ptr<const tag::TagGraph>(made, &made->graph),
          std::shared_ptr<const tag::IncomingEdges>(made, &made->incoming),
          std::make_shared<const tag::NodeIds>(made->graph), made->version};
}

std::vector<std::uint32_t> rows_from(std::size_t first, const index::World& world) {
  std::vector<std::uint32_t> rows(world.item_count() - first);
  std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(first));
  return rows;
}

}  // namespace

void TagShelf::start() {
  thread_ = std::jthread([this] { follow(); });
}

void TagShelf::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void TagShelf::item_told(std::uint64_t sequence, std::string_view item) {
  const std::lock_guard lock(mutex_);
  if (told_.size() == kMaxTold) {
    lost_to_ = told_.back().first;
    told_.clear();
  }
  told_.emplace_back(sequence, item);
}

std::shared_ptr<const scene::TaggedItems> TagShelf::snapshot() const {
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

void TagShelf::await(std::uint64_t sequence) const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopping_ || (snapshot_ && snapshot_->world_sequence() >= sequence); });
}

TagShelfStatistics TagShelf::statistics() const {
  const std::lock_guard lock(mutex_);
  TagShelfStatistics told = statistics_;
  told.sequence = snapshot_ ? snapshot_->world_sequence() : 0;
  return told;
}

void TagShelf::follow() {
  const scene::SystemSteadyTime time;
  std::int64_t start_us = 0;
  do {
    start_us = time.now_us();
    const Status status = follow_once();
    if (!status.ok() && log_) log_("tags: what items carry stays as it was: " + status.message());
  } while (rest(time.now_us() - start_us));
}

// False: it is time to stop.
bool TagShelf::rest(std::int64_t took_us) {
  const std::int64_t rest_us = std::max(least_rest_ms_ * kMicrosPerMs, kRestPerRenewal * took_us);
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::microseconds(rest_us), [&] { return stopping_; });
  return !stopping_;
}

Status TagShelf::follow_once() {
  const auto graph = tags_.snapshot();
  const auto world = world_.world();
  const bool lost = lost_any(world->sequence());
  if (lost || graph == nullptr) made_of_ = nullptr;
  if (graph == nullptr) {
    static_cast<void>(take_told(world->sequence()));
    exchange(nullptr);
    return {};
  }
  const auto current = snapshot();
  if (made_of_ == graph && current && current->world_sequence() == world->sequence()) return {};
  Told told = take_told(world->sequence());
  Status status = renew(graph, *world, told);
  if (!status.ok()) keep_told(std::move(told));
  return status;
}

// Whether items were told that nobody remembers; not any more once a world has them all, for all are read then.
bool TagShelf::lost_any(std::uint64_t world_sequence) {
  const std::lock_guard lock(mutex_);
  const bool lost = lost_to_ != 0;
  if (world_sequence >= lost_to_) lost_to_ = 0;
  return lost;
}

bool TagShelf::is_stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

TagShelf::Told TagShelf::take_told(std::uint64_t sequence) {
  const std::lock_guard lock(mutex_);
  const auto later =
      std::stable_partition(told_.begin(), told_.end(), [&](const auto& each) { return each.first <= sequence; });
  Told taken(std::make_move_iterator(told_.begin()), std::make_move_iterator(later));
  told_.erase(told_.begin(), later);
  return taken;
}

void TagShelf::keep_told(Told told) {
  const std::lock_guard lock(mutex_);
  told_.insert(told_.end(), std::make_move_iterator(told.begin()), std::make_move_iterator(told.end()));
}

Status TagShelf::renew(std::shared_ptr<const TagSnapshot> graph, const index::World& world, const Told& told) {
  const auto before = made_of_ == graph ? snapshot() : nullptr;
  // Items whose first news is older than what the keeper reads come into worlds without being told.
  std::vector<std::uint32_t> rows = rows_from(before ? before->carried().rows() : 0, world);
  for (std::size_t i = 0; before && i < told.size(); ++i) {
    if (const auto row = world.find(told[i].second)) rows.push_back(*row);
  }
  INKLING_ASSIGN(const auto found, read(graph->graph, world, std::move(rows)));
  exchange(std::make_shared<const scene::TaggedItems>(before ? before->tags() : tags_in(graph), world, before.get(),
                                                      found));
  made_of_ = std::move(graph);
  return {};
}

Result<std::vector<scene::ItemTagsOfRow>> TagShelf::read(const tag::TagGraph& graph, const index::World& world,
                                                         std::vector<std::uint32_t> rows) {
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  scene::ItemTagger tagger(graph);
  std::vector<scene::ItemTagsOfRow> found;
  found.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    if (found.size() % kLookEvery == 0 && is_stopping()) return base::unavailable("the server stops");
    const auto item = store_.item(world.facts(row).item);
    if (!item.ok() && item.status().code() != base::ErrorCode::kNotFound) return item.status();
    found.emplace_back(row, item.ok() ? tagger.tags_of(*item) : scene::ItemTags());
  }
  const std::lock_guard lock(mutex_);
  statistics_.items_read += rows.size();
  return found;
}

void TagShelf::exchange(std::shared_ptr<const scene::TaggedItems> next) {
  {
    const std::lock_guard lock(mutex_);
    std::swap(snapshot_, next);
    if (snapshot_) ++statistics_.made;
  }
  changed_.notify_all();
}

}  // namespace inkling::server
