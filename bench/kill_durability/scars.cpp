#include "bench/kill_durability/scars.h"

#include <rocksdb/utilities/debug.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <vector>

#include "base/system_clock.h"
#include "bench/replay_equals_online/value_of.h"
#include "store/rocks/database.h"

namespace inkling::bench {
namespace {

namespace fs = std::filesystem;
using store::rocks::Database;
using store::rocks::Family;

// Of RocksDB's block-based tables, the last eight bytes of each.
constexpr std::array<char, 8> kEndMark = {'\xf7', '\xcf', '\xf4', '\x85', '\xb7', '\x41', '\xe2', '\x88'};
constexpr std::uintmax_t kLeastLogBytes = 4096;

bool has_end_mark(const fs::path& table) {
  std::ifstream file(table, std::ios::binary);
  std::array<char, kEndMark.size()> end{};
  file.seekg(-static_cast<std::streamoff>(end.size()), std::ios::end);
  file.read(end.data(), end.size());
  return file.good() && end == kEndMark;
}

std::vector<rocksdb::KeyVersion> versions_of(const Database& database, Family family) {
  std::vector<rocksdb::KeyVersion> versions;
  const auto status = rocksdb::GetAllKeyVersions(&database.db(), database.family(family), rocksdb::Slice(), "\xff",
                                                 std::numeric_limits<std::size_t>::max(), &versions);
  if (!status.ok()) throw std::runtime_error(status.ToString());
  return versions;
}

}  // namespace

std::set<std::string> unfinished_tables(const fs::path& store) {
  std::set<std::string> names;
  for (const auto& file : fs::directory_iterator(store)) {
    if (file.path().extension() == ".sst" && !has_end_mark(file.path())) names.insert(file.path().filename());
  }
  return names;
}

std::uint64_t unfinished_checkpoint(const fs::path& store) {
  const base::SystemClock clock;
  const auto database = value_of(Database::open(store, 7 * base::kDayMs, clock));
  rocksdb::SequenceNumber number = 0;
  for (const auto& version : versions_of(*database, Family::kMeta)) {
    if (version.user_key == store::rocks::kCheckpointKey) number = std::max(number, version.sequence);
  }
  rocksdb::SequenceNumber newest_state = 0;
  for (const auto& version : versions_of(*database, Family::kStates)) {
    newest_state = std::max(newest_state, version.sequence);
  }
  // Zero: a compaction has forgotten the order.
  return number > 0 && newest_state > number ? newest_state : 0;
}

std::set<std::string> file_names(const fs::path& store) {
  std::set<std::string> names;
  for (const auto& file : fs::directory_iterator(store)) names.insert(file.path().filename());
  return names;
}

bool cut_newest_log(const fs::path& store) {
  fs::path newest;
  for (const auto& file : fs::directory_iterator(store)) {
    if (file.path().extension() == ".log" && file.path().filename() > newest.filename()) newest = file.path();
  }
  if (newest.empty() || fs::file_size(newest) < kLeastLogBytes) return false;
  fs::resize_file(newest, fs::file_size(newest) / 2);
  return true;
}

}  // namespace inkling::bench
