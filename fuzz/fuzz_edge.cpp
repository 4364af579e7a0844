// The device's C ABI, as whatever page or app may call it: package bytes, samples, events, scores and takes in any
// order. What must hold beside not crashing: a refusal has a sentence and changes no score, probabilities are
// probabilities (of a sane package), and batches of gestures are events that the reader takes.
//
// The input is a list of calls, each a byte that says which and then its arguments. The first byte says whether the
// package is a good one, a damaged one, or one that is damaged behind a checksum that is right.
#include <array>
#include <cmath>
#include <cstring>
#include <string>

#include "apps/edge/event_reader.h"
#include "apps/edge/inkling_edge.h"
#include "artifact/manifest.h"
#include "fuzz/edge_package.h"
#include "fuzz/property.h"

namespace inkling::fuzz {
namespace {

constexpr double kStartMs = 1'700'000'000'000;

class Calls {
 public:
  explicit Calls(std::string_view input) : rest_(input) {}
  [[nodiscard]] bool empty() const { return rest_.empty(); }
  template <typename T>
  T take() {
    T value{};
    const std::size_t size = std::min(sizeof value, rest_.size());
    std::memcpy(&value, rest_.data(), size);
    rest_.remove_prefix(size);
    return value;
  }
  std::string_view bytes(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }

 private:
  std::string_view rest_;
};

std::uint32_t length(std::string_view text) {
  return static_cast<std::uint32_t>(text.size());
}

inkling_edge* create(std::string_view package) {
  inkling_edge* edge = nullptr;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(package.data());
  const std::int32_t status = inkling_edge_create(bytes, length(package), &edge);
  must((status == INKLING_EDGE_OK) == (edge != nullptr), "a handle comes with success");
  if (edge == nullptr) must(*inkling_edge_error(nullptr) != '\0', "a refused package is told why");
  return edge;
}

class Player {
 public:
  Player(inkling_edge* edge, bool sane) : edge_(edge), sane_(sane) {}

  void play(Calls& calls) {
    switch (calls.take<std::uint8_t>() % 7) {
      case 0:
        return check(inkling_edge_screen(edge_, calls.take<float>(), calls.take<float>()));
      case 1:
        return check(samples(calls));
      case 2: {
        const std::string_view json = calls.bytes(calls.take<std::uint16_t>());
        return check(inkling_edge_event(edge_, json.data() == nullptr ? "" : json.data(), length(json)));
      }
      case 3:
        return take();
      case 4:
        return explain(calls.take<double>());
      case 6: {
        const std::string_view bytes = calls.bytes(calls.take<std::uint8_t>());
        const auto* event = reinterpret_cast<const std::uint8_t*>(bytes.data());
        return check(inkling_edge_event_packed(edge_, event, length(bytes)));
      }
      default:
        return score(calls.take<double>());
    }
  }

 private:
  void check(std::int32_t status) {
    must(status >= INKLING_EDGE_OK && status <= INKLING_EDGE_FULL, "a status is one of the five");
    if (status != INKLING_EDGE_OK) must(*inkling_edge_error(edge_) != '\0', "a refusal says why");
  }

  // Any bytes at all, or ones near a hand: a few milliseconds further, within a screen.
  std::int32_t samples(Calls& calls) {
    std::array<inkling_edge_sample, 16> raw{};
    const std::size_t count = calls.take<std::uint8_t>() % raw.size();
    const bool sane = calls.take<std::uint8_t>() % 4 != 0;
    for (inkling_edge_sample& sample : std::span(raw).first(count)) {
      if (!sane) {
        sample = calls.take<inkling_edge_sample>();
        continue;
      }
      now_ms_ += calls.take<std::uint8_t>();
      sample.at_ms = now_ms_;
      sample.phase = calls.take<std::uint8_t>() % 7;
      sample.pointer = calls.take<std::uint8_t>() % 3;
      sample.x_px = calls.take<std::uint8_t>();
      sample.y_px = calls.take<std::uint8_t>();
    }
    return inkling_edge_samples(edge_, raw.data(), static_cast<std::uint32_t>(count));
  }

  void take() {
    for (const char* batch = inkling_edge_take_gestures(edge_); batch != nullptr;
         batch = inkling_edge_take_gestures(edge_)) {
      const std::string event = R"({"type":"gestures","id":"g","shopper":"s",)" + std::string(batch).substr(1);
      const auto read = edge::read_event(event);
      must(read.ok(), "a batch is an event", event);
    }
  }

  void explain(double now_ms) {
    const char* text = inkling_edge_explain(edge_, now_ms);
    must((text == nullptr) == std::isnan(now_ms), "attention is told at any time");
    if (text != nullptr) must(base::Json::parse(text).ok(), "attention is JSON", text);
  }

  void score(double now_ms) {
    std::array<float, 4> probs{};
    const std::int32_t status = inkling_edge_score(edge_, now_ms, probs.data(), inkling_edge_target_count(edge_));
    must((status == INKLING_EDGE_OK) == !std::isnan(now_ms), "a score is there at any time");
    if (!sane_) return;
    for (const float prob : probs) must(prob >= 0 && prob <= 1, "an answer is a probability", std::to_string(prob));
  }

  inkling_edge* edge_;
  bool sane_;
  double now_ms_ = kStartMs;
};

void check(std::string_view input) {
  enum Kind : std::uint8_t { kDamaged = 0, kForged = 7 };
  Calls calls(input);
  const int kind = calls.take<std::uint8_t>() % 8;
  const bool sane = kind != kDamaged && kind != kForged;
  inkling_edge* edge = create(sane ? small_package(artifact::DevicePrecision::kFloat)
                                   : damaged_package(calls.bytes(12), kind == kForged));
  must(edge != nullptr || !sane, "the small package loads");
  if (edge == nullptr) return;
  Player player(edge, sane);
  while (!calls.empty()) player.play(calls);
  inkling_edge_free(edge);
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
