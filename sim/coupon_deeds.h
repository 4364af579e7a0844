// What a simulated shopper tells about a coupon: that it was given, and that it was used. Thread safety: pure
// functions.
#pragma once

#include <cstdint>
#include <string>

#include "domain/event.h"

namespace inkling::sim {

[[nodiscard]] inline domain::Action grant_of(const std::string& coupon, std::int64_t expires_ms) {
  domain::Action grant;
  grant.action = domain::ActionKind::kGrant;
  grant.coupon = coupon;
  grant.expires_ms = expires_ms;
  return grant;
}

// To be told right before the purchase, whose lines it marks.
[[nodiscard]] inline domain::Action redeem_for(domain::Action& purchase, const std::string& coupon) {
  domain::Action redeem;
  redeem.action = domain::ActionKind::kRedeem;
  redeem.coupon = coupon;
  for (auto& line : purchase.lines) line.coupons = {coupon};
  return redeem;
}

}  // namespace inkling::sim
