#include "store/rocks/checkpointer.h"

#include <rocksdb/write_batch.h>

#include <system_error>

namespace inkling::store::rocks {
namespace {

// Dirty states in memory, as a multiple of the threshold, at which appends have to wait.
constexpr std::size_t kOverdueFactor = 4;

}  // namespace

Checkpointer::Checkpointer(const Database& database, StateCache& states, WriteGate& gate, const StoreOptions& options,
                           std::uint64_t checkpoint_sequence)
    : database_(database),
      states_(states),
      gate_(gate),
      dirty_limit_(options.checkpoint_dirty_shoppers),
      event_limit_(options.checkpoint_every_events),
      sequence_(checkpoint_sequence) {}

Checkpointer::~Checkpointer() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

base::Status Checkpointer::start() {
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error& error) {
    return base::unavailable(database_.folder() + ": no thread can be started for checkpoints: " + error.what());
  }
  return {};
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return wanted_ || stopping_; });
    if (stopping_) return;
    wanted_ = false;
    lock.unlock();
    // A failure shuts the gate, and the next append tells of it.
    if (due()) static_cast<void>(write());
    lock.lock();
  }
}

base::Status Checkpointer::write() {
  const std::lock_guard lock(writing_);
  const std::uint64_t reached = states_.folded_sequence();
  if (reached == sequence_.load() && states_.dirty_count() == 0) return {};
  rocksdb::WriteBatch batch;
  database_.put_meta(batch, kCheckpointKey, reached);
  base::Status status = states_.write_dirty();
  if (status.ok()) status = database_.write(batch, false);
  if (!status.ok()) {
    gate_.shut(status);
    return status;
  }
  sequence_.store(reached);
  return {};
}

void Checkpointer::consider() {
  if (!due() || !gate_.open()) return;
  if (overdue()) {
    static_cast<void>(write());
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  wake_.notify_one();
}

bool Checkpointer::due() const {
  return states_.dirty_count() >= dirty_limit_ || states_.folded_sequence() - sequence() >= event_limit_;
}

bool Checkpointer::overdue() const {
  return states_.dirty_count() >= kOverdueFactor * dirty_limit_;
}

}  // namespace inkling::store::rocks
