// The C ABI over Engine: checks arguments, turns Status into codes and keeps the texts that C callers borrow.
#include "apps/edge/inkling_edge.h"

#include <cmath>
#include <cstdlib>

#include "apps/edge/edge_handle.h"
#include "apps/edge/packed_event.h"

#if defined(__EMSCRIPTEN__)
#define INKLING_EDGE_EXPORT(name) __attribute__((export_name(#name), used))
#else
#define INKLING_EDGE_EXPORT(name)
#endif

using inkling::base::ErrorCode;
using inkling::base::Status;
using inkling::edge::answer;
using inkling::edge::create_error;
using inkling::edge::Engine;
using inkling::gesture::Sample;

namespace {

static_assert(sizeof(inkling_edge_sample) == 32, "JavaScript writes samples by these offsets");

int32_t code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kOk:
      return INKLING_EDGE_OK;
    case ErrorCode::kUnsupported:
      return INKLING_EDGE_UNSUPPORTED;
    case ErrorCode::kTooLarge:
      return INKLING_EDGE_FULL;
    case ErrorCode::kCorrupt:
      return INKLING_EDGE_CORRUPT;
    default:
      return INKLING_EDGE_INVALID;
  }
}

bool is_time(double at_ms) {
  return at_ms >= 0 && at_ms < static_cast<double>(inkling::domain::kLastTimeMs);
}

// Any finite or infinite time as whole milliseconds; nothing for "not a number".
Status read_now(double now_ms, std::int64_t& out) {
  if (std::isnan(now_ms)) {
    return inkling::base::invalid_input("the time is not a number; give milliseconds since 1970.");
  }
  out = static_cast<std::int64_t>(std::fmin(std::fmax(now_ms, 0), static_cast<double>(inkling::state::kMaxTimeMs)));
  return {};
}

Status read_sample(const inkling_edge_sample& raw, std::size_t index, Sample& out) {
  if (!is_time(raw.at_ms)) {
    return inkling::base::invalid_input("sample " + std::to_string(index) +
                                        ": its time is not between the years 1970 and 2199, in milliseconds.");
  }
  if (raw.phase >= inkling::gesture::kPhaseCount) {
    return inkling::base::invalid_input("sample " + std::to_string(index) + ": phase " + std::to_string(raw.phase) +
                                        " is not known; expected 0 to 6.");
  }
  if (raw.pointer >= inkling::domain::kPointerNames.size()) {
    return inkling::base::invalid_input("sample " + std::to_string(index) + ": pointer " +
                                        std::to_string(raw.pointer) +
                                        " is not known; expected 0 touch, 1 mouse or 2 pen.");
  }
  out.at_ms = static_cast<std::int64_t>(raw.at_ms);
  out.phase = static_cast<inkling::gesture::Phase>(raw.phase);
  out.pointer = static_cast<inkling::domain::Pointer>(raw.pointer);
  out.id = raw.id;
  out.x_px = raw.x_px;
  out.y_px = raw.y_px;
  out.context = {raw.page, raw.action, raw.event, raw.button};
  return {};
}

Status give_samples(inkling_edge& edge, std::span<const inkling_edge_sample> raw) {
  if (raw.size() > inkling::edge::kMaxSamplesPerCall) {
    return inkling::base::too_large("the call brings " + std::to_string(raw.size()) + " samples; at most " +
                                    std::to_string(inkling::edge::kMaxSamplesPerCall) + " are taken at once.");
  }
  edge.samples.resize(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) INKLING_TRY(read_sample(raw[i], i, edge.samples[i]));
  return edge.engine->samples(edge.samples);
}

Status give_event(inkling_edge& edge, std::span<const std::byte> bytes) {
  inkling::domain::Event event;
  INKLING_TRY(inkling::edge::read_packed(bytes, event));
  edge.engine->event(event);
  return {};
}

Status give_score(inkling_edge& edge, double now_ms, std::span<float> probs) {
  std::int64_t now = 0;
  INKLING_TRY(read_now(now_ms, now));
  const std::size_t targets = edge.engine->info().targets.size();
  if (probs.data() == nullptr || probs.size() != targets) {
    return inkling::base::invalid_input("there is room for " + std::to_string(probs.size()) +
                                        " probabilities; the package has " + std::to_string(targets) + " targets.");
  }
  edge.engine->score(now, probs);
  return {};
}

}  // namespace

std::string& inkling::edge::create_error() {
  static std::string error;
  return error;
}

