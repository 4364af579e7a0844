// The newest facts of every item, and the small part of them that actions are completed with. "Newest" is by journal
// order: a later item event replaces the earlier one whole.
// Thread safety: reads from any thread. add and remember are for the committing thread: add puts the item into the
// batch, remember tells the cache once that batch is written.
// Cost: facts() of a cached item is one lock and one hash look-up; else one disk read and one parse.
#pragma once

#include <rocksdb/write_batch.h>

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"
#include "wire/event_json.h"

namespace inkling::store::rocks {

class Database;

// What an action about an item may leave unsaid.
struct ItemFacts {
  std::vector<std::string> category;
  std::optional<domain::Money> price;
};

class Catalogue {
 public:
  explicit Catalogue(const Database& database) : database_(database) {}

  // kNotFound when no such item was ever told.
  [[nodiscard]] base::Result<domain::Item> item(std::string_view item, wire::EventParser& parser) const;
  // Null when no such item was ever told.
  [[nodiscard]] base::Result<std::shared_ptr<const ItemFacts>> facts(std::string_view item,
                                                                     wire::EventParser& parser);
  void add(rocksdb::WriteBatch& batch, const domain::Item& item, std::string_view event_json) const;
  void remember(const domain::Item& item);
  // Items on disk were replaced: all are read again.
  void forget();
  // False as long as no item was ever told. Cost: one seek.
  [[nodiscard]] base::Result<bool> any() const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Facts = std::unordered_map<std::string, std::shared_ptr<const ItemFacts>, Hash, std::equal_to<>>;
  // Two generations instead of a list of uses: what is asked for again while `older` lives moves to `newer`, and a
  // full `newer` becomes `older`. Null facts (item unknown) are remembered too.
  struct Shard {
    std::mutex mutex;
    Facts newer, older;
    std::uint64_t version = 0;  // changes when an item does: a slower reader must not put back what it read before
  };
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kGenerationItems = 8192;  // a shard: 2 x 16 x 8192 items in all at most

  [[nodiscard]] Shard& shard_of(std::string_view item) { return shards_[Hash{}(item) % kShards]; }
  static std::shared_ptr<const ItemFacts>* find(Shard& shard, std::string_view item);
  static void insert(Shard& shard, std::string_view item, std::shared_ptr<const ItemFacts> facts);

  const Database& database_;
  std::array<Shard, kShards> shards_;
};

}  // namespace inkling::store::rocks
