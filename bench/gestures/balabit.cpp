#include "bench/gestures/balabit.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <string_view>

namespace inkling::bench {
namespace {

using base::Result;
using base::Status;
using gesture::Phase;
using gesture::Sample;
using gesture::Screen;

constexpr float kNotchPx = 100;
constexpr std::size_t kCells = 8;  // user, session, dt_client_ms, dt_record_ms, button, state, x, y
using Cells = std::array<std::string_view, kCells>;

constexpr std::array<Screen, 9> kUsualScreens = {{{1024, 768},
                                                  {1280, 800},
                                                  {1364, 768},
                                                  {1440, 900},
                                                  {1280, 1024},
                                                  {1600, 900},
                                                  {1680, 1050},
                                                  {1920, 1080},
                                                  {2560, 1440}}};

struct StateName {
  std::string_view name;
  Phase phase;
  float scrolled_px;
};
constexpr std::array<StateName, 6> kStates = {{{"Move", Phase::kMove, 0},
                                               {"Drag", Phase::kMove, 0},
                                               {"Pressed", Phase::kDown, 0},
                                               {"Released", Phase::kUp, 0},
                                               {"Up", Phase::kWheel, -kNotchPx},
                                               {"Down", Phase::kWheel, kNotchPx}}};

bool split(std::string_view line, Cells& cells) {
  for (std::size_t i = 0; i < kCells; ++i) {
    const std::size_t end = line.find(',');
    if ((end == std::string_view::npos) != (i + 1 == kCells)) return false;
    cells[i] = line.substr(0, end);
    line.remove_prefix(std::min(end, line.size() - 1) + 1);
  }
  return true;
}

bool to_integer(std::string_view text, std::int64_t& value) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

bool to_sample(const Cells& cells, Sample& sample) {
  std::int64_t passed_ms = 0;
  std::int64_t x = 0;
  std::int64_t y = 0;
  const auto* state =
      std::find_if(kStates.begin(), kStates.end(), [&](const StateName& known) { return known.name == cells[5]; });
  if (state == kStates.end() || !to_integer(cells[2], passed_ms) || !to_integer(cells[6], x) ||
      !to_integer(cells[7], y)) {
    return false;
  }
  const bool turned = state->phase == Phase::kWheel;
  sample.at_ms += passed_ms;
  sample.phase = state->phase;
  sample.pointer = domain::Pointer::kMouse;
  sample.x_px = turned ? 0 : static_cast<float>(x);
  sample.y_px = turned ? state->scrolled_px : static_cast<float>(y);
  return true;
}

Screen screen_of(const std::vector<Sample>& samples) {
  float right_px = 0;
  float bottom_px = 0;
  for (const Sample& sample : samples) {
    const bool is_place = sample.phase != Phase::kWheel && sample.x_px < 5000 && sample.y_px < 5000;  // 65535: none
    if (!is_place) continue;
    right_px = std::max(right_px, sample.x_px);
    bottom_px = std::max(bottom_px, sample.y_px);
  }
  for (const Screen& screen : kUsualScreens) {
    if (right_px < screen.width_px && bottom_px < screen.height_px) return screen;
  }
  return {right_px + 1, bottom_px + 1};
}

}  // namespace

Result<std::vector<PointerSession>> read_balabit(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line)) return base::invalid_input(path + ": cannot be read, or is empty");
  std::vector<PointerSession> sessions;
  Cells cells;
  Sample sample;
  for (std::size_t number = 2; std::getline(in, line); ++number) {
    if (!split(line, cells)) return base::invalid_input(path + ":" + std::to_string(number) + ": not eight cells");
    if (sessions.empty() || sessions.back().name != cells[1] || sessions.back().user != cells[0]) {
      sessions.push_back({std::string(cells[0]), std::string(cells[1]), {}, {}});
      sample.at_ms = 0;
    }
    if (!to_sample(cells, sample)) {
      return base::invalid_input(path + ":" + std::to_string(number) + ": \"" + line + "\" is no pointer event");
    }
    sessions.back().samples.push_back(sample);
  }
  for (PointerSession& session : sessions) session.screen = screen_of(session.samples);
  return sessions;
}

}  // namespace inkling::bench
