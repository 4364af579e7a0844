#include "server/telemetry.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <sstream>
#include <vector>

namespace inkling::server {

namespace {

using Counters = prometheus::Family<prometheus::Counter>;
using Gauges = prometheus::Family<prometheus::Gauge>;
using Histograms = prometheus::Family<prometheus::Histogram>;

constexpr std::array<unsigned, 13> kStatuses = {200, 304, 400, 404, 405, 408, 409, 413, 415, 422, 431, 500, 503};

// From a warm score on one core (tens of microseconds) to the default deadline.
const prometheus::Histogram::BucketBoundaries& latency_buckets_s() {
  static const prometheus::Histogram::BucketBoundaries kBuckets = {
      0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};
  return kBuckets;
}

// Closer around what deadlines of scenes are.
const prometheus::Histogram::BucketBoundaries& scene_buckets_s() {
  static const prometheus::Histogram::BucketBoundaries kBuckets = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                                                   0.01,   0.015,   0.02,   0.025, 0.03,   0.035,
                                                                   0.04,   0.05,    0.075,  0.1,   0.25,   1};
  return kBuckets;
}

std::size_t status_index(unsigned status) {
  const auto* found = std::find(kStatuses.begin(), kStatuses.end(), status);
  const auto* internal_error = std::find(kStatuses.begin(), kStatuses.end(), 500U);
  return static_cast<std::size_t>((found == kStatuses.end() ? internal_error : found) - kStatuses.begin());
}

Counters& counters(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

Gauges& gauges(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

// Counters that others keep: brought up to their present value when they are read.
void raise_to(prometheus::Counter& counter, std::uint64_t value) {
  const double more = static_cast<double>(value) - counter.Value();
  if (more > 0) counter.Increment(more);
}

struct Series {
  prometheus::Counter* count;
  prometheus::Histogram* seconds;
};

constexpr std::array<std::string_view, 3> kOutcomes = {"ok", "degraded", "failed"};
// What the last look found; the codes of scene::LiveCheck after the first three.
constexpr std::array<std::string_view, 9> kFound = {"kept",     "repriced",    "offer_gone", "off_sale", "sold_out",
                                                    "no_price", "falls_short", "too_dear",   "other"};

std::size_t outcome_of(const scene::Answer& answer) {
  if (answer.unanswered()) return 2;
  return answer.degraded ? 1 : 0;
}

// Of one scene: looked up once, for every answer counts.
struct SceneSeries {
  std::string name;
  std::array<prometheus::Counter*, kOutcomes.size()> outcomes{};
  std::array<prometheus::Counter*, kFound.size()> found{};
  std::vector<std::pair<std::string, prometheus::Counter*>> fallbacks;
  prometheus::Histogram* seconds = nullptr;

  void count_check(const scene::LiveCheck& check, std::size_t items) {
    found[0]->Increment(static_cast<double>(items));
    found[1]->Increment(static_cast<double>(check.repriced.size()));
    if (!check.offer_gone.empty()) found[2]->Increment();
    for (const scene::DroppedItem& dropped : check.dropped) {
      const auto* reason = std::find(kFound.begin(), kFound.end() - 1, dropped.reason);
      found[static_cast<std::size_t>(reason - kFound.begin())]->Increment();
    }
  }
};

}  // namespace

struct Telemetry::Families {
  prometheus::Registry registry;
  Counters& requests = counters(registry, "inkling_http_requests_total", "Requests answered.");
  Histograms& request_seconds = prometheus::BuildHistogram()
                                    .Name("inkling_http_request_seconds")
                                    .Help("From the end of a request's body to its answer.")
                                    .Register(registry);
  Gauges& connections = gauges(registry, "inkling_http_connections", "Connections open.");
  Counters& events =
      counters(registry, "inkling_events_total", "Events by what became of them; refused counts bodies.");
  Counters& scene_answers = counters(registry, "inkling_scene_answers_total", "Scene answers by outcome.");
  Counters& scene_fallbacks = counters(registry, "inkling_scene_fallbacks_total", "Fallbacks that scenes used.");
  Histograms& scene_seconds = prometheus::BuildHistogram()
                                  .Name("inkling_scene_seconds")
                                  .Help("From the end of a scene request's body to its answer, waiting included.")
                                  .Register(registry);
  Counters& live_checks =
      counters(registry, "inkling_live_checks_total", "Items of answers by what the last look at them found.");
  Counters& cached_answers =
      counters(registry, "inkling_answer_cache_total", "Answers kept, and looked for, by what became of them.");
  Gauges& cached_answers_now = gauges(registry, "inkling_answer_cache_answers", "Answers kept now.");
  Counters& checker_calls =
      counters(registry, "inkling_checker_calls_total", "Calls of the remote checker by result.");
  Gauges& checker_open = gauges(registry, "inkling_checker_open", "1 while the remote checker is not asked.");
  Gauges& limits = gauges(registry, "inkling_limit", "Limits that the timetable may change, as they stand.");
  Counters& live_leases = counters(registry, "inkling_live_shopper_reads_total", "Reads of warm shoppers by result.");
  Counters& live_evictions =
      counters(registry, "inkling_live_shopper_evictions_total", "Warm shoppers that left for want of memory.");
  Gauges& store_queue = gauges(registry, "inkling_store_queue_requests", "Requests at or before a store thread.");
  Gauges& body_bytes = gauges(registry, "inkling_body_bytes", "Bytes of request bodies held.");
  Gauges& live_bytes = gauges(registry, "inkling_live_shopper_bytes", "Memory of warm shoppers.");
  Gauges& live_shoppers = gauges(registry, "inkling_live_shoppers", "Shoppers that are warm.");
  Gauges& hot_bytes = gauges(registry, "inkling_hot_shopper_bytes", "Of these, memory of hot shoppers.");
  Gauges& hot_shoppers = gauges(registry, "inkling_hot_shoppers", "Warm shoppers whose attention is kept.");
  Gauges& journal = gauges(registry, "inkling_journal_sequence", "Sequence of the newest event in the journal.");
  Gauges& checkpoint =
      gauges(registry, "inkling_checkpoint_sequence", "Events up to here are in every stored state.");

  Gauges& world = gauges(registry, "inkling_world_sequence", "Events up to here are in the newest world snapshot.");
  Gauges& world_items = gauges(registry, "inkling_world_items", "Items in the newest world snapshot.");
  Counters& world_refused = counters(registry, "inkling_world_refused_items_total",
                                     "Item events for which the world snapshot had no room.");
  Counters& impressions =
      counters(registry, "inkling_impressions_total", "Impressions of scene answers by what became of them.");

  Gauges& tag_nodes = gauges(registry, "inkling_tag_graph_nodes", "Nodes of the live tag graph; 0: none is live.");
  Gauges& tag_edits = gauges(registry, "inkling_tag_edits", "Editors' decisions about tags, by what became of them.");
  Counters& tag_graphs =
      counters(registry, "inkling_tag_graphs_total", "Tag graphs made for an exchange, by what became of them.");

  Gauges& price_posts =
      gauges(registry, "inkling_price_posts", "Posts behind the live prices of a template; 0: none are live.");
  Counters& price_packages = counters(registry, "inkling_price_packages_total",
                                      "Learnt prices loaded for an exchange, by what became of them.");
  Counters& post_checks =
      counters(registry, "inkling_post_checks_total", "Posts checked against a template, by what came of it.");
  Counters& posts = counters(registry, "inkling_posts_total", "Posts told to be published or withdrawn.");
  Counters& quotes = counters(registry, "inkling_quotes_total", "Quotes judged by an estimate, by verdict.");

  Counters& edge_packages =
      counters(registry, "inkling_edge_packages_total", "Device packages asked for, by version and result.");
  Counters& hints = counters(registry, "inkling_hints_total", "Devices' hints by what became of them.");
  Counters& grants = counters(registry, "inkling_grants_total", "Offers that scenes journaled as grants.");

  // The label sets that cost no look-up: [route][status], made on first use so that unused ones are not exported.
  std::vector<std::pair<std::string, std::string>> routes;  // method, pattern
  std::vector<std::array<std::atomic<Series*>, kStatuses.size()>> series;
  std::mutex series_mutex;
  std::vector<std::unique_ptr<Series>> series_owner;
  std::vector<SceneSeries> scenes;
  std::mutex text_mutex;  // two readers at once would both raise the same counter

  Families(std::span<const Route> table, std::span<const scene::Plan> plans) : series(table.size() + 2) {
    for (const scene::Plan& plan : plans) add_scene(plan);
    for (const auto& route : table) routes.emplace_back(route.method, route.pattern);
    routes.emplace_back("", "unmatched");
    routes.emplace_back("GET", "www");
  }

  void add_scene(const scene::Plan& plan) {
    SceneSeries& scene = scenes.emplace_back();
    scene.name = plan.name();
    for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
      scene.outcomes[i] = &scene_answers.Add({{"scene", scene.name}, {"outcome", std::string(kOutcomes[i])}});
    }
    scene.seconds = &scene_seconds.Add({{"scene", scene.name}}, scene_buckets_s());
    const auto add_fallback = [&](const std::string& fallback) {
      scene.fallbacks.emplace_back(fallback, &scene_fallbacks.Add({{"scene", scene.name}, {"fallback", fallback}}));
    };
    for (const scene::Rung& rung : plan.fallback()) add_fallback(rung.name);
    if (!plan.check_live()) return;
    add_fallback("catalogue");
    for (std::size_t i = 0; i < kFound.size(); ++i) {
      scene.found[i] = &live_checks.Add({{"scene", scene.name}, {"result", std::string(kFound[i])}});
    }
  }

  Series& find_series(std::size_t route, std::size_t status) {
    std::atomic<Series*>& slot = series[route][status];
    if (Series* known = slot.load(std::memory_order_acquire)) return *known;
    const std::lock_guard lock(series_mutex);
    if (Series* known = slot.load(std::memory_order_acquire)) return *known;
    const prometheus::Labels labels = {{"method", routes[route].first},
                                       {"route", routes[route].second},
                                       {"status", std::to_string(kStatuses[status])}};
    series_owner.push_back(
        std::make_unique<Series>(Series{&requests.Add(labels), &request_seconds.Add(labels, latency_buckets_s())}));
    slot.store(series_owner.back().get(), std::memory_order_release);
    return *series_owner.back();
  }
};

Telemetry::Telemetry(std::span<const Route> routes, std::span<const scene::Plan> scenes, std::string_view version)
    : families_(std::make_unique<Families>(routes, scenes)) {
  gauges(families_->registry, "inkling_build_info", "1; the labels say which build this is.")
      .Add({{"version", std::string(version)}, {"compiler", __VERSION__}})
      .Set(1);
}

Telemetry::~Telemetry() = default;

void Telemetry::request_done(std::size_t route_index, unsigned status, double seconds) {
  Series& series = families_->find_series(route_index, status_index(status));
  series.count->Increment();
  series.seconds->Observe(seconds);
}

void Telemetry::events_taken(const EventCounts& counts) {
  families_->events.Add({{"result", "accepted"}}).Increment(static_cast<double>(counts.accepted));
  families_->events.Add({{"result", "duplicate"}}).Increment(static_cast<double>(counts.duplicates));
  families_->events.Add({{"result", "refused"}}).Increment(static_cast<double>(counts.refused));
}

void Telemetry::scene_answered(std::string_view scene, const scene::Answer& answer, double seconds) {
  const auto found = std::ranges::find(families_->scenes, scene, &SceneSeries::name);
  if (found == families_->scenes.end()) return;
  found->outcomes[outcome_of(answer)]->Increment();
  found->seconds->Observe(seconds);
  if (answer.check) found->count_check(*answer.check, answer.items.size());
  if (!answer.degraded) return;
  for (auto& [fallback, count] : found->fallbacks) {
    if (fallback == answer.degraded->fallback) return count->Increment();
  }
}

void Telemetry::connections_changed(int by) {
  families_->connections.Add(prometheus::Labels{}).Increment(by);
}

void Telemetry::edge_package_told(std::string_view model, std::string_view version, std::string_view result) {
  families_->edge_packages
      .Add({{"model", std::string(model)}, {"version", std::string(version)}, {"result", std::string(result)}})
      .Increment();
}

void Telemetry::hint_told(std::string_view scene, std::string_view result) {
  families_->hints.Add({{"scene", std::string(scene)}, {"result", std::string(result)}}).Increment();
}

void Telemetry::grant_made(std::string_view scene, std::string_view score_from, std::string_view result) {
  families_->grants
      .Add({{"scene", std::string(scene)}, {"score_from", std::string(score_from)}, {"result", std::string(result)}})
      .Increment();
}

void Telemetry::post_checked(std::string_view template_id, std::string_view result) {
  families_->post_checks.Add({{"template", std::string(template_id)}, {"result", std::string(result)}}).Increment();
}

void Telemetry::post_told(std::string_view template_id, std::string_view result) {
  families_->posts.Add({{"template", std::string(template_id)}, {"result", std::string(result)}}).Increment();
}

void Telemetry::quote_judged(std::string_view template_id, std::string_view verdict) {
  families_->quotes.Add({{"template", std::string(template_id)}, {"verdict", std::string(verdict)}}).Increment();
}

void Telemetry::tell_peak(const Observed& observed) {
  const auto raise = [](Counters& counters, const char* result, std::uint64_t value) {
    raise_to(counters.Add({{"result", result}}), value);
  };
  const scene::AnswerCacheCounts& cache = observed.cache;
  raise(families_->cached_answers, "hit", cache.hits);
  raise(families_->cached_answers, "miss", cache.misses);
  raise(families_->cached_answers, "kept", cache.kept);
  raise(families_->cached_answers, "evicted", cache.evicted);
  families_->cached_answers_now.Add(prometheus::Labels{}).Set(static_cast<double>(cache.answers));
  const auto limit = [&](const char* of, std::size_t value) {
    families_->limits.Add({{"of", of}}).Set(static_cast<double>(value));
  };
  limit("threads", observed.limits.threads);
  limit("connections", observed.limits.connections);
  limit("store_requests", observed.limits.store_requests);
  if (!observed.checker) return;
  const CheckerCounts& checker = *observed.checker;
  raise(families_->checker_calls, "answered", checker.answered);
  raise(families_->checker_calls, "failed", checker.failed);
  raise(families_->checker_calls, "late", checker.late);
  raise(families_->checker_calls, "resting", checker.resting);
  raise(families_->checker_calls, "busy", checker.busy);
  raise(families_->checker_calls, "no_time", checker.no_time);
  families_->checker_open.Add(prometheus::Labels{}).Set(checker.open ? 1 : 0);
}

void Telemetry::tell_tags(const TagKeeperStatistics& tags) {
  families_->tag_nodes.Add(prometheus::Labels{}).Set(static_cast<double>(tags.nodes));
  families_->tag_edits.Add({{"result", "taken"}}).Set(static_cast<double>(tags.edits));
  families_->tag_edits.Add({{"result", "unfit"}}).Set(static_cast<double>(tags.unfit));
  raise_to(families_->tag_graphs.Add({{"result", "live"}}), tags.graphs);
  raise_to(families_->tag_graphs.Add({{"result", "failed"}}), tags.failures);
}

void Telemetry::tell_prices(const PriceKeeperStatistics& prices) {
  for (const auto& [template_id, posts] : prices.posts) {
    families_->price_posts.Add({{"template", template_id}}).Set(static_cast<double>(posts));
  }
  raise_to(families_->price_packages.Add({{"result", "live"}}), prices.loaded);
  raise_to(families_->price_packages.Add({{"result", "failed"}}), prices.failures);
}

std::string Telemetry::text(const Observed& observed) {
  const LiveShoppersStatistics& live = observed.live;
  const store::StoreStatistics& store = observed.store;
  const WorldKeeperStatistics& world = observed.world;
  const ImpressionCounts& impressions = observed.impressions;
  const QueueLengths& queues = observed.queues;
  const std::lock_guard lock(families_->text_mutex);
  raise_to(families_->live_leases.Add({{"result", "hit"}}), live.hits);
  raise_to(families_->live_leases.Add({{"result", "refresh"}}), live.refreshes - live.rebuilds);
  raise_to(families_->live_leases.Add({{"result", "rebuild"}}), live.rebuilds);
  raise_to(families_->live_evictions.Add(prometheus::Labels{}), live.evictions);
  families_->store_queue.Add(prometheus::Labels{}).Set(static_cast<double>(queues.store_requests));
  families_->body_bytes.Add(prometheus::Labels{}).Set(static_cast<double>(queues.body_bytes));
  families_->live_bytes.Add(prometheus::Labels{}).Set(static_cast<double>(live.bytes));
  families_->live_shoppers.Add(prometheus::Labels{}).Set(static_cast<double>(live.shoppers));
  families_->hot_bytes.Add(prometheus::Labels{}).Set(static_cast<double>(live.hot_bytes));
  families_->hot_shoppers.Add(prometheus::Labels{}).Set(static_cast<double>(live.hot_shoppers));
  families_->journal.Add(prometheus::Labels{}).Set(static_cast<double>(store.last_sequence));
  families_->checkpoint.Add(prometheus::Labels{}).Set(static_cast<double>(store.checkpoint_sequence));
  families_->world.Add(prometheus::Labels{}).Set(static_cast<double>(world.sequence));
  families_->world_items.Add(prometheus::Labels{}).Set(static_cast<double>(world.items));
  raise_to(families_->world_refused.Add(prometheus::Labels{}), world.refused_items);
  raise_to(families_->impressions.Add({{"result", "written"}}), impressions.written);
  raise_to(families_->impressions.Add({{"result", "dropped"}}), impressions.dropped);
  raise_to(families_->impressions.Add({{"result", "failed"}}), impressions.failed);
  tell_peak(observed);
  tell_tags(observed.tags);
  tell_prices(observed.prices);
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, families_->registry.Collect());
  return std::move(out).str();
}

}  // namespace inkling::server
