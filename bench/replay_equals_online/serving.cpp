#include "bench/replay_equals_online/serving.h"

#include <algorithm>
#include <array>
#include <future>
#include <span>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/core/hash.h"
#include "bench/replay_equals_online/shop_client.h"
#include "bench/replay_equals_online/value_of.h"
#include "scene/scene_file.h"
#include "scene/stage_registry.h"
#include "server/server.h"
#include "store/store.h"

namespace inkling::bench {
namespace {

using Events = std::vector<const domain::Event*>;

constexpr std::size_t kClients = 2;
constexpr std::uint64_t kRoundStream = 10;
constexpr std::uint64_t kClientStream = 20;  // and the one after it
constexpr std::uint64_t kLongestRound = 40;  // arrivals
constexpr std::size_t kCatalogueBatch = 1000;

constexpr std::string_view kAskSceneYaml =
    "scene: ask\n"
    "description: Asks the recorder, and puts its answer into the decision.\n"
    "deadline_ms: 60000\n"
    "stages:\n"
    "  - understand/intent: {model: recorder}\n"
    "  - decide/band: {target: ticket, low: 0.1, high: 0.9, offer: nothing-in-particular}\n"
    "fallback:\n"
    "  - decide/never: {reason: the_recorder_failed}\n";

// So small that states are written out, dropped and read back again all the time.
store::StoreOptions store_options() {
  store::StoreOptions options;
  options.checkpoint_dirty_shoppers = 40;
  options.cached_shoppers = 40;
  return options;
}

// Store and server from start to stop.
class Life {
 public:
  Life(const ServingOptions& options, const std::shared_ptr<const Recorder>& recorder, const base::Clock& clock)
      : store_(value_of(store::open_store(options.data_folder, store_options(), clock))) {
    server::ServerOptions server_options;
    server_options.port = 0;
    server_options.threads = kClients;
    server_options.live_shopper_bytes = options.live_shopper_bytes;
    server::Services services{*store_, clock, {recorder}, {}, {}};
    services.scenes.push_back(value_of(scene::parse_scene(kAskSceneYaml, "ask", plugins::stages())));
    server_ = value_of(server::Server::create(server_options, std::move(services)));
    thread_ = std::jthread([this] { status_ = server_->run(); });
  }
  ~Life() {
    server_->stop();
    thread_.join();
  }
  Life(const Life&) = delete;
  Life& operator=(const Life&) = delete;

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }

 private:
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<server::Server> server_;
  base::Status status_;
  std::jthread thread_;
};

// The value of `series` in the Prometheus text, 0 when it is not there.
std::uint64_t metric(const std::string& text, const std::string& series) {
  const std::size_t found = text.find("\n" + series + " ");
  return found == std::string::npos ? 0 : std::stoull(text.substr(found + series.size() + 2));
}

class Shop {
 public:
  Shop(const Traffic& traffic, std::shared_ptr<const Recorder> recorder, MovedClock& clock,
       const ServingOptions& options)
      : traffic_(traffic),
        recorder_(std::move(recorder)),
        clock_(clock),
        options_(options),
        random_(base::Random::stream(options.seed, kRoundStream)) {
    for (std::size_t i = 0; i < kClients; ++i) {
      clients_.emplace_back(base::Random::stream(options.seed, kClientStream + i));
    }
  }

  Served run() {
    const std::span<const Arrival> arrivals(traffic_.arrivals);
    for (std::uint64_t life = 0; life < options_.lives; ++life) {
      const std::size_t from = arrivals.size() * life / options_.lives;
      const std::size_t to = arrivals.size() * (life + 1) / options_.lives;
      clock_.set(arrivals[from].arrival_ms);
      count_repeated(arrivals.subspan(from, to - from), life);
      live(arrivals.subspan(from, to - from), life == 0);
      served_.restarts += life > 0 ? 1 : 0;
    }
    for (const ShopClient& client : clients_) add(client.served());
    return std::move(served_);
  }

 private:
  void count_repeated(std::span<const Arrival> arrivals, std::uint64_t life) {
    for (const Arrival& arrival : arrivals) {
      const auto [known, is_new] = life_of_.try_emplace(arrival.event.id, life);
      served_.repeated_after_restart += !is_new && known->second != life ? 1 : 0;
    }
  }

  void live(std::span<const Arrival> arrivals, bool first) {
    const Life life(options_, recorder_, clock_);
    for (ShopClient& client : clients_) client.connect(life.port());
    if (first) post_catalogue();
    const std::uint64_t dropped_before = recorder_->memories_dropped();
    while (!arrivals.empty()) {
      const std::size_t size = std::min<std::size_t>(1 + random_.below(kLongestRound), arrivals.size());
      take_round(arrivals.first(size));
      arrivals = arrivals.subspan(size);
    }
    served_.memories_dropped += recorder_->memories_dropped() - dropped_before;
    served_.rebuilds += metric(clients_.front().metrics(), "inkling_live_shopper_reads_total{result=\"rebuild\"}");
    for (ShopClient& client : clients_) client.disconnect();
  }

  void post_catalogue() {
    Events events;
    for (const auto& event : traffic_.catalogue) events.push_back(&event);
    for (std::size_t from = 0; from < events.size(); from += kCatalogueBatch) {
      clients_.front().post(std::span(events).subspan(from, std::min(kCatalogueBatch, events.size() - from)));
    }
  }

  // All clients at once, while the clock stands still.
  void take_round(std::span<const Arrival> arrivals) {
    clock_.set(arrivals.front().arrival_ms);
    std::array<Events, kClients> parts;
    for (const Arrival& arrival : arrivals) {
      parts[base::name_hash(arrival.event.shopper) % kClients].push_back(&arrival.event);
    }
    auto second = std::async(std::launch::async, [&] { clients_[1].take(parts[1]); });
    clients_[0].take(parts[0]);
    second.get();
  }

  void add(const Served& part) {
    served_.asked.insert(served_.asked.end(), part.asked.begin(), part.asked.end());
    served_.events_accepted += part.events_accepted;
    served_.duplicates_dropped += part.duplicates_dropped;
    served_.requests += part.requests;
  }

  const Traffic& traffic_;
  std::shared_ptr<const Recorder> recorder_;
  MovedClock& clock_;
  const ServingOptions& options_;
  base::Random random_;
  std::vector<ShopClient> clients_;
  std::unordered_map<std::string_view, std::uint64_t> life_of_;  // in which an event came first, by id
  Served served_;
};

}  // namespace

Served serve(const Traffic& traffic, const std::shared_ptr<const Recorder>& recorder, MovedClock& clock,
             const ServingOptions& options) {
  return Shop(traffic, recorder, clock, options).run();
}

}  // namespace inkling::bench
