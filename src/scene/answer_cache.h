// Earlier answers of scenes that complete baskets, by promotion and price band of the gap, for moments in which there
// is no time to make one. Nothing personal is in it: the names of items and their scores, of everybody's answers.
// Not the truth: whoever takes from it filters what it takes as if it had been recalled.
//
// Filled by full answers, each place at most once a second. Bounded: the place that was filled longest ago leaves
// first. What is older than its life is not told. Thread safety: any thread. Cost: find copies one pointer under one
// shard's mutex; keep allocates. Failure: never.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scene/basket_need.h"

namespace inkling::scene {

struct Exchange;

inline constexpr std::size_t kCachedItems = 64;  // of one answer, best first

struct CachedItem {
  std::uint64_t name = 0;  // base::name_hash(item)
  float score = 0;
};

struct AnswerCacheCounts {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t kept = 0;
  std::uint64_t evicted = 0;
  std::uint64_t answers = 0;  // in it now
};

class AnswerCache {
 public:
  using Items = std::shared_ptr<const std::vector<CachedItem>>;

  AnswerCache(std::size_t max_answers, std::int64_t life_ms);

  // Which place an answer of this scene to this need has.
  [[nodiscard]] static std::uint64_t place_of(std::string_view scene, const BasketNeed& need);

  // nullptr: none, or too old.
  [[nodiscard]] Items find(std::uint64_t place, std::int64_t now_ms);
  // Whether a newer answer is worth its keeping.
  [[nodiscard]] bool wants(std::uint64_t place, std::int64_t now_ms) const;
  void keep(std::uint64_t place, std::vector<CachedItem> items, std::int64_t now_ms);

  [[nodiscard]] AnswerCacheCounts counts() const;

 private:
  struct Kept {
    Items items;
    std::int64_t kept_ms = 0;
    std::list<std::uint64_t>::iterator turn;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::uint64_t, Kept> kept;
    std::list<std::uint64_t> turns;  // filled longest ago first
  };
  static constexpr std::size_t kShards = 16;
  [[nodiscard]] Shard& shard_of(std::uint64_t place) { return shards_[place % kShards]; }
  [[nodiscard]] const Shard& shard_of(std::uint64_t place) const { return shards_[place % kShards]; }
  void make_room(Shard& shard);

  const std::size_t max_of_shard_;
  const std::int64_t life_ms_;
  std::array<Shard, kShards> shards_;
  std::atomic<std::uint64_t> hits_{0}, misses_{0}, kept_{0}, evicted_{0};
};

// Keeps the candidates of a first page that answers a need, when the cache wants them.
void keep_answer(Exchange& exchange);

}  // namespace inkling::scene
