#include "server/impression_writer.h"

#include <string>
#include <utility>

namespace inkling::server {

namespace {

bool refuses_content(const base::Status& status) {
  return status.code() == base::ErrorCode::kInvalidInput || status.code() == base::ErrorCode::kTooLarge;
}

}  // namespace

void ImpressionWriter::start() {
  thread_ = std::jthread([this] { write_all(); });
}

void ImpressionWriter::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ImpressionWriter::take(domain::Event impression) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= kQueueEvents) {
      ++counts_.dropped;
      return;
    }
    waiting_.push_back(std::move(impression));
  }
  changed_.notify_one();
}

ImpressionCounts ImpressionWriter::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

void ImpressionWriter::write_all() {
  for (std::vector<domain::Event> batch = next_batch(); !batch.empty(); batch = next_batch()) write(batch);
}

// Empty: it is time to stop, and nothing waits.
std::vector<domain::Event> ImpressionWriter::next_batch() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
  return std::exchange(waiting_, {});
}

void ImpressionWriter::write(std::span<const domain::Event> batch) {
  const auto receipt = store_.append(batch);
  // One that cannot be journaled (a shopper's id with a NUL) must not take the others with it.
  if (batch.size() > 1 && refuses_content(receipt.status())) {
    for (const domain::Event& event : batch) write(std::span(&event, 1));
    return;
  }
  if (!receipt.ok() && log_) {
    log_("impressions: " + std::to_string(batch.size()) + " are lost: " + receipt.status().message());
  }
  {
    const std::lock_guard lock(mutex_);
    (receipt.ok() ? counts_.written : counts_.failed) += batch.size();
  }
  if (receipt.ok()) appended_();
}

}  // namespace inkling::server
