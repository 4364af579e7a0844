// The calls that only native builds have: sentences, and events as they are sent. A page has the browser's JSON and
// the kit's words (web/sdk/src/wasm.ts).
#include "apps/edge/edge_handle.h"
#include "apps/edge/event_reader.h"

using inkling::edge::answer;

namespace {

inkling::base::Status give_json(inkling_edge& edge, std::string_view json) {
  INKLING_ASSIGN(const inkling::domain::Event event, inkling::edge::read_event(json));
  edge.engine->event(event);
  return {};
}

}  // namespace

extern "C" {

const char* inkling_edge_error(const inkling_edge* edge) {
  return edge == nullptr ? inkling::edge::create_error().c_str() : edge->error.c_str();
}

int32_t inkling_edge_event(inkling_edge* edge, const char* json, uint32_t bytes) {
  if (edge == nullptr) return INKLING_EDGE_INVALID;
  if (json == nullptr) return answer(*edge, inkling::base::invalid_input("there is no event."));
  return answer(*edge, give_json(*edge, {json, bytes}));
}

}  // extern "C"
