// A device with a small package, and hands that swipe and tap on it: tests only.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "apps/edge/inkling_edge.h"
#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/byte_writer.h"
#include "base/core/hash.h"
#include "base/core/json.h"
#include "models/dipn/dipn_device.h"

namespace inkling::edge {

// The bytes of a file where tensors may be read in place.
class AlignedFile {
 public:
  explicit AlignedFile(const std::string& file) : lines_(file.size() / sizeof(Line) + 1), size_(file.size()) {
    std::memcpy(lines_.data(), file.data(), file.size());
  }
  [[nodiscard]] std::span<const std::byte> bytes() const { return std::as_bytes(std::span(lines_)).first(size_); }

 private:
  struct alignas(artifact::kTensorAlignmentBytes) Line {
    std::byte bytes[artifact::kTensorAlignmentBytes];
  };
  std::vector<Line> lines_;
  std::size_t size_;
};

inline std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A server's package of all three views and two targets, from the fuzzer's corpus; as it is there, devices could not
// serve it. ctest runs from the root of the source tree.
struct ServerPackage {
  ServerPackage() { manifest.params.set("combine", "residual"); }
  AlignedFile file{read_file("fuzz/corpus/package/lstm_all_views")};
  artifact::Safetensors tensors = *artifact::Safetensors::parse(file.bytes());
  artifact::PackageManifest manifest =
      *artifact::manifest_from_json(*base::Json::parse(tensors.metadata().at(std::string(artifact::kManifestKey))));
};

// The same for devices.
inline std::string package_file(artifact::DevicePrecision precision = artifact::DevicePrecision::kFloat) {
  const ServerPackage package;
  const auto bytes = models::dipn::write_device_package(package.manifest, package.tensors, precision);
  EXPECT_TRUE(bytes.ok()) << bytes.status().message();
  return text_of(*bytes);
}

// With a byte changed and a checksum that says it should be so.
inline std::string changed(std::string package, std::size_t place, char value) {
  package[place] = value;
  package.resize(package.size() - sizeof(std::uint64_t));
  base::ByteWriter sum;
  sum.fixed(base::name_hash(package), sizeof(std::uint64_t));
  return package + text_of(sum.written());
}

class Device {
 public:
  Device() {
    const std::string file = package_file();
    EXPECT_EQ(inkling_edge_create(reinterpret_cast<const std::uint8_t*>(file.data()),
                                  static_cast<std::uint32_t>(file.size()), &edge_),
              INKLING_EDGE_OK)
        << inkling_edge_error(nullptr);
    EXPECT_EQ(inkling_edge_screen(edge_, 390, 844), INKLING_EDGE_OK);
  }
  ~Device() { inkling_edge_free(edge_); }
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  [[nodiscard]] inkling_edge* get() { return edge_; }

  // Upwards from y_px within 80 ms.
  std::int32_t try_swipe(std::int64_t at_ms, float y_px) {
    return touch({at(at_ms, 1, 200, y_px), at(at_ms + 30, 0, 205, y_px / 2), at(at_ms + 80, 2, 205, y_px / 3)});
  }
  void swipe(std::int64_t at_ms, float y_px) { EXPECT_EQ(try_swipe(at_ms, y_px), INKLING_EDGE_OK); }
  void tap(std::int64_t at_ms, float y_px) {
    EXPECT_EQ(touch({at(at_ms, 1, 90, y_px), at(at_ms + 50, 2, 91, y_px)}), INKLING_EDGE_OK);
  }
  void must_take(const std::string& event) {
    EXPECT_EQ(inkling_edge_event(edge_, event.data(), static_cast<std::uint32_t>(event.size())), INKLING_EDGE_OK)
        << inkling_edge_error(edge_);
  }
  std::vector<float> score(std::int64_t now_ms) {
    std::vector<float> probs(inkling_edge_target_count(edge_));
    EXPECT_EQ(inkling_edge_score(edge_, static_cast<double>(now_ms), probs.data(),
                                 static_cast<std::uint32_t>(probs.size())),
              INKLING_EDGE_OK);
    return probs;
  }
  std::vector<std::string> take_all() {
    std::vector<std::string> batches;
    while (const char* batch = inkling_edge_take_gestures(edge_)) batches.emplace_back(batch);
    return batches;
  }

 private:
  static inkling_edge_sample at(std::int64_t at_ms, std::uint8_t phase, float x_px, float y_px) {
    return {static_cast<double>(at_ms), x_px, y_px, 1, 3, 0, 1, 2, phase, 0, {}};
  }
  std::int32_t touch(const std::vector<inkling_edge_sample>& samples) {
    return inkling_edge_samples(edge_, samples.data(), static_cast<std::uint32_t>(samples.size()));
  }

  inkling_edge* edge_ = nullptr;
};

}  // namespace inkling::edge
