// How many samples a second the extractor takes, for bench/figures/gesture-rate. Arguments: rounds, then unpacked
// Balabit CSVs, if any. A made-up touch stream is measured beside them, round by round, and its answer is known: the
// strokes that were made. For a real stream every round must give what the first gave. Prints one JSON object.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "base/core/random.h"
#include "bench/gestures/balabit.h"
#include "gesture/extractor.h"

namespace inkling::bench {
namespace {

using base::Json;
using gesture::Extractor;
using gesture::Phase;
using gesture::Sample;

// Counts gestures and keeps a sum that changes with any of their fields.
class Count final : public gesture::Sink {
 public:
  void swipe(const domain::Swipe& swipe, domain::Pointer) override {
    ++swipes;
    mix(swipe.offset_ms, swipe.duration_ms);
    mix(swipe.start_x, swipe.start_y);
    mix(swipe.end_x, swipe.end_y);
  }
  void tap(const domain::Tap& tap, domain::Pointer) override {
    ++taps;
    mix(tap.offset_ms, tap.x);
  }
  bool operator==(const Count& other) const {
    return swipes == other.swipes && taps == other.taps && sum_ == other.sum_;
  }

  std::int64_t swipes = 0;
  std::int64_t taps = 0;

 private:
  void mix(std::int32_t a, std::int32_t b) {
    sum_ = (sum_ ^ static_cast<std::uint32_t>(a)) * 0x9E3779B97F4A7C15ULL + static_cast<std::uint32_t>(b);
  }
  std::uint64_t sum_ = 0;
};

struct Stream {
  std::string name;
  std::vector<PointerSession> sessions;
  std::int64_t samples = 0;
  std::int64_t swipes = -1, taps = -1;  // as made; -1: nobody knows
  Count first;
  std::vector<double> seconds;
  bool same = true;
};

// Fingers at 60 Hz: of five strokes four swipe (5 to 40 moves) and one taps.
Stream made_up(std::size_t count) {
  Stream stream;
  stream.name = "made-up touch";
  stream.sessions.push_back({"", "", {390, 844}, {}});
  auto& samples = stream.sessions[0].samples;
  base::Random random(20);
  stream.swipes = stream.taps = 0;
  Sample sample;
  const auto say = [&](Phase phase, double x, double y) {
    sample.phase = phase;
    sample.at_ms += 16;
    sample.x_px = static_cast<float>(x);
    sample.y_px = static_cast<float>(y);
    samples.push_back(sample);
  };
  while (samples.size() < count) {
    sample.at_ms += 300;
    const bool taps = random.below(5) == 0;
    const double x = random.uniform(100, 300);
    const double y = random.uniform(400, 800);
    const auto moves = taps ? 2 : 5 + random.below(36);
    say(Phase::kDown, x, y);
    for (std::size_t i = 1; i <= moves; ++i) say(Phase::kMove, x, y - (taps ? 1.0 : 8.0) * static_cast<double>(i));
    say(Phase::kUp, x, y - (taps ? 1.0 : 8.0) * static_cast<double>(moves));
    ++(taps ? stream.taps : stream.swipes);
  }
  return stream;
}

void run(Stream& stream) {
  Count count;
  const auto start = std::chrono::steady_clock::now();
  for (const PointerSession& session : stream.sessions) {
    Extractor extractor(session.screen);
    for (const Sample& sample : session.samples) extractor.push(sample, count);
    extractor.finish(count);
  }
  stream.seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  if (stream.seconds.size() == 1) stream.first = count;
  stream.same = stream.same && count == stream.first;
}

Json told(const Stream& stream) {
  Json rates = Json::array();
  for (const double seconds : stream.seconds) rates.push(static_cast<double>(stream.samples) / seconds);
  const bool as_made =
      stream.swipes < 0 || (stream.swipes == stream.first.swipes && stream.taps == stream.first.taps);
  Json json = Json::object();
  json.set("stream", stream.name).set("samples", stream.samples);
  json.set("swipes", stream.first.swipes).set("taps", stream.first.taps);
  json.set("right", stream.same && as_made).set("samples_per_second", std::move(rates));
  return json;
}

base::Status measure(int rounds, const std::vector<std::string>& paths) {
  std::vector<Stream> streams = {made_up(1'000'000)};
  for (const std::string& path : paths) {
    INKLING_ASSIGN(auto sessions, read_balabit(path));
    streams.emplace_back();
    streams.back().name = path.substr(path.rfind('/') + 1);
    streams.back().sessions = std::move(sessions);
  }
  for (Stream& stream : streams) {
    for (const PointerSession& session : stream.sessions) {
      stream.samples += static_cast<std::int64_t>(session.samples.size());
    }
  }
  for (int round = 0; round < rounds; ++round) {
    for (Stream& stream : streams) run(stream);
  }
  Json json = Json::array();
  for (const Stream& stream : streams) json.push(told(stream));
  std::printf("%s\n", json.to_text().c_str());
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 0;
  if (rounds < 1) {
    std::fprintf(stderr, "gesture_rate: expected the number of rounds, then CSV files\n");
    return 2;
  }
  const auto status = inkling::bench::measure(rounds, {argv + 2, argv + argc});
  if (!status.ok()) std::fprintf(stderr, "gesture_rate: %s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
