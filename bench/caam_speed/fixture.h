// The weights and requests of bench/figures/add-on-speed: CAAM in its published sizes, random. Written once, so that
// our side and the peer's graphs read the same bytes. For that figure only.
#pragma once

#include <filesystem>
#include <vector>

#include "artifact/mapped_file.h"
#include "base/core/result.h"
#include "bench/caam_speed/network.h"

namespace inkling::bench {

inline constexpr std::size_t kRequests = 8;  // in rotation

// Writes <folder>/weights.safetensors and <folder>/requests.safetensors. The last layer is scaled so that the logits
// deviate by 1 over all candidates.
[[nodiscard]] base::Status make_fixture(const std::filesystem::path& folder);

// Files that stay mapped, and what points into them.
class Fixture {
 public:
  [[nodiscard]] static base::Result<Fixture> load(const std::filesystem::path& folder);
  [[nodiscard]] const artifact::Safetensors& weights() const { return weights_; }
  [[nodiscard]] const std::vector<Request>& requests() const { return requests_; }

 private:
  Fixture(artifact::MappedFile weights_file, artifact::MappedFile requests_file)
      : weights_file_(std::move(weights_file)), requests_file_(std::move(requests_file)) {}
  artifact::MappedFile weights_file_, requests_file_;
  artifact::Safetensors weights_;
  std::vector<Request> requests_;
};

// The requests of <folder>/requests.safetensors' tensors.
[[nodiscard]] base::Result<std::vector<Request>> requests_of(const artifact::Safetensors& tensors);

}  // namespace inkling::bench
