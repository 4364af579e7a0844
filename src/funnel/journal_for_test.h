// A journal for the tests of this folder, written short. Times are minutes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/core/clock.h"
#include "funnel/journal_follower.h"
#include "funnel/sample_maker.h"

namespace inkling::funnel {

class JournalForTest {
 public:
  explicit JournalForTest(FollowOptions options = {}, SampleOptions making = {})
      : follower(std::move(options)),
        maker(std::move(making), [this](basket::AddOnSample&& sample) { samples.push_back(std::move(sample)); }) {}

  // "Home/Rugs" is a path.
  void item(const std::string& item, const std::string& path, std::int64_t cents) {
    domain::Item told;
    told.item = item;
    const auto slash = path.find('/');
    told.category = {path.substr(0, slash), path.substr(slash + 1)};
    told.price = domain::Money{cents, "EUR"};
    take("", told);
  }
  void promotion(const std::string& id, const std::string& definition) {
    take("", domain::Promotion{id, definition});
  }
  // An answer as it is told, to be changed and handed to take().
  static domain::Impression answer(const std::string& request, const std::vector<std::string>& items,
                                   const std::vector<std::string>& ticked, std::int64_t gap_cents = 1000) {
    domain::Impression shown;
    shown.request = request;
    shown.scene = "add-on";
    shown.ticked = ticked;
    shown.gap_cents = gap_cents;
    shown.promotion = "spend";
    for (const std::string& item : items) shown.positions.push_back({item, {}, {}, 0, {}});
    return shown;
  }
  void show(const std::string& request, const std::vector<std::string>& items, const std::vector<std::string>& ticked,
            const std::string& arm = "", std::int64_t gap_cents = 1000) {
    domain::Impression shown = answer(request, items, ticked, gap_cents);
    if (!arm.empty()) shown.arms = {{"order", arm}};
    take("ann", shown);
  }
  void act(domain::ActionKind kind, const std::string& item, const std::string& request = "") {
    domain::Action action;
    action.action = kind;
    action.item = item;
    action.request = request;
    take("ann", action);
  }
  void buy(const std::vector<std::string>& items) {
    domain::Action action;
    action.action = domain::ActionKind::kPurchase;
    for (const std::string& item : items) action.lines.push_back({item, 1, {}, {}, {}});
    take("ann", action);
  }
  void pass(std::int64_t minutes) { now_ms_ += minutes * base::kMinuteMs; }

  void take(const std::string& shopper, domain::EventBody body) {
    domain::Event event;
    event.id = "e" + std::to_string(++count_);
    event.ts_ms = now_ms_;
    event.shopper = shopper;
    event.session = "s";
    event.body = std::move(body);
    follower.take(event);
    maker.take(event);
  }
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }

  JournalFollower follower;
  std::vector<basket::AddOnSample> samples;
  SampleMaker maker;

 private:
  std::int64_t now_ms_ = 1'700'000'000'000;
  int count_ = 0;
};

}  // namespace inkling::funnel
