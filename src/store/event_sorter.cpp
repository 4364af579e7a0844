#include "store/event_sorter.h"

#include <rocksdb/db.h>
#include <rocksdb/memtablerep.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <system_error>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "store/rocks/encoding.h"
#include "store/rocks/silent_logger.h"
#include "wire/event_json.h"

namespace inkling::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolderPrefix = "event-sort-";
constexpr std::size_t kBatchBytes = 256 * 1024;
constexpr std::size_t kBufferCount = 4;  // one being filled, the others being written out
constexpr std::size_t kMinMemoryBytes = 1024 * 1024;

// RocksDB as a run writer and merger: no log, no compaction, memtables that are plain vectors sorted when full.
rocksdb::Options run_options(std::size_t memory_bytes) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.error_if_exists = true;
  options.PrepareForBulkLoad();
  options.memtable_factory = std::make_shared<rocksdb::VectorRepFactory>();
  options.allow_concurrent_memtable_write = false;
  options.write_buffer_size = std::max(memory_bytes, kMinMemoryBytes) / kBufferCount;
  options.max_write_buffer_number = kBufferCount;
  options.max_background_jobs = 2;
  options.compression = rocksdb::kLZ4Compression;
  options.info_log = rocks::silent_logger();
  rocksdb::BlockBasedTableOptions table;
  table.no_block_cache = true;
  table.block_size = 64 * 1024;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

base::Status run_failure(const std::string& folder, const rocksdb::Status& status) {
  if (status.ok()) return {};
  return base::io_error("sorting events in " + folder + ": " + status.ToString());
}

// Items, profiles and the like in the order of the variant, actions by kind, then gestures.
char rank_of(const domain::Event& event) {
  constexpr std::size_t kActionIndex = 6;
  const std::size_t index = event.body.index();
  if (const auto* action = std::get_if<domain::Action>(&event.body)) {
    return static_cast<char>(kActionIndex + static_cast<std::size_t>(action->action));
  }
  return static_cast<char>(index < kActionIndex ? index : index + domain::kActionKindCount);
}

std::string_view item_of(const domain::Event& event) {
  if (const auto* item = std::get_if<domain::Item>(&event.body)) return item->item;
  if (const auto* action = std::get_if<domain::Action>(&event.body)) return action->item;
  return {};
}

void write_sort_key(const domain::Event& event, std::uint64_t arrival, std::string& key) {
  key.clear();
  rocks::append_number(key, static_cast<std::uint64_t>(event.ts_ms));
  key.append(event.shopper);
  key.push_back('\0');
  key.push_back(rank_of(event));
  key.append(item_of(event));
  key.push_back('\0');
  rocks::append_number(key, arrival);
}

// Destroying takes RocksDB's lock first, so folders of sorters at work are left alone.
void remove_abandoned(const std::string& temp_folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator it(temp_folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename().string().starts_with(kFolderPrefix)) found.push_back(it->path());
  }
  for (const fs::path& folder : found) {
    if (rocksdb::DestroyDB(folder.string(), run_options(0)).ok()) fs::remove_all(folder, error);
  }
}

std::string next_folder(const std::string& temp_folder) {
  static std::atomic<std::uint64_t> count{0};
  return temp_folder + "/" + kFolderPrefix + std::to_string(::getpid()) + "-" + std::to_string(++count);
}

}  // namespace

class EventSorter::Runs {
 public:
  static base::Result<std::unique_ptr<Runs>> open(const std::string& temp_folder, std::size_t memory_bytes) {
    std::error_code error;
    fs::create_directories(temp_folder, error);
    if (error) return base::io_error(temp_folder + " cannot be created: " + error.message());
    remove_abandoned(temp_folder);
    std::unique_ptr<Runs> runs(new Runs(next_folder(temp_folder)));
    rocksdb::DB* db = nullptr;
    INKLING_TRY(run_failure(runs->folder_, rocksdb::DB::Open(run_options(memory_bytes), runs->folder_, &db)));
    runs->db_.reset(db);
    return runs;
  }

  ~Runs() {
    db_.reset();
    std::error_code error;
    fs::remove_all(folder_, error);
  }

  base::Status add(const domain::Event& event) {
    write_sort_key(event, count_, key_);
    json_.clear();
    wire::write_event(event, json_);
    batch_.Put(key_, json_);
    ++count_;
    return batch_.GetDataSize() < kBatchBytes ? base::Status() : write_batch();
  }

  std::uint64_t size() const { return count_; }

  base::Status drain(const std::function<base::Status(domain::Event&)>& take) {
    INKLING_TRY(write_batch());
    rocksdb::ReadOptions options;
    options.readahead_size = kBatchBytes;
    const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options));
    domain::Event event;
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      if (auto status = parser_.parse_into(rocks::view(it->value()), event); !status.ok()) {
        return status.within("sorting events");
      }
      INKLING_TRY(take(event));
    }
    return run_failure(folder_, it->status());
  }

 private:
  explicit Runs(std::string folder) : folder_(std::move(folder)) {}

  base::Status write_batch() {
    rocksdb::WriteOptions options;
    options.disableWAL = true;
    const auto status = db_->Write(options, &batch_);
    batch_.Clear();
    return run_failure(folder_, status);
  }

  std::string folder_;
  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::WriteBatch batch_;
  wire::EventParser parser_;
  std::string key_;
  std::string json_;
  std::uint64_t count_ = 0;
};

bool sorts_before(const domain::Event& a, const domain::Event& b) {
  return std::forward_as_tuple(a.ts_ms, a.shopper, rank_of(a), item_of(a)) <
         std::forward_as_tuple(b.ts_ms, b.shopper, rank_of(b), item_of(b));
}

EventSorter::EventSorter(std::unique_ptr<Runs> runs) : runs_(std::move(runs)) {}
EventSorter::~EventSorter() = default;

base::Result<std::unique_ptr<EventSorter>> EventSorter::open(const std::string& temp_folder,
                                                             std::size_t memory_bytes) {
  INKLING_ASSIGN(auto runs, Runs::open(temp_folder, memory_bytes));
  return std::unique_ptr<EventSorter>(new EventSorter(std::move(runs)));
}

base::Status EventSorter::add(const domain::Event& event) {
  return runs_->add(event);
}
std::uint64_t EventSorter::size() const {
  return runs_->size();
}
base::Status EventSorter::drain(const std::function<base::Status(domain::Event&)>& take) {
  return runs_->drain(take);
}

}  // namespace inkling::store
