#include "train/batch_loader.h"

#include <chrono>
#include <utility>

namespace inkling::train {

BatchLoader::BatchLoader(const SequenceData& data, const BatchList& batches, std::size_t first, int threads)
    : data_(data), batches_(batches), claimed_(first), taken_(first) {
  if (threads <= 0) return;
  slots_.resize(2 * static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

BatchLoader::~BatchLoader() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  room_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

BatchLoader::Slot BatchLoader::prepare(std::size_t index) const {
  Slot slot;
  try {
    slot.batch = data_.batch(batches_[index]);
  } catch (...) {  // told by next(), on the caller's thread
    slot.failure = std::current_exception();
  }
  return slot;
}

void BatchLoader::work() {
  std::unique_lock lock(mutex_);
  while (claimed_ < batches_.size()) {
    const std::size_t index = claimed_++;
    room_.wait(lock, [&] { return stopped_ || index < taken_ + slots_.size(); });
    if (stopped_) return;
    lock.unlock();
    Slot slot = prepare(index);
    lock.lock();
    slots_[index % slots_.size()] = std::move(slot);
    ready_.notify_one();
  }
}

BatchLoader::Slot BatchLoader::take() {
  if (threads_.empty()) return prepare(taken_++);
  std::unique_lock lock(mutex_);
  Slot& slot = slots_[taken_ % slots_.size()];
  ready_.wait(lock, [&] { return slot.ready(); });
  ++taken_;
  return std::exchange(slot, {});
}

Batch BatchLoader::next() {
  const auto start = std::chrono::steady_clock::now();
  Slot slot = take();
  room_.notify_all();
  waited_seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (slot.failure != nullptr) std::rethrow_exception(slot.failure);
  return *std::move(slot.batch);
}

}  // namespace inkling::train
