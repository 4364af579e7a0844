// From the hash of a name (base::name_hash) to its row, growing only. One thread adds while others look up: a reader
// gives the number of rows of its snapshot and sees none that came later.
//
// Thread safety: add() from one thread; NameTable::View from any. Ownership: a View keeps its table alive. Cost: a
// look-up touches one or two cache lines; add copies the table when it is half full. Two names of one hash are one
// name here (one chance in 10^7 among a million names); the second is then known under the first one's row.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace inkling::index {

class NameTable {
  struct Entries {
    explicit Entries(std::size_t size) : names(size), rows(size), mask(size - 1) {}

    void add(std::uint64_t name, std::uint32_t row) {
      std::size_t at = name & mask;
      while (rows[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & mask;
      names[at].store(name, std::memory_order_relaxed);
      rows[at].store(row + 1, std::memory_order_release);
    }

    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t name, std::size_t row_count) const {
      for (std::size_t at = name & mask;; at = (at + 1) & mask) {
        const std::uint32_t row = rows[at].load(std::memory_order_acquire);
        if (row == 0) return std::nullopt;
        if (names[at].load(std::memory_order_relaxed) != name) continue;
        if (row > row_count) return std::nullopt;
        return row - 1;
      }
    }

    // Names lie where their low bits say, so the low half of one is enough to find it.
    [[nodiscard]] std::optional<std::uint32_t> find_low(std::uint32_t low, std::size_t row_count) const {
      for (std::size_t at = low & mask;; at = (at + 1) & mask) {
        const std::uint32_t row = rows[at].load(std::memory_order_acquire);
        if (row == 0) return std::nullopt;
        if (static_cast<std::uint32_t>(names[at].load(std::memory_order_relaxed)) == low && row <= row_count) {
          return row - 1;
        }
      }
    }

    std::vector<std::atomic<std::uint64_t>> names;
    std::vector<std::atomic<std::uint32_t>> rows;  // plus one; 0: free
    std::size_t mask;                              // below 2^32
  };

 public:
  class View {
   public:
    View() = default;
    explicit View(std::shared_ptr<const Entries> entries) : entries_(std::move(entries)) {}
    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t name, std::size_t row_count) const {
      if (entries_ == nullptr) return std::nullopt;
      return entries_->find(name, row_count);
    }

    // A name by its low half, for marks that keep no more of it; of several, any one.
    [[nodiscard]] std::optional<std::uint32_t> find_low(std::uint32_t low, std::size_t row_count) const {
      if (entries_ == nullptr) return std::nullopt;
      return entries_->find_low(low, row_count);
    }

   private:
    std::shared_ptr<const Entries> entries_;
  };

  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t name) const { return entries_->find(name, size_); }

  // The next row, 0 first. `name` must not be there yet.
  void add(std::uint64_t name) {
    if (2 * (size_ + 1) > entries_->rows.size()) grow();
    entries_->add(name, size_++);
  }

  [[nodiscard]] View view() const { return View(entries_); }

 private:
  static constexpr std::size_t kFirstSize = 64;

  // Readers of the old table keep it.
  void grow() {
    auto larger = std::make_shared<Entries>(2 * entries_->rows.size());
    for (std::size_t at = 0; at < entries_->rows.size(); ++at) {
      const std::uint32_t row = entries_->rows[at].load(std::memory_order_relaxed);
      if (row != 0) larger->add(entries_->names[at].load(std::memory_order_relaxed), row - 1);
    }
    entries_ = std::move(larger);
  }

  std::shared_ptr<Entries> entries_ = std::make_shared<Entries>(kFirstSize);
  std::uint32_t size_ = 0;
};

}  // namespace inkling::index
