// weights.safetensors, from bytes to a score. A file that parses, written anew, parses to the same tensors; a
// manifest survives its JSON; a model that loads answers probabilities. Checksums would stop every mutation at the
// door, so beside open_weights() the same steps are taken without them.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "fuzz/property.h"
#include "models/dipn/dipn_device.h"
#include "models/dipn/dipn_serve.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace inkling::fuzz {
namespace {

constexpr std::size_t kPrefixBytes = 8;
constexpr float kSaneWeight = 8;  // beyond it float arithmetic itself may overflow

// 64-byte aligned, as Package keeps them.
class AlignedBytes {
 public:
  explicit AlignedBytes(std::string_view bytes) : room_(bytes.size() + kAlignment) {
    const auto address = reinterpret_cast<std::uintptr_t>(room_.data());
    std::byte* start = room_.data() + (kAlignment - address % kAlignment) % kAlignment;
    if (!bytes.empty()) std::memcpy(start, bytes.data(), bytes.size());
    bytes_ = {start, bytes.size()};
  }
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kAlignment = artifact::kTensorAlignmentBytes;
  std::vector<std::byte> room_;
  std::span<const std::byte> bytes_;
};

void check_rewriting(const artifact::Safetensors& file) {
  artifact::SafetensorsWriter writer;
  for (const artifact::TensorView& tensor : file.tensors()) {
    must(writer.add_bytes(tensor.name, tensor.dtype, tensor.shape, tensor.bytes).ok(), "a tensor that was read fits");
  }
  const auto written = writer.bytes();
  if (!written.ok()) return;  // a name that only strangers use: empty, or one of ours
  const auto again = artifact::Safetensors::parse(*written);
  must(again.ok() && again->tensors().size() == file.tensors().size(), "what was written parses");
  must(again->verify_checksums().ok(), "what was written keeps its checksums");
  for (const artifact::TensorView& tensor : file.tensors()) {
    const auto values = again->checked_bytes(tensor.name, tensor.dtype, tensor.shape, 1);
    must(values.ok() && std::ranges::equal(*values, tensor.bytes), "what was written is the same tensor",
         tensor.name);
  }
}

bool is_sane(const artifact::Safetensors& weights) {
  return std::ranges::all_of(weights.tensors(), [](const artifact::TensorView& tensor) {
    if (tensor.dtype != artifact::Dtype::kF32) return true;
    std::vector<float> values(tensor.element_count());
    if (!values.empty()) std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
    return std::ranges::all_of(values, [](float value) { return std::fabs(value) <= kSaneWeight; });
  });
}

state::ShopperState some_shopper() {
  state::ShopperState state;
  domain::Event event;
  event.shopper = "ann";
  for (std::int64_t i = 0; i < 5; ++i) {
    event.ts_ms = 1'700'000'000'000 + i * 1000;
    event.body = domain::Action{.item = "shoe", .category = {"top", "leaf"}, .page = "detail", .stay_ms = 900};
    state::apply(state, event);
    event.body = domain::Gestures{.swipes = {{.duration_ms = 80, .start_y = 9000}}, .taps = {{.x = 5000, .y = 5000}}};
    state::apply(state, event);
  }
  return state;
}

void check_scores(const feature::Scorer& scorer, bool sane) {
  static const state::ShopperState kShopper = some_shopper();
  const auto memory = scorer.new_memory();
  const auto workspace = scorer.new_workspace();
  must(scorer.catch_up(kShopper, *memory), "a new memory catches up with a short history");
  std::array<float, feature::kMaxTargets> room{};
  const std::span<float> probs(room.data(), scorer.info().targets.size());
  scorer.score(kShopper, *memory, kShopper.clock_ms, *workspace, probs);
  if (!sane) return;
  for (const float prob : probs) must(prob >= 0 && prob <= 1, "an answer is a probability", std::to_string(prob));
}

void check_manifest(const artifact::Safetensors& file) {
  const auto text = file.metadata().find(std::string(artifact::kManifestKey));
  if (text == file.metadata().end()) return;
  const auto json = base::Json::parse(text->second);
  if (!json.ok()) return;
  const auto manifest = artifact::manifest_from_json(*json);
  if (!manifest.ok()) return must(!manifest.status().message().empty(), "a refusal says why");
  const auto again = artifact::manifest_from_json(artifact::manifest_to_json(*manifest));
  must(again.ok() && *again == *manifest, "a manifest survives its JSON");
  const auto scorer = models::dipn::serving_half().load(*manifest, file, nullptr, math::Precision::kFloat);
  if (!scorer.ok()) return must(!scorer.status().message().empty(), "a refusal says why");
  check_scores(**scorer, is_sane(file));
  for (const auto precision :
       {artifact::DevicePrecision::kFloat, artifact::DevicePrecision::kFp16, artifact::DevicePrecision::kInt8}) {
    const auto device = models::dipn::write_device_package(*manifest, file, precision);
    must(device.ok() || !device.status().message().empty(), "a refusal says why");
  }
}

void check(std::string_view input) {
  const AlignedBytes file(input);
  const auto whole = artifact::open_weights(file.bytes(), 1, 1);
  must(whole.ok() || !whole.status().message().empty(), "a refusal says why");
  const auto tensors = artifact::Safetensors::parse(file.bytes());
  must(tensors.ok() || !whole.ok(), "a package's file parses");
  if (!tensors.ok()) return;
  check_rewriting(*tensors);
  check_manifest(*tensors);
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}

// A header that grew or shrank no longer has the length that the first eight bytes say, and nothing behind them would
// ever be reached: most of the time the length follows.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned int seed) {
  using inkling::fuzz::kPrefixBytes;
  if (size < kPrefixBytes || max_size <= kPrefixBytes || seed % 4 == 0) return LLVMFuzzerMutate(data, size, max_size);
  const std::size_t mutated =
      kPrefixBytes + LLVMFuzzerMutate(data + kPrefixBytes, size - kPrefixBytes, max_size - kPrefixBytes);
  std::uint64_t length = 0;
  std::memcpy(&length, data, kPrefixBytes);
  length += mutated;
  length -= size;
  std::memcpy(data, &length, kPrefixBytes);
  return mutated;
}