int32_t inkling::edge::answer(inkling_edge& edge, const Status& status) {
  if (!status.ok()) edge.error = status.message();
  return code_of(status.code());
}

extern "C" {

INKLING_EDGE_EXPORT(inkling_edge_abi)
uint32_t inkling_edge_abi(void) {
  return INKLING_EDGE_ABI;
}

INKLING_EDGE_EXPORT(inkling_edge_create)
int32_t inkling_edge_create(const uint8_t* package, uint32_t bytes, inkling_edge** out) {
  if (out == nullptr) return INKLING_EDGE_INVALID;
  *out = nullptr;
  if (package == nullptr) {
    create_error() = "there are no package bytes.";
    return INKLING_EDGE_INVALID;
  }
  std::unique_ptr<Engine> engine;
  const Status made = Engine::make(std::as_bytes(std::span(package, bytes)), engine);
  if (made.ok()) {
    *out = new inkling_edge{std::move(engine), {}, {}, {}, {}};
    (*out)->info = (*out)->engine->info_json();
    return INKLING_EDGE_OK;
  }
  create_error() = made.message();
  // The checksum is right but the parts do not fit each other: as good as damaged.
  const int32_t code = code_of(made.code());
  return code == INKLING_EDGE_INVALID ? INKLING_EDGE_CORRUPT : code;
}

INKLING_EDGE_EXPORT(inkling_edge_free)
void inkling_edge_free(inkling_edge* edge) {
  delete edge;
}

INKLING_EDGE_EXPORT(inkling_edge_info)
const char* inkling_edge_info(const inkling_edge* edge) {
  return edge == nullptr ? nullptr : edge->info.c_str();
}

INKLING_EDGE_EXPORT(inkling_edge_target_count)
uint32_t inkling_edge_target_count(const inkling_edge* edge) {
  return edge == nullptr ? 0 : static_cast<uint32_t>(edge->engine->info().targets.size());
}

INKLING_EDGE_EXPORT(inkling_edge_screen)
int32_t inkling_edge_screen(inkling_edge* edge, float width_px, float height_px) {
  if (edge == nullptr) return INKLING_EDGE_INVALID;
  return answer(*edge, edge->engine->set_screen({width_px, height_px}));
}

INKLING_EDGE_EXPORT(inkling_edge_samples)
int32_t inkling_edge_samples(inkling_edge* edge, const inkling_edge_sample* samples, uint32_t count) {
  if (edge == nullptr) return INKLING_EDGE_INVALID;
  if (samples == nullptr && count > 0) return answer(*edge, inkling::base::invalid_input("there are no samples."));
  return answer(*edge, give_samples(*edge, std::span(samples, count)));
}

INKLING_EDGE_EXPORT(inkling_edge_event_packed)
int32_t inkling_edge_event_packed(inkling_edge* edge, const uint8_t* event, uint32_t bytes) {
  if (edge == nullptr) return INKLING_EDGE_INVALID;
  if (event == nullptr) return answer(*edge, inkling::base::invalid_input("there is no event."));
  return answer(*edge, give_event(*edge, std::as_bytes(std::span(event, bytes))));
}

INKLING_EDGE_EXPORT(inkling_edge_score)
int32_t inkling_edge_score(inkling_edge* edge, double now_ms, float* probs, uint32_t count) {
  if (edge == nullptr) return INKLING_EDGE_INVALID;
  return answer(*edge, give_score(*edge, now_ms, std::span(probs, count)));
}

INKLING_EDGE_EXPORT(inkling_edge_explain)
const char* inkling_edge_explain(inkling_edge* edge, double now_ms) {
  if (edge == nullptr) return nullptr;
  std::int64_t now = 0;
  if (answer(*edge, read_now(now_ms, now)) != INKLING_EDGE_OK) return nullptr;
  edge->text = edge->engine->explain_json(now);
  return edge->text.c_str();
}

INKLING_EDGE_EXPORT(inkling_edge_take_gestures)
const char* inkling_edge_take_gestures(inkling_edge* edge) {
  if (edge == nullptr) return nullptr;
  edge->text = edge->engine->take_gestures();
  return edge->text.empty() ? nullptr : edge->text.c_str();
}

INKLING_EDGE_EXPORT(inkling_edge_alloc)
uint8_t* inkling_edge_alloc(uint32_t bytes) {
  return static_cast<uint8_t*>(std::malloc(bytes));
}

INKLING_EDGE_EXPORT(inkling_edge_dealloc)
void inkling_edge_dealloc(uint8_t* memory) {
  std::free(memory);
}

}  // extern "C"
