#include "store/rocks/journal.h"

#include <rocksdb/db.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"
#include "wire/event_json.h"

namespace inkling::store::rocks {
namespace {

// Entries of one shopper fetched at once: they lie far apart in the journal.
constexpr std::size_t kFetchCount = 64;

rocksdb::ReadOptions scan_options(std::size_t readahead_bytes) {
  rocksdb::ReadOptions options;
  options.fill_cache = false;  // a scan of everything must not push out what scenes read
  options.readahead_size = readahead_bytes;
  return options;
}

base::Status damaged(const Database& database, std::uint64_t sequence, const std::string& reason) {
  return base::corrupt(database.folder() + " is damaged: journal entry " + std::to_string(sequence) + ": " + reason +
                       "; restore it from a backup");
}

// Reads entries with one parser, and one event's memory, for a whole scan.
class EntryReader {
 public:
  explicit EntryReader(const Database& database) : database_(database) {}

  base::Result<const JournalEntry*> read(std::uint64_t sequence, std::string_view json) {
    auto event = parser_.parse(json);
    if (!event.ok()) return damaged(database_, sequence, event.status().message());
    entry_.sequence = sequence;
    entry_.event = std::move(event).value();
    return &entry_;
  }

 private:
  const Database& database_;
  wire::EventParser parser_;
  JournalEntry entry_;
};

// The journal entries with these sequences, in their order; false when the visitor stopped.
class EntryFetcher {
 public:
  explicit EntryFetcher(const Database& database) : database_(database), reader_(database) {}

  void want(std::uint64_t sequence) {
    sequences_.push_back(sequence);
    append_number(keys_, sequence);
  }
  [[nodiscard]] bool full() const { return sequences_.size() == kFetchCount; }

  base::Result<bool> deliver(const JournalVisitor& visit) {
    const std::size_t count = sequences_.size();
    slices_.clear();
    for (std::size_t i = 0; i < count; ++i) slices_.emplace_back(keys_.data() + i * kNumberBytes, kNumberBytes);
    values_ = std::vector<rocksdb::PinnableSlice>(count);
    statuses_.assign(count, rocksdb::Status());
    database_.db().MultiGet({}, database_.family(Family::kJournal), count, slices_.data(), values_.data(),
                            statuses_.data(), true);
    for (std::size_t i = 0; i < count; ++i) {
      if (statuses_[i].IsNotFound()) return damaged(database_, sequences_[i], "it is indexed but missing");
      INKLING_TRY(database_.status_of(statuses_[i]));
      INKLING_ASSIGN(const JournalEntry* entry, reader_.read(sequences_[i], view(values_[i])));
      if (!visit(*entry)) return false;
    }
    sequences_.clear();
    keys_.clear();
    return true;
  }

 private:
  const Database& database_;
  EntryReader reader_;
  std::vector<std::uint64_t> sequences_;
  std::string keys_;
  std::vector<rocksdb::Slice> slices_;
  std::vector<rocksdb::PinnableSlice> values_;
  std::vector<rocksdb::Status> statuses_;
};

}  // namespace

void Journal::add(rocksdb::WriteBatch& batch, std::uint64_t sequence, std::string_view shopper,
                  std::string_view json) {
  key_.clear();
  append_number(key_, sequence);
  batch.Put(database_.family(Family::kJournal), key_, slice(json));
  if (shopper.empty()) return;
  key_.clear();
  append_shopper_key(key_, shopper, sequence);
  batch.Put(database_.family(Family::kByShopper), key_, rocksdb::Slice());
}

base::Result<std::uint64_t> Journal::last_sequence() const {
  const std::unique_ptr<rocksdb::Iterator> it(database_.db().NewIterator({}, database_.family(Family::kJournal)));
  it->SeekToLast();
  INKLING_TRY(database_.status_of(it->status()));
  return it->Valid() ? read_number(view(it->key())) : 0;
}

base::Status Journal::read(std::uint64_t from_sequence, const JournalVisitor& visit) const {
  const std::unique_ptr<rocksdb::Iterator> it(
      database_.db().NewIterator(scan_options(2 << 20), database_.family(Family::kJournal)));
  EntryReader reader(database_);
  std::string start;
  append_number(start, from_sequence);
  std::uint64_t expected = std::max<std::uint64_t>(from_sequence, 1);
  for (it->Seek(start); it->Valid(); it->Next(), ++expected) {
    const std::uint64_t sequence = read_number(view(it->key()));
    if (sequence != expected) return damaged(database_, expected, "it is missing");
    INKLING_ASSIGN(const JournalEntry* entry, reader.read(sequence, view(it->value())));
    if (!visit(*entry)) return {};
  }
  return database_.status_of(it->status());
}

base::Status Journal::read_shopper(std::string_view shopper, std::uint64_t from_sequence,
                                   const JournalVisitor& visit) const {
  const std::unique_ptr<rocksdb::Iterator> it(database_.db().NewIterator({}, database_.family(Family::kByShopper)));
  std::string start;
  append_shopper_key(start, shopper, from_sequence);
  const std::string_view prefix(start.data(), shopper.size() + 1);
  EntryFetcher fetcher(database_);
  const auto wants = [&](std::uint64_t sequence) -> base::Result<bool> {
    if (sequence < from_sequence) return true;
    fetcher.want(sequence);
    return fetcher.full() ? fetcher.deliver(visit) : true;
  };
  // The run that from_sequence falls into may begin before it.
  it->SeekForPrev(start);
  if (!it->Valid() || !view(it->key()).starts_with(prefix)) it->Seek(start);
  for (; it->Valid() && view(it->key()).starts_with(prefix); it->Next()) {
    std::uint64_t sequence = read_number(view(it->key()).substr(prefix.size()));
    std::string_view postings = view(it->value());
    while (true) {
      INKLING_ASSIGN(const bool go_on, wants(sequence));
      if (!go_on) return {};
      if (postings.empty()) break;
      const std::uint64_t distance = take_posting(postings);
      if (distance == 0) return damaged(database_, sequence, "what is indexed behind it cannot be read");
      sequence += distance;
    }
  }
  INKLING_TRY(database_.status_of(it->status()));
  return fetcher.deliver(visit).status();
}

base::Status Journal::read_shoppers(const std::function<bool(std::string_view)>& visit) const {
  const std::unique_ptr<rocksdb::Iterator> it(
      database_.db().NewIterator(scan_options(0), database_.family(Family::kByShopper)));
  std::string shopper;
  for (it->SeekToFirst(); it->Valid(); it->Seek(shopper)) {
    const std::string_view key = view(it->key());
    shopper.assign(key.substr(0, key.size() - kNumberBytes - 1));
    if (!visit(shopper)) return {};
    shopper.push_back('\1');  // past every "shopper, NUL, sequence"
  }
  return database_.status_of(it->status());
}

}  // namespace inkling::store::rocks
