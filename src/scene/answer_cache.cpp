#include "scene/answer_cache.h"

#include <algorithm>
#include <utility>

#include "base/core/hash.h"
#include "index/price_band.h"
#include "scene/exchange.h"

namespace inkling::scene {
namespace {

// Between two keepings of one place: under a full load all others would be work for nothing.
constexpr std::int64_t kRestMs = 1000;

// One place for each of the two names and the band, whichever order they come in.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b + 0x9e3779b97f4a7c15 + (a << 6) + (a >> 2));
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

AnswerCache::AnswerCache(std::size_t max_answers, std::int64_t life_ms)
    : max_of_shard_((max_answers + kShards - 1) / kShards), life_ms_(life_ms) {}

std::uint64_t AnswerCache::place_of(std::string_view scene, const BasketNeed& need) {
  const std::uint64_t name = base::name_hash(scene);
  if (!need.target) return mixed(name, 0);
  const offer::PromotionQuote& target = need.quote->promotions()[*need.target];
  return mixed(mixed(name, base::name_hash(target.promotion->id)), index::price_band(*target.gap_cents()) + 1);
}

AnswerCache::Items AnswerCache::find(std::uint64_t place, std::int64_t now_ms) {
  Shard& shard = shard_of(place);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.kept.find(place);
  if (found == shard.kept.end() || now_ms - found->second.kept_ms >= life_ms_) {
    misses_.fetch_add(1, std::memory_order_relaxed);
    return nullptr;
  }
  hits_.fetch_add(1, std::memory_order_relaxed);
  return found->second.items;
}

bool AnswerCache::wants(std::uint64_t place, std::int64_t now_ms) const {
  if (max_of_shard_ == 0) return false;
  const Shard& shard = shard_of(place);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.kept.find(place);
  return found == shard.kept.end() || now_ms - found->second.kept_ms >= std::min(kRestMs, life_ms_);
}

void AnswerCache::keep(std::uint64_t place, std::vector<CachedItem> items, std::int64_t now_ms) {
  if (max_of_shard_ == 0) return;
  auto shared = std::make_shared<const std::vector<CachedItem>>(std::move(items));
  Shard& shard = shard_of(place);
  const std::lock_guard lock(shard.mutex);
  const auto known = shard.kept.find(place);
  if (known != shard.kept.end()) {
    shard.turns.splice(shard.turns.end(), shard.turns, known->second.turn);
  } else {
    make_room(shard);
    shard.turns.push_back(place);
  }
  shard.kept[place] = {std::move(shared), now_ms, std::prev(shard.turns.end())};
  kept_.fetch_add(1, std::memory_order_relaxed);
}

void AnswerCache::make_room(Shard& shard) {
  if (shard.kept.size() < max_of_shard_) return;
  shard.kept.erase(shard.turns.front());
  shard.turns.pop_front();
  evicted_.fetch_add(1, std::memory_order_relaxed);
}

AnswerCacheCounts AnswerCache::counts() const {
  AnswerCacheCounts counts{hits_.load(), misses_.load(), kept_.load(), evicted_.load(), 0};
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    counts.answers += shard.kept.size();
  }
  return counts;
}

void keep_answer(Exchange& exchange) {
  const Request& request = exchange.request;
  const bool is_for_all = request.cursor.empty() && request.query.empty();
  const auto& need = exchange.slots.need;
  if (exchange.cache == nullptr || !need || !is_for_all || exchange.slots.candidates.empty()) return;
  const std::uint64_t place = AnswerCache::place_of(exchange.scene, *need);
  if (!exchange.cache->wants(place, exchange.now_ms)) return;
  std::vector<CachedItem> items;
  const std::size_t count = std::min(exchange.slots.candidates.size(), kCachedItems);
  items.reserve(count);
  for (const Candidate& candidate : std::span(exchange.slots.candidates).first(count)) {
    // A pair completes this very gap, another one of the band perhaps not.
    if (candidate.with.empty()) items.push_back({base::name_hash(candidate.item), candidate.score});
  }
  if (items.empty()) return;
  exchange.cache->keep(place, std::move(items), exchange.now_ms);
}

}  // namespace inkling::scene
