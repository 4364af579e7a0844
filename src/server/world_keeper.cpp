#include "server/world_keeper.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <variant>

namespace inkling::server {

namespace {

constexpr std::int64_t kMicrosPerMs = 1000;
constexpr std::int64_t kRestPerPublication = 20;  // times as long as publishing took
constexpr std::uint64_t kPublishEvents = 200'000;
constexpr std::uint64_t kProgressEvents = 1'000'000;

}  // namespace

base::Status WorldKeeper::read_journal(std::uint64_t max_events, const Also& also) {
  const std::uint64_t last = store_.statistics().last_sequence;
  if (last > max_events) {
    next_sequence_ = last - max_events + 1;
    reads_whole_journal_ = false;
    INKLING_TRY(store_.read_promotions([this](const store::JournalEntry& entry) {
      if (entry.sequence < next_sequence_) tell(entry.event);
      return true;
    }));
  }
  INKLING_TRY(fold_tail(last + 1 - next_sequence_, also));
  publish();
  if (vectors_.behind()) follow_with_vectors();
  return base::Status::ok_status();
}

void WorldKeeper::start(Also also) {
  also_ = std::move(also);
  thread_ = std::jthread([this] { follow(); });
}

void WorldKeeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void WorldKeeper::events_appended() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(appended_, true)) return;
  }
  changed_.notify_all();
}

WorldSnapshot WorldKeeper::snapshot() const {
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

void WorldKeeper::await(std::uint64_t sequence) const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopping_ || snapshot_.world->sequence() >= sequence; });
}

void WorldKeeper::await_vectors(std::uint64_t sequence) const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopping_ || statistics_.vectors_sequence >= sequence; });
}

WorldKeeperStatistics WorldKeeper::statistics() const {
  const std::lock_guard lock(mutex_);
  return statistics_;
}

void WorldKeeper::follow() {
  while (wait_for_events()) {
    const base::Status status = fold_tail(0, also_);
    if (!status.ok() && log_) log_("world: stays at " + world()->name() + ": " + status.message());
    if (folded_ > 0) publish();
    if (vectors_.behind() && vectors_.due_in_us() <= 0) follow_with_vectors();
    rest();
  }
}

// For events, or until vectors may follow the last world. False: it is time to stop.
bool WorldKeeper::wait_for_events() {
  std::unique_lock lock(mutex_);
  const auto is_called = [&] { return stopping_ || appended_; };
  if (vectors_.behind()) {
    changed_.wait_for(lock, std::chrono::microseconds(vectors_.due_in_us()), is_called);
  } else {
    changed_.wait(lock, is_called);
  }
  appended_ = false;
  return !stopping_;
}

// `total`: how many are expected, when it is worth telling how far it is; 0: it is not.
base::Status WorldKeeper::fold_tail(std::uint64_t total, const Also& also) {
  std::uint64_t done = 0;
  base::Status status;
  const auto visit = [&](const store::JournalEntry& entry) {
    status = fold(entry);
    if (!status.ok()) return false;
    if (also) also(entry);
    if (total > 0 && ++done % kProgressEvents == 0) say_progress(done, total);
    if (folded_ < kPublishEvents) return true;
    publish();
    const std::lock_guard lock(mutex_);
    return !stopping_;
  };
  INKLING_TRY(store_.read_journal(next_sequence_, visit));
  return status;
}

base::Status WorldKeeper::fold(const store::JournalEntry& entry) {
  if (const auto* action = std::get_if<domain::Action>(&entry.event.body);
      action != nullptr && !reads_whole_journal_) {
    INKLING_TRY(know(action->item));
    for (const domain::OrderLine& line : action->lines) INKLING_TRY(know(line.item));
  }
  tell(entry.event);
  builder_.fold(entry.sequence, entry.event);
  next_sequence_ = entry.sequence + 1;
  ++folded_;
  return base::Status::ok_status();
}

void WorldKeeper::tell(const domain::Event& event) {
  const auto* promotion = std::get_if<domain::Promotion>(&event.body);
  if (promotion != nullptr) shelf_.tell(promotion->promotion, promotion->definition_json);
}

// What was told before the part of the journal that is read stands in the catalogue.
base::Status WorldKeeper::know(std::string_view item) {
  if (item.empty() || builder_.knows(item)) return base::Status::ok_status();
  const auto told = store_.item(item);
  if (told.ok()) builder_.know(*told);
  return told.ok() || told.status().code() == base::ErrorCode::kNotFound ? base::Status::ok_status() : told.status();
}

void WorldKeeper::publish() {
  const std::int64_t start_us = time_.now_us();
  WorldSnapshot next{builder_.publish(), shelf_.publish(), vectors_.slabs()};
  vectors_.world_changed();
  folded_ = 0;
  {
    const std::lock_guard lock(mutex_);
    std::swap(snapshot_, next);
    statistics_.sequence = snapshot_.world->sequence();
    statistics_.items = snapshot_.world->item_count();
    statistics_.refused_items = builder_.refused_items();
    ++statistics_.publications;
    publish_took_us_ = time_.now_us() - start_us;
  }
  changed_.notify_all();
}

// On the thread that publishes; the world itself has been published before.
void WorldKeeper::follow_with_vectors() {
  const auto followed = world();
  const base::Status status = vectors_.follow(*followed);
  if (!status.ok() && log_) log_("vectors: goods stay as they were: " + status.message());
  {
    const std::lock_guard lock(mutex_);
    snapshot_.vectors = vectors_.slabs();
    statistics_.vectors_sequence = followed->sequence();
  }
  changed_.notify_all();
}

void WorldKeeper::rest() {
  std::unique_lock lock(mutex_);
  const std::int64_t rest_us = std::max(least_rest_ms_ * kMicrosPerMs, kRestPerPublication * publish_took_us_);
  changed_.wait_for(lock, std::chrono::microseconds(rest_us), [&] { return stopping_; });
}

void WorldKeeper::say_progress(std::uint64_t done, std::uint64_t total) const {
  if (log_) log_("world: folded " + std::to_string(done) + " of " + std::to_string(total) + " events");
}

}  // namespace inkling::server
