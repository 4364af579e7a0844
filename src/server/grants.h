// What scenes gave away and may still give: offers that rest on devices' hints, counted by scene in any hour, and
// grants on their way into the journal. The grants themselves are events; this is only what no state can say.
//
// After a start the counts come back from the journal (recover). Not for campaigns' budgets.
// Thread safety: any thread. Cost: one mutex; memory 8 bytes an offer of the last hour.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "domain/event.h"
#include "scene/answer.h"
#include "scene/request.h"

namespace inkling::server {

class Grants {
 public:
  // Counts one offer. False: the scene made `per_hour` of them within the last hour, and nothing is counted.
  [[nodiscard]] bool take_device_offer(std::string_view scene, std::int64_t per_hour, std::int64_t now_ms);
  // Counts an event of the journal that is a grant of a device's hint within the hour before `now_ms`.
  void recover(const domain::Event& event, std::int64_t now_ms);

  [[nodiscard]] bool is_under_way(std::string_view shopper, std::string_view coupon) const;

 private:
  friend class GrantUnderWay;
  using Grant = std::pair<std::string, std::string>;  // shopper, coupon
  mutable std::mutex mutex_;
  std::map<std::string, std::deque<std::int64_t>, std::less<>> device_offers_ms_;  // by scene, oldest first
  std::multiset<Grant> under_way_;
};

// One grant from its decision until the state knows it, or it failed. Must go before its Grants.
class GrantUnderWay {
 public:
  GrantUnderWay(Grants& grants, std::string shopper, std::string coupon);
  GrantUnderWay(const GrantUnderWay&) = delete;
  GrantUnderWay& operator=(const GrantUnderWay&) = delete;
  ~GrantUnderWay();

 private:
  Grants& grants_;
  Grants::Grant grant_;
};

// The `grant` action of an answer's decision. Its id is grant:<scene>:<score_from>:<request id>, which recover()
// reads; a scene whose name is too long for an id stands there as its hash.
[[nodiscard]] domain::Event grant_event(const scene::Answer& answer, const scene::Request& request,
                                        std::int64_t now_ms);

}  // namespace inkling::server
