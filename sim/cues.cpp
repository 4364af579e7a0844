#include "sim/cues.h"

#include <array>
#include <cmath>

namespace inkling::sim {
namespace {

using ByMood = std::array<double, kMoods>;

constexpr ByMood kLogSlowness = {-0.15, 0.02, 0.20};
constexpr double kSlownessSpread = 0.42;
constexpr double kHurry = 0.7;
constexpr ByMood kReading = {-0.30, 0.15, 0.55};  // logits
constexpr double kReadingSpread = 0.9;
constexpr ByMood kMatches = {0.14, 0.24, 0.88};  // that this visit's reading answers what was asked
constexpr ByMood kReturns = {0.14, 0.24, 0.86};  // that this visit's inspections come back to a place
constexpr double kHolds = 0.95;                  // of single readings and returns in a visit of that kind
constexpr double kHappens = 0.08;                // in any other

double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

double of(const ByMood& values, Mood mood) {
  return values[static_cast<std::size_t>(mood)];
}

}  // namespace

Cues draw_cues(const GestureSignals& signals, Mood mood, base::Random& random) {
  const auto shown = [&](bool on) {
    const Mood any = any_mood(random);
    return on ? mood : any;
  };
  Cues cues;
  const Mood tempo = shown(signals.tempo);
  cues.slowness = std::exp(of(kLogSlowness, tempo) + kSlownessSpread * random.normal());
  cues.hurry = signals.tempo ? kHurry : 1;
  const Mood reading = shown(signals.reading);
  const auto level = [&] { return of(kReading, reading) + kReadingSpread * random.normal(); };
  cues.review_prob = logistic(level() - 0.3);
  cues.picture_prob = logistic(level());
  cues.reversal_prob = logistic(level() - 2);
  const Mood crossing = shown(signals.crossing);
  cues.matching_prob = random.chance(of(kMatches, crossing)) ? kHolds : kHappens;
  const Mood focus = shown(signals.focus);
  cues.returning_prob = random.chance(of(kReturns, focus)) ? kHolds : kHappens;
  return cues;
}

}  // namespace inkling::sim
