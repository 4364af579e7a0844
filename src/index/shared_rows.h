// Rows that one writer goes on changing while any number of readers keep what was published: the writer copies a
// chunk of rows before it changes one that is shared. Not for rows that leave: rows are only added and changed.
//
// Ownership: a snapshot shares its chunks with later ones. Thread safety: SharedRows belongs to one thread; a
// snapshot never changes. Cost: publish copies one pointer a chunk; the first change of a chunk after it copies that
// chunk.
#pragma once

#include <cassert>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace inkling::index {

template <typename Row, std::size_t kChunkRows>
class RowsSnapshot {
 public:
  using Chunk = std::vector<Row>;
  RowsSnapshot() = default;
  RowsSnapshot(std::vector<std::shared_ptr<const Chunk>> chunks, std::size_t size)
      : chunks_(std::move(chunks)), size_(size) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const Row& operator[](std::size_t row) const {
    assert(row < size_);
    return (*chunks_[row / kChunkRows])[row % kChunkRows];
  }

 private:
  std::vector<std::shared_ptr<const Chunk>> chunks_;
  std::size_t size_ = 0;
};

template <typename Row, std::size_t kChunkRows>
class SharedRows {
 public:
  using Snapshot = RowsSnapshot<Row, kChunkRows>;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const Row& operator[](std::size_t row) const {
    assert(row < size_);
    return (*chunks_[row / kChunkRows])[row % kChunkRows];
  }

  [[nodiscard]] Row& edit(std::size_t row) {
    assert(row < size_);
    return own(row / kChunkRows)[row % kChunkRows];
  }

  void push(Row row) {
    if (size_ % kChunkRows == 0) {
      chunks_.push_back(std::make_shared<Chunk>());
      shared_.push_back(false);
    }
    own(size_ / kChunkRows).push_back(std::move(row));
    ++size_;
  }

  [[nodiscard]] Snapshot publish() {
    shared_.assign(shared_.size(), true);
    return Snapshot({chunks_.begin(), chunks_.end()}, size_);
  }

 private:
  using Chunk = std::vector<Row>;

  // Asking the pointer for its use count would not do: another thread may be dropping a snapshot just now.
  Chunk& own(std::size_t chunk) {
    if (shared_[chunk]) chunks_[chunk] = std::make_shared<Chunk>(*chunks_[chunk]);
    shared_[chunk] = false;
    return *chunks_[chunk];
  }

  std::vector<std::shared_ptr<Chunk>> chunks_;
  std::vector<bool> shared_;  // one a chunk: some snapshot holds it
  std::size_t size_ = 0;
};

}  // namespace inkling::index
