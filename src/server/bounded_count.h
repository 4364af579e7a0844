// How much of something is in use at once, and never more than a limit: connections, waiting requests, bytes of
// bodies. A Share is what one holder took; it gives back by itself. Thread safety: counts from any thread; a Share
// belongs to one. Cost: one atomic addition to take, one to give back. Ownership: the count must outlive its shares.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace inkling::server {

class BoundedCount {
 public:
  explicit BoundedCount(std::size_t limit) : limit_(limit) {}

  // False: it would exceed the limit; nothing was taken.
  [[nodiscard]] bool take(std::size_t amount) {
    if (used_.fetch_add(amount) + amount <= limit_.load()) return true;
    used_.fetch_sub(amount);
    return false;
  }
  void give_back(std::size_t amount) { used_.fetch_sub(amount); }
  [[nodiscard]] std::size_t used() const { return used_.load(); }
  [[nodiscard]] std::size_t limit() const { return limit_.load(); }
  // What is in use above a lower limit stays until it is given back.
  void set_limit(std::size_t limit) { limit_.store(limit); }

 private:
  std::atomic<std::size_t> used_{0};
  std::atomic<std::size_t> limit_;
};

class Share {
 public:
  Share() = default;
  explicit Share(BoundedCount& of) : of_(&of) {}
  Share(Share&& other) noexcept : of_(std::exchange(other.of_, nullptr)), amount_(std::exchange(other.amount_, 0)) {}
  Share& operator=(Share&& other) noexcept {
    std::swap(of_, other.of_);
    std::swap(amount_, other.amount_);
    return *this;
  }
  ~Share() {
    if (of_ != nullptr) of_->give_back(amount_);
  }

  // False: the limit does not allow it; what was held before is still held. Shrinks never.
  [[nodiscard]] bool grow_to(std::size_t amount) {
    if (amount <= amount_) return true;
    if (!of_->take(amount - amount_)) return false;
    amount_ = amount;
    return true;
  }

 private:
  BoundedCount* of_ = nullptr;
  std::size_t amount_ = 0;
};

}  // namespace inkling::server
