#include "apps/edge/engine.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "apps/edge/edge_json.h"
#include "apps/edge/event_reader.h"
#include "artifact/manifest.h"
#include "feature/blueprint.h"
#include "models/dipn/dipn_serve.h"

namespace inkling::edge {
namespace {

using base::Result;
using base::Status;

constexpr std::string_view kModel = "dipn";

// What the scorer borrows. Safetensors wants its bytes at multiples of the tensors' alignment.
struct PackageBytes {
  explicit PackageBytes(std::span<const std::byte> package)
      : lines((package.size() + sizeof(Line) - 1) / sizeof(Line)), size(package.size()) {
    std::ranges::copy(package, reinterpret_cast<std::byte*>(lines.data()));
  }
  [[nodiscard]] std::span<const std::byte> bytes() const {
    return {reinterpret_cast<const std::byte*>(lines.data()), size};
  }

  struct alignas(artifact::kTensorAlignmentBytes) Line {
    std::byte bytes[artifact::kTensorAlignmentBytes];
  };
  std::vector<Line> lines;
  std::size_t size;
  artifact::Weights weights;
};

}  // namespace

// Gestures as the extractor finds them: into the state at once, and into the ledger for whoever sends them on.
class Engine::Fold final : public gesture::Sink {
 public:
  Fold(Engine& engine, std::int64_t origin_ms) : engine_(engine), origin_ms_(origin_ms) {
    engine.extractor_.set_origin_ms(origin_ms);
  }
  void swipe(const domain::Swipe& swipe, domain::Pointer pointer) override {
    begin(swipe.offset_ms, pointer).swipes.push_back(swipe);
    body().swipes.back().offset_ms = 0;
    finish(swipe, pointer);
  }
  void tap(const domain::Tap& tap, domain::Pointer pointer) override {
    begin(tap.offset_ms, pointer).taps.push_back(tap);
    body().taps.back().offset_ms = 0;
    finish(tap, pointer);
  }

 private:
  [[nodiscard]] domain::Gestures& body() { return std::get<domain::Gestures>(engine_.gesture_event_.body); }
  domain::Gestures& begin(std::int32_t offset_ms, domain::Pointer pointer) {
    engine_.gesture_event_.ts_ms = std::clamp<std::int64_t>(origin_ms_ + offset_ms, 0, domain::kLastTimeMs - 1);
    body().swipes.clear();
    body().taps.clear();
    body().pointer = pointer;
    return body();
  }
  template <typename Gesture>
  void finish(const Gesture& gesture, domain::Pointer pointer) {
    engine_.fold(engine_.gesture_event_);
    engine_.ledger_.add(engine_.gesture_event_.ts_ms, gesture, pointer);
  }

  Engine& engine_;
  std::int64_t origin_ms_;
};

Result<std::unique_ptr<Engine>> Engine::make(std::span<const std::byte> package) {
  if (package.size() > kMaxPackageBytes) {
    return base::too_large("the package has " + std::to_string(package.size()) + " bytes; at most " +
                           std::to_string(kMaxPackageBytes) + " are taken.");
  }
  const auto kept = std::make_shared<PackageBytes>(package);
  INKLING_ASSIGN(kept->weights, artifact::open_weights(kept->bytes(), static_cast<int>(state::kFoldVersion),
                                                       static_cast<int>(feature::kFeatureVersion)));
  const artifact::PackageManifest& manifest = kept->weights.manifest;
  if (artifact::model_of(manifest) != kModel) {
    return base::unsupported("the package is of model \"" + artifact::model_of(manifest) +
                             "\", but devices serve only \"" + std::string(kModel) + "\".");
  }
  std::unique_ptr<Engine> engine(new Engine());
  INKLING_ASSIGN(engine->scorer_, models::dipn::DipnScorer::make(manifest, kept->weights.tensors, kept));
  engine->precision_ = manifest.precision.empty() ? "float" : manifest.precision;
  engine->memory_ = engine->scorer_->new_memory();
  engine->workspace_ = engine->scorer_->new_workspace();
  engine->scorer_->set_streaming(*engine->memory_, true);
  engine->gesture_event_.shopper = "device";
  engine->gesture_event_.body.emplace<domain::Gestures>();
  return engine;
}

std::string Engine::info_json() const {
  return edge::info_json(info(), precision_, memory_->memory_bytes() + sizeof(*this));
}

Status Engine::check_room() const {
  if (ledger_.count() < kMaxPending) return {};
  return base::too_large("there are " + std::to_string(ledger_.count()) +
                         " gestures that nobody took; take them before giving more samples.");
}

Status Engine::set_screen(gesture::Screen screen) {
  constexpr auto kMostPx = static_cast<float>(gesture::kLargestScreenPx);
  const auto is_size = [&](float px) { return px >= 1 && px <= kMostPx; };  // "not a number" is none either
  if (!is_size(screen.width_px) || !is_size(screen.height_px)) {
    return base::invalid_input("the screen's width and height must be 1 to 32767 CSS pixels.");
  }
  INKLING_TRY(check_room());
  Fold fold(*this, state_.clock_ms);
  extractor_.set_screen(screen, fold);
  has_screen_ = true;
  return {};
}

Status Engine::samples(std::span<const gesture::Sample> samples) {
  if (!has_screen_) return base::invalid_input("the size of the screen is not known yet; give it before samples.");
  INKLING_TRY(check_room());
  if (samples.empty()) return {};
  Fold fold(*this, samples.front().at_ms);
  for (const gesture::Sample& sample : samples) extractor_.push(sample, fold);
  return {};
}

Status Engine::event(std::string_view json) {
  domain::Event event;
  INKLING_TRY(read_event(json, event));
  fold(event);
  return {};
}

void Engine::fold(const domain::Event& event) {
  state::apply(state_, event);
  if (scorer_->catch_up(state_, *memory_)) return;
  memory_ = scorer_->new_memory();
  scorer_->set_streaming(*memory_, true);
  static_cast<void>(scorer_->catch_up(state_, *memory_));
}

void Engine::score(std::int64_t now_ms, std::span<float> probs) {
  scorer_->score(state_, *memory_, std::max(now_ms, state_.clock_ms), *workspace_, probs);
}

std::string Engine::explain_json(std::int64_t now_ms) {
  return edge::explain_json(scorer_->explain(state_, *memory_, std::max(now_ms, state_.clock_ms), *workspace_));
}

std::string Engine::take_gestures() {
  const auto batch = ledger_.take();
  return batch ? gestures_json(*batch) : std::string();
}

}  // namespace inkling::edge
