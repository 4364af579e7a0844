// The packages that devices run: which version a shopper's device gets (registry.h), and its bytes in the form asked
// for, made once and kept. Not for the scorers of this process.
//
// Ownership: bytes are shared with whoever asked. Thread safety: every call may come from any thread. Cost: refresh
// and package_for read the disk, so call them on the store executor; serves and is_fresh look at memory. Memory: of
// each model the live version and the canary, in every form that was asked for, packed and not.
// Failure: kNotFound for a model or version that is not there (naming what is), else as artifact fails.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "artifact/device_package.h"
#include "artifact/package.h"
#include "base/core/result.h"
#include "registry/registry.h"
#include "scene/steady_time.h"

namespace inkling::server {

// A package as a device takes it (artifact/device_package.h), which only its model knows to make. Any thread, one at
// a time.
using DevicePackageMaker =
    std::function<base::Result<std::vector<std::byte>>(const artifact::Package&, artifact::DevicePrecision)>;

struct EdgePackage {
  std::string version;
  std::string etag;    // of `bytes`, quoted
  std::string bytes;   // a device package
  std::string packed;  // the same as gzip
};

class EdgePackages {
 public:
  static constexpr std::int64_t kFreshUs = 1'000'000;

  // `data_folder` holds packages and registry.json; "": there are none.
  EdgePackages(std::string data_folder, DevicePackageMaker make, const scene::SteadyTime& time)
      : data_folder_(std::move(data_folder)), make_device_package_(std::move(make)), time_(time) {}

  // Whether the registry was read within kFreshUs.
  [[nodiscard]] bool is_fresh() const;
  [[nodiscard]] base::Status refresh();
  // Whether devices are given this version, as the registry said when it was last read.
  [[nodiscard]] bool serves(std::string_view model, std::string_view version) const;

  // `shopper` chooses between a canary and the live version; "": the live one.
  [[nodiscard]] base::Result<std::shared_ptr<const EdgePackage>> package_for(const std::string& model,
                                                                             std::string_view shopper,
                                                                             artifact::DevicePrecision precision);

 private:
  using Key = std::tuple<std::string, std::string, artifact::DevicePrecision>;  // model, version
  [[nodiscard]] base::Result<std::vector<registry::PackageEntry>> read_registry();
  [[nodiscard]] base::Result<std::shared_ptr<const EdgePackage>> make(const Key& key) const;

  const std::string data_folder_;
  const DevicePackageMaker make_device_package_;
  const scene::SteadyTime& time_;
  mutable std::mutex mutex_;  // of what follows
  std::vector<registry::PackageEntry> entries_;
  std::int64_t read_us_ = 0;  // 0: never
  std::mutex making_mutex_;   // one package is made at a time
  std::map<Key, std::shared_ptr<const EdgePackage>> made_;
};

}  // namespace inkling::server
