#include "store/rocks/catalogue.h"

#include <rocksdb/db.h>

#include <utility>
#include <variant>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"

namespace inkling::store::rocks {

base::Result<domain::Item> Catalogue::item(std::string_view item, wire::EventParser& parser) const {
  rocksdb::PinnableSlice json;
  const auto status = database_.db().Get({}, database_.family(Family::kCatalogue), slice(item), &json);
  if (status.IsNotFound()) {
    return base::not_found("there is no item \"" + std::string(item) + "\": no item event has told of it");
  }
  INKLING_TRY(database_.status_of(status));
  auto event = parser.parse(view(json));
  if (!event.ok() || !std::holds_alternative<domain::Item>(event->body)) {
    const std::string reason = event.ok() ? "it is not an item event" : event.status().message();
    return base::corrupt(database_.folder() + " is damaged: catalogue entry \"" + std::string(item) +
                         "\": " + reason + "; restore it from a backup");
  }
  return std::get<domain::Item>(std::move(event).value().body);
}

std::shared_ptr<const ItemFacts>* Catalogue::find(Shard& shard, std::string_view item) {
  if (const auto it = shard.newer.find(item); it != shard.newer.end()) return &it->second;
  const auto it = shard.older.find(item);
  if (it == shard.older.end()) return nullptr;
  insert(shard, item, it->second);
  return &shard.newer.find(item)->second;
}

void Catalogue::insert(Shard& shard, std::string_view item, std::shared_ptr<const ItemFacts> facts) {
  if (shard.newer.size() >= kGenerationItems) {
    shard.older = std::move(shard.newer);
    shard.newer.clear();
  }
  shard.newer.insert_or_assign(std::string(item), std::move(facts));
}

base::Result<std::shared_ptr<const ItemFacts>> Catalogue::facts(std::string_view item, wire::EventParser& parser) {
  Shard& shard = shard_of(item);
  std::uint64_t version = 0;
  {
    const std::lock_guard lock(shard.mutex);
    if (const auto* known = find(shard, item)) return *known;
    version = shard.version;
  }
  auto read = this->item(item, parser);
  if (!read.ok() && read.status().code() != base::ErrorCode::kNotFound) return read.status();
  std::shared_ptr<const ItemFacts> facts;
  if (read.ok()) facts = std::make_shared<ItemFacts>(ItemFacts{std::move(read->category), std::move(read->price)});
  const std::lock_guard lock(shard.mutex);
  if (shard.version == version) insert(shard, item, facts);
  return facts;
}

void Catalogue::add(rocksdb::WriteBatch& batch, const domain::Item& item, std::string_view event_json) const {
  batch.Put(database_.family(Family::kCatalogue), slice(item.item), slice(event_json));
}

void Catalogue::forget() {
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    ++shard.version;
    shard.newer.clear();
    shard.older.clear();
  }
}

base::Result<bool> Catalogue::any() const {
  return database_.holds_any(Family::kCatalogue);
}

void Catalogue::remember(const domain::Item& item) {
  Shard& shard = shard_of(item.item);
  auto facts = std::make_shared<ItemFacts>(ItemFacts{item.category, item.price});
  const std::lock_guard lock(shard.mutex);
  ++shard.version;
  insert(shard, item.item, std::move(facts));
}

}  // namespace inkling::store::rocks
