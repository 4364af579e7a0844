#include "server/grants.h"

#include <algorithm>

#include "base/core/clock.h"
#include "base/core/hash.h"

namespace inkling::server {

namespace {

constexpr std::string_view kGrantPrefix = "grant:";
constexpr std::string_view kDevicePart = ":device:";
constexpr std::size_t kMaxSceneBytes = 64;

std::string label_of(std::string_view scene) {
  return scene.size() <= kMaxSceneBytes ? std::string(scene) : std::to_string(base::name_hash(scene));
}

// The scene's label; "" for an event that is no grant of a device's hint.
std::string_view device_grant_label(const domain::Event& event) {
  const auto* action = std::get_if<domain::Action>(&event.body);
  if (action == nullptr || action->action != domain::ActionKind::kGrant) return {};
  std::string_view id = event.id;
  if (!id.starts_with(kGrantPrefix)) return {};
  id.remove_prefix(kGrantPrefix.size());
  const std::size_t end = id.find(kDevicePart);
  return end == std::string_view::npos ? std::string_view() : id.substr(0, end);
}

}  // namespace

bool Grants::take_device_offer(std::string_view scene, std::int64_t per_hour, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  std::deque<std::int64_t>& offers_ms = device_offers_ms_[label_of(scene)];
  while (!offers_ms.empty() && offers_ms.front() <= now_ms - base::kHourMs) offers_ms.pop_front();
  if (static_cast<std::int64_t>(offers_ms.size()) >= per_hour) return false;
  offers_ms.push_back(now_ms);
  return true;
}

void Grants::recover(const domain::Event& event, std::int64_t now_ms) {
  const std::string_view label = device_grant_label(event);
  if (label.empty() || event.ts_ms <= now_ms - base::kHourMs) return;
  const std::lock_guard lock(mutex_);
  device_offers_ms_[std::string(label)].push_back(std::min(event.ts_ms, now_ms));
}

bool Grants::is_under_way(std::string_view shopper, std::string_view coupon) const {
  const std::lock_guard lock(mutex_);
  return under_way_.contains({std::string(shopper), std::string(coupon)});
}

GrantUnderWay::GrantUnderWay(Grants& grants, std::string shopper, std::string coupon)
    : grants_(grants), grant_(std::move(shopper), std::move(coupon)) {
  const std::lock_guard lock(grants_.mutex_);
  grants_.under_way_.insert(grant_);
}

GrantUnderWay::~GrantUnderWay() {
  const std::lock_guard lock(grants_.mutex_);
  grants_.under_way_.extract(grant_);
}

domain::Event grant_event(const scene::Answer& answer, const scene::Request& request, std::int64_t now_ms) {
  domain::Action action;
  action.action = domain::ActionKind::kGrant;
  action.coupon = answer.decision->what;
  action.request = answer.request_id;
  domain::Event event;
  event.id = std::string(kGrantPrefix) + label_of(answer.scene) + ":" + answer.decision->score_from + ":" +
             answer.request_id;
  event.ts_ms = now_ms;
  event.shopper = request.shopper;
  event.session = request.session;
  event.body = std::move(action);
  return event;
}

}  // namespace inkling::server
