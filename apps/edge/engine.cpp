#include "apps/edge/engine.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "apps/edge/edge_json.h"

namespace inkling::edge {

using base::Status;
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

Status Engine::make(std::span<const std::byte> package, std::unique_ptr<Engine>& out) {
  if (package.size() > kMaxPackageBytes) {
    return base::too_large("the package has " + std::to_string(package.size()) + " bytes; at most " +
                           std::to_string(kMaxPackageBytes) + " are taken.");
  }
  models::dipn::DeviceModel model;
  INKLING_TRY(models::dipn::load_device_package(package, model));
  out.reset(new Engine());
  out->scorer_ = std::move(model.scorer);
  out->precision_ = model.precision;
  out->workspace_ = out->scorer_->new_workspace();
  out->forget();
  out->gesture_event_.shopper = "device";
  out->gesture_event_.body.emplace<domain::Gestures>();
  return {};
}

void Engine::forget() {
  memory_ = scorer_->new_memory();
  scorer_->set_streaming(*memory_, true);
}

std::string Engine::info_json() const {
  return edge::info_json(info(), artifact::device_precision_name(precision_),
                         memory_->memory_bytes() + sizeof(*this));
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

void Engine::fold(const domain::Event& event) {
  state::apply(state_, event);
  if (scorer_->catch_up(state_, *memory_)) return;
  forget();
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
