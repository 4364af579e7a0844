// For tests: a disk that forgets, when its power is cut, whatever was not synced, as a real one may. kill -9 alone
// proves little of syncs, because the kernel keeps what was written; this disk does not.
//
// After cut() every change fails. lose_unsynced() then leaves the files as the power found them: bytes that were not
// synced are gone but for a random part of them (a torn end), names whose folder was not synced too, and renames are
// undone. Deleted files stay deleted. Thread safety: every call from any thread; lose_unsynced() when the database is
// closed. Cost: one mutex for all changes.
#pragma once

#include <rocksdb/file_system.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/core/random.h"

namespace inkling::store::rocks {

class LosingDisk final : public rocksdb::FileSystemWrapper {
 public:
  LosingDisk() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  static const char* kClassName() { return "LosingDisk"; }
  const char* Name() const override { return kClassName(); }

  void cut();
  // `kept_at_most` of each unsynced end survives: 0 none, 1 any share of it.
  void lose_unsynced(base::Random& random, double kept_at_most);

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* folder,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  class File;
  class Folder;
  struct Content {
    std::uint64_t bytes = 0;
    std::uint64_t synced_bytes = 0;
    bool name_synced = false;
  };
  template <typename Change>
  rocksdb::IOStatus guarded(Change change);
  void sync_names();

  std::mutex mutex_;
  bool cut_ = false;
  std::map<std::string, std::shared_ptr<Content>> written_;        // by path, since the disk was made
  std::map<std::string, std::optional<std::string>> overwritten_;  // by path: what a rename not yet synced replaced
};

}  // namespace inkling::store::rocks
