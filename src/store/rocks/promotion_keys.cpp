#include "store/rocks/promotion_keys.h"

#include <algorithm>
#include <memory>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"

namespace inkling::store::rocks {

namespace {

constexpr std::string_view kPrefix = "promotion/";

}  // namespace

std::string promotion_key(std::string_view promotion) {
  return std::string(kPrefix) + std::string(promotion);
}

base::Result<std::vector<std::uint64_t>> promotion_sequences(const Database& database) {
  std::vector<std::uint64_t> sequences;
  const std::unique_ptr<rocksdb::Iterator> it(database.db().NewIterator({}, database.family(Family::kMeta)));
  for (it->Seek(slice(kPrefix)); it->Valid() && it->key().starts_with(slice(kPrefix)); it->Next()) {
    if (it->value().size() != kNumberBytes) {
      return base::corrupt(database.folder() + " is damaged: meta entry " + it->key().ToString() + " has " +
                           std::to_string(it->value().size()) + " bytes instead of 8; restore it from a backup");
    }
    sequences.push_back(read_number(view(it->value())));
  }
  INKLING_TRY(database.status_of(it->status()));
  std::ranges::sort(sequences);
  return sequences;
}

}  // namespace inkling::store::rocks
