// registry.json and the lock around its changes. Not for other folders (registry.h).
#pragma once

#include <filesystem>
#include <vector>

#include "base/core/result.h"
#include "registry/registry.h"

namespace inkling::registry {

// An absent file is an empty list. kCorrupt names the file and the place in it.
[[nodiscard]] base::Result<std::vector<PackageEntry>> read_entries(const std::filesystem::path& data_folder);
[[nodiscard]] base::Status write_entries(const std::filesystem::path& data_folder,
                                         const std::vector<PackageEntry>& entries);

// Held by whoever reads, changes and writes the file. Waits for its turn. The lock belongs to the opened file, so it
// also keeps threads of one process apart, and the system drops it when a process dies.
class ChangeLock {
 public:
  static base::Result<ChangeLock> take(const std::filesystem::path& data_folder);
  ChangeLock(ChangeLock&& other) noexcept;
  ChangeLock& operator=(ChangeLock&&) = delete;
  ~ChangeLock();

 private:
  explicit ChangeLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace inkling::registry
