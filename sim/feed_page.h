// One page of suggestions as a simulated shopper sees it, and what is true of it. Thread safety: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace inkling::sim {

// Goods of a catalogue that the simulation does not know; nobody is attracted by them.
inline constexpr std::uint32_t kUnknownGoods = 0xffffffff;

struct FeedPage {
  std::string request;  // id of the answer: all actions that follow from it name it
  std::vector<std::uint32_t> goods;
  bool has_more = false;
};

// Why the shopper did what they did on one page, position by position: for judging a model afterwards, never for
// training one.
struct FeedTruth {
  std::string request;
  std::vector<double> examine_probs;
  std::vector<double> attraction_probs;  // as they were when the page appeared
};

}  // namespace inkling::sim
