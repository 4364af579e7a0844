// States that an import has no room for in memory, in a RocksDB of their own beside it: no log, no history, gone when
// the import is over. Thread safety: one thread. Cost: a put is a copy, a get of a state that is not there a look
// into bloom filters. Failure: kIo.
#pragma once

#include <rocksdb/db.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/core/result.h"

namespace inkling::store::rocks {

class StateSpill {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<StateSpill>> open(std::string folder);

  [[nodiscard]] base::Status put(std::string_view shopper, std::string_view bytes);
  // False when it holds none of this shopper.
  [[nodiscard]] base::Result<bool> get(std::string_view shopper, std::string& bytes) const;
  // In byte order of the shopper's id.
  [[nodiscard]] base::Status read(
      const std::function<base::Status(std::string_view shopper, std::string_view bytes)>& take) const;

 private:
  explicit StateSpill(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] base::Status status_of(const rocksdb::Status& status) const;

  std::string folder_;
  std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace inkling::store::rocks
