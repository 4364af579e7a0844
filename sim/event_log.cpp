#include "sim/event_log.h"

#include <gtest/gtest.h>

#include "sim/marketplace.h"

namespace inkling::sim {
namespace {

std::string text_of(const std::optional<domain::Money>& price) {
  return price.has_value() ? std::to_string(price->cents) + price->currency : "-";
}

std::string text_of(const std::vector<std::string>& path) {
  std::string text;
  for (const auto& level : path) text += level + ">";
  return text;
}

std::string text_of(const domain::Action& action) {
  std::string text = std::string(domain::action_name(action.action)) + "|" + action.item + "|" + action.page + "|" +
                     std::to_string(action.stay_ms) + "|" + action.query + "|" + std::to_string(action.quantity) +
                     "|" + text_of(action.price) + "|" + text_of(action.category) + "|" + action.request + "|" +
                     action.coupon;
  for (const auto& line : action.lines) {
    text += "|" + line.item + "x" + std::to_string(line.quantity) + "@" + text_of(line.price);
  }
  return text;
}

std::string text_of(const domain::Impression& impression) {
  std::string text = impression.request + "|" + impression.scene;
  for (const auto& position : impression.positions) {
    text += "|" + position.item + "@" + text_of(position.price) + "#" + std::to_string(position.score);
    for (const auto& recall : position.recalls) text += "," + recall.recall + std::to_string(recall.score);
  }
  return text;
}

std::string text_of(const domain::Gestures& gestures) {
  std::string text;
  for (const auto& s : gestures.swipes) {
    for (const int value : {s.offset_ms, s.duration_ms, int{s.tap_x}, int{s.tap_y}, int{s.start_x}, int{s.start_y},
                            int{s.end_x}, int{s.end_y}, int{s.page}, int{s.action}}) {
      text += std::to_string(value) + ",";
    }
  }
  for (const auto& t : gestures.taps) {
    for (const int value : {t.offset_ms, int{t.x}, int{t.y}, int{t.page}, int{t.event}, int{t.button}}) {
      text += std::to_string(value) + ";";
    }
  }
  return text;
}

}  // namespace

MarketplaceOptions small_options() {
  MarketplaceOptions options;
  options.shoppers = 400;
  options.items = 400;
  return options;
}

std::vector<domain::Event> all_events(const MarketplaceOptions& options) {
  std::vector<domain::Event> events;
  const base::Status status = Marketplace(options).generate([&](domain::Event&& event) {
    events.push_back(std::move(event));
    return base::Status::ok_status();
  });
  EXPECT_TRUE(status.ok()) << status.message();
  return events;
}

ActionsByShopper actions_by_shopper(const std::vector<domain::Event>& events) {
  ActionsByShopper shoppers;
  for (const auto& event : events) {
    if (const auto* action = std::get_if<domain::Action>(&event.body)) {
      shoppers[event.shopper].push_back({event.ts_ms, event.session, *action});
    }
  }
  return shoppers;
}

std::string text_of(const domain::Event& event) {
  std::string text = event.id + "|" + std::to_string(event.ts_ms) + "|" + event.shopper + "|" + event.session + "|";
  if (const auto* action = std::get_if<domain::Action>(&event.body)) return text + text_of(*action);
  if (const auto* impression = std::get_if<domain::Impression>(&event.body)) return text + text_of(*impression);
  if (const auto* gestures = std::get_if<domain::Gestures>(&event.body)) return text + text_of(*gestures);
  const auto& item = std::get<domain::Item>(event.body);
  return text + item.item + "|" + item.title + "|" + text_of(item.category) + "|" + text_of(item.price);
}

}  // namespace inkling::sim
