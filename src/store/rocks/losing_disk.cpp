#include "store/rocks/losing_disk.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace inkling::store::rocks {

using rocksdb::FileOptions;
using rocksdb::FSDirectory;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

template <typename Change>
IOStatus LosingDisk::guarded(Change change) {
  const std::lock_guard lock(mutex_);
  return cut_ ? IOStatus::IOError("the power is cut") : change();
}

// Syncs are only noted: what the kernel keeps is as good as a disk for a process that lives on.
class LosingDisk::File final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  File(LosingDisk& disk, std::unique_ptr<FSWritableFile> file, std::shared_ptr<Content> content)
      : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk), content_(std::move(content)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    return disk_.guarded([&] {
      content_->bytes += data.size();
      return target()->Append(data, options, debug);
    });
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Truncate(std::uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    return disk_.guarded([&] {
      content_->bytes = size;
      content_->synced_bytes = std::min(content_->synced_bytes, size);
      return target()->Truncate(size, options, debug);
    });
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return disk_.guarded([&] {
      const IOStatus flushed = target()->Flush(options, debug);
      if (flushed.ok()) content_->synced_bytes = content_->bytes;
      return flushed;
    });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return Sync(options, debug); }
  // Promises nothing about power.
  IOStatus RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }

 private:
  LosingDisk& disk_;
  std::shared_ptr<Content> content_;
};

class LosingDisk::Folder final : public rocksdb::FSDirectoryWrapper {
 public:
  Folder(LosingDisk& disk, std::unique_ptr<FSDirectory> folder)
      : FSDirectoryWrapper(std::move(folder)), disk_(disk) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    return disk_.guarded([&] {
      disk_.sync_names();
      return IOStatus::OK();
    });
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }

 private:
  LosingDisk& disk_;
};

void LosingDisk::cut() {
  const std::lock_guard lock(mutex_);
  cut_ = true;
}

// The store has one folder.
void LosingDisk::sync_names() {
  for (auto& [name, content] : written_) content->name_synced = true;
  overwritten_.clear();
}

void LosingDisk::lose_unsynced(base::Random& random, double kept_at_most) {
  namespace fs = std::filesystem;
  for (const auto& [name, content] : written_) {
    if (!content->name_synced) {
      fs::remove(name);
      continue;
    }
    const auto unsynced = static_cast<double>(content->bytes - content->synced_bytes);
    fs::resize_file(name,
                    content->synced_bytes + static_cast<std::uint64_t>(random.uniform(0, kept_at_most) * unsynced));
  }
  for (const auto& [name, before] : overwritten_) {
    if (before) std::ofstream(name, std::ios::binary) << *before;
  }
}

IOStatus LosingDisk::NewWritableFile(const std::string& name, const FileOptions& options,
                                     std::unique_ptr<FSWritableFile>* file, IODebugContext* debug) {
  return guarded([&] {
    IOStatus made = target()->NewWritableFile(name, options, file, debug);
    if (!made.ok()) return made;
    auto content = std::make_shared<Content>();
    written_[name] = content;
    *file = std::make_unique<File>(*this, std::move(*file), std::move(content));
    return made;
  });
}

// Never asked for by the store; a write past this disk's notice must not go by unseen.
IOStatus LosingDisk::ReopenWritableFile(const std::string& name, const FileOptions&, std::unique_ptr<FSWritableFile>*,
                                        IODebugContext*) {
  return IOStatus::NotSupported("ReopenWritableFile", name);
}

IOStatus LosingDisk::NewDirectory(const std::string& name, const IOOptions& options,
                                  std::unique_ptr<FSDirectory>* folder, IODebugContext* debug) {
  IOStatus opened = target()->NewDirectory(name, options, folder, debug);
  if (opened.ok()) *folder = std::make_unique<Folder>(*this, std::move(*folder));
  return opened;
}

IOStatus LosingDisk::DeleteFile(const std::string& name, const IOOptions& options, IODebugContext* debug) {
  return guarded([&] {
    written_.erase(name);
    return target()->DeleteFile(name, options, debug);
  });
}

IOStatus LosingDisk::RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                                IODebugContext* debug) {
  return guarded([&] {
    std::optional<std::string> before;
    if (std::ifstream old(to, std::ios::binary); old) {
      std::ostringstream text;
      text << old.rdbuf();
      before = std::move(text).str();
    }
    IOStatus renamed = target()->RenameFile(from, to, options, debug);
    if (!renamed.ok()) return renamed;
    overwritten_.emplace(to, std::move(before));
    if (auto moved = written_.extract(from)) {
      moved.key() = to;
      moved.mapped()->name_synced = false;
      written_.erase(to);
      written_.insert(std::move(moved));
    }
    return renamed;
  });
}

}  // namespace inkling::store::rocks
