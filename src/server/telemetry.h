// What the server counts, in Prometheus' text form. Metric names are chosen once and never renamed.
// Thread safety: every call may come from any thread. Cost: request_done finds its series without a lock after the
// first use; observing locks one histogram.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scene/answer.h"
#include "scene/answer_cache.h"
#include "scene/plan.h"
#include "server/checker.h"
#include "server/impression_writer.h"
#include "server/live_shoppers.h"
#include "server/price_keeper.h"
#include "server/route_table.h"
#include "server/tag_keeper.h"
#include "server/world_keeper.h"
#include "store/store.h"

namespace inkling::server {

inline constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

struct EventCounts {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t refused = 0;  // bodies that held a bad event: nothing of them was written
};

// At one moment; see InFlight.
struct QueueLengths {
  std::size_t store_requests = 0;
  std::size_t body_bytes = 0;
};

// Limits that stand now.
struct LimitsNow {
  std::size_t threads = 0;
  std::size_t connections = 0;
  std::size_t store_requests = 0;
};

// What others count, read when somebody asks.
struct Observed {
  LiveShoppersStatistics live;
  store::StoreStatistics store;
  WorldKeeperStatistics world;
  ImpressionCounts impressions;
  QueueLengths queues;
  LimitsNow limits;
  scene::AnswerCacheCounts cache;
  std::optional<CheckerCounts> checker;  // nullopt: there is none
  TagKeeperStatistics tags;
  PriceKeeperStatistics prices;
};

class Telemetry {
 public:
  Telemetry(std::span<const Route> routes, std::span<const scene::Plan> scenes, std::string_view version);
  ~Telemetry();

  // `route_index` as RouteTable::match says; routes.size() for requests that matched none, one more for files.
  void request_done(std::size_t route_index, unsigned status, double seconds);
  void events_taken(const EventCounts& counts);
  // One of the scenes given. `seconds`: from the end of the request's body, its waiting included.
  void scene_answered(std::string_view scene, const scene::Answer& answer, double seconds);
  void connections_changed(int by);
  // `result`: "sent" or "not_modified".
  void edge_package_told(std::string_view model, std::string_view version, std::string_view result);
  // What became of a device's hint: "taken", or the code why not.
  void hint_told(std::string_view scene, std::string_view result);
  // `result`: "written" or "failed".
  void grant_made(std::string_view scene, std::string_view score_from, std::string_view result);
  // `result`: "right", "wrong" (it has mistakes) or "refused" (it was not read).
  void post_checked(std::string_view template_id, std::string_view result);
  // `result`: "published", "refused" or "withdrawn".
  void post_told(std::string_view template_id, std::string_view result);
  // `verdict` as kVerdicts of post_json.h.
  void quote_judged(std::string_view template_id, std::string_view verdict);

  // May wait for the store: call on the store executor.
  [[nodiscard]] std::string text(const Observed& observed);

 private:
  struct Families;
  void tell_peak(const Observed& observed);
  void tell_tags(const TagKeeperStatistics& tags);
  void tell_prices(const PriceKeeperStatistics& prices);
  std::unique_ptr<Families> families_;
};

}  // namespace inkling::server
