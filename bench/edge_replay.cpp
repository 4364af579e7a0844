// Plays a recorded session to apps/edge by its C ABI: for the figure edge-parity, which plays the same one to the
// wasm builds and to a server.
//
//   edge_replay PACKAGE < steps.jsonl
//
// A step is {"screen": [w, h]}, {"samples": [[at_ms, phase, pointer, id, x, y, page, action, event, button]]},
// {"event": {...}}, {"take": true} or {"score": now_ms}. The last two answer one line each: the batches of gestures,
// the probabilities.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "apps/edge/inkling_edge.h"
#include "base/core/json.h"

namespace inkling::bench {
namespace {

using base::Json;

double number(const Json& json) {
  return json.if_number() != nullptr ? *json.if_number() : static_cast<double>(*json.if_integer());
}

std::int32_t play_samples(inkling_edge* edge, const Json::Array& rows) {
  std::vector<inkling_edge_sample> samples;
  for (const Json& row : rows) {
    std::vector<double> cells;
    for (const Json& cell : *row.if_array()) cells.push_back(number(cell));
    const auto index = [&](std::size_t i) { return static_cast<std::int16_t>(cells.at(i)); };
    samples.push_back({cells.at(0),
                       static_cast<float>(cells.at(4)),
                       static_cast<float>(cells.at(5)),
                       static_cast<std::int32_t>(cells.at(3)),
                       index(6),
                       index(7),
                       index(8),
                       index(9),
                       static_cast<std::uint8_t>(cells.at(1)),
                       static_cast<std::uint8_t>(cells.at(2)),
                       {}});
  }
  return inkling_edge_samples(edge, samples.data(), static_cast<std::uint32_t>(samples.size()));
}

std::int32_t take(inkling_edge* edge) {
  Json batches = Json::array();
  while (const char* batch = inkling_edge_take_gestures(edge)) batches.push(*Json::parse(batch));
  std::cout << batches.to_text() << "\n";
  return INKLING_EDGE_OK;
}

std::int32_t score(inkling_edge* edge, double now_ms) {
  std::vector<float> probs(inkling_edge_target_count(edge));
  const std::int32_t status =
      inkling_edge_score(edge, now_ms, probs.data(), static_cast<std::uint32_t>(probs.size()));
  Json answer = Json::array();
  for (const float prob : probs) answer.push(static_cast<double>(prob));
  std::cout << answer.to_text() << "\n";
  return status;
}

std::int32_t play(inkling_edge* edge, const Json& step) {
  if (const Json* screen = step.find("screen")) {
    const Json::Array& size = *screen->if_array();
    return inkling_edge_screen(edge, static_cast<float>(number(size[0])), static_cast<float>(number(size[1])));
  }
  if (const Json* samples = step.find("samples")) return play_samples(edge, *samples->if_array());
  if (const Json* now_ms = step.find("score")) return score(edge, number(*now_ms));
  if (step.find("take") != nullptr) return take(edge);
  const std::string event = step.find("event")->to_text();
  return inkling_edge_event(edge, event.data(), static_cast<std::uint32_t>(event.size()));
}

int run(const char* package) {
  std::ifstream file(package, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  inkling_edge* edge = nullptr;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (inkling_edge_create(data, static_cast<std::uint32_t>(bytes.size()), &edge) != INKLING_EDGE_OK) {
    std::fprintf(stderr, "%s: %s\n", package, inkling_edge_error(nullptr));
    return 1;
  }
  for (std::string line; std::getline(std::cin, line);) {
    const auto step = Json::parse(line);
    if (step.ok() && play(edge, *step) == INKLING_EDGE_OK) continue;
    std::fprintf(stderr, "%s: %s\n", line.c_str(), step.ok() ? inkling_edge_error(edge) : "not JSON");
    return 1;
  }
  inkling_edge_free(edge);
  return 0;
}

}  // namespace
}  // namespace inkling::bench

int main(int count, char** arguments) {
  return count == 2 ? inkling::bench::run(arguments[1]) : 2;
}
