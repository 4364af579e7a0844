#include "sim/driver.h"

#include <memory>
#include <mutex>
#include <queue>
#include <span>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "sim/catalogue.h"
#include "sim/driven_shopper.h"
#include "sim/retrying_shop.h"

namespace inkling::sim {
namespace {

constexpr std::size_t kItemsAPost = 500;

// How many visits may still begin. The shop closes when none may and the last is over. Thread safety: any thread.
class Sessions {
 public:
  Sessions(std::uint64_t limit, Pacer& pacer) : pacer_(pacer), limited_(limit > 0), left_(limit) {}

  [[nodiscard]] bool begin() {
    const std::lock_guard lock(mutex_);
    if (limited_ && left_ == 0) return false;
    --left_;
    ++open_;
    return true;
  }
  void end() {
    const std::lock_guard lock(mutex_);
    if (--open_ == 0 && limited_ && left_ == 0) pacer_.close();
  }

 private:
  Pacer& pacer_;
  const bool limited_;
  std::mutex mutex_;
  std::uint64_t left_;
  std::uint64_t open_ = 0;
};

base::Status tell_catalogue(const DriverOptions& options, const Catalogue& catalogue, Shop& shop, Tally& tally) {
  std::vector<domain::Event> events;
  for (std::uint32_t i = 0; i < catalogue.goods().size(); ++i) {
    events.push_back(catalogue.event(i, "drive-" + options.run, options.market.start_ms));
    if (events.size() < kItemsAPost && i + 1 < catalogue.goods().size()) continue;
    INKLING_TRY(shop.post(events).within("the catalogue could not be told"));
    tally.count([&](Counts& counts) {
      ++counts.answered[static_cast<std::size_t>(Call::kEvents)];
      counts.events += events.size();
    });
    events.clear();
  }
  return base::Status::ok_status();
}

// One connection and its shoppers.
class Counter {
 public:
  Counter(const DriverOptions& options, const Catalogue& catalogue, const MakePlayer& make, std::uint32_t number,
          Shop& shop, Pacer& pacer, Sessions& sessions, Tally& tally)
      : shop_(shop), pacer_(pacer), sessions_(sessions), tally_(tally) {
    for (std::uint32_t i = number; i < options.market.shoppers; i += options.connections) {
      shoppers_.push_back(make(catalogue, i));
      queue(shoppers_.size() - 1);
    }
  }

  void serve() {
    while (!turns_.empty() && pacer_.wait_until(turns_.top().first)) {
      const std::size_t index = turns_.top().second;
      turns_.pop();
      Player& shopper = *shoppers_[index];
      if (shopper.is_away() && !sessions_.begin()) continue;  // goes home for good
      shopper.step(shop_, pacer_.now_ms(), tally_);
      if (shopper.is_away()) sessions_.end();
      queue(index);
    }
    for (const auto& shopper : shoppers_) shopper->finish(shop_, pacer_.now_ms(), tally_);
  }

 private:
  using Turn = std::pair<std::int64_t, std::size_t>;  // when, which shopper
  void queue(std::size_t index) { turns_.emplace(shoppers_[index]->next_ms(), index); }

  Shop& shop_;
  Pacer& pacer_;
  Sessions& sessions_;
  Tally& tally_;
  std::vector<std::unique_ptr<Player>> shoppers_;
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns_;
};

}  // namespace

base::Status drive(const DriverOptions& options, const OpenShop& open_shop, Pacer& pacer, Tally& tally,
                   const MakePlayer& make) {
  INKLING_TRY(check(options));
  const Catalogue catalogue(options.market);
  Sessions sessions(options.sessions, pacer);
  const auto first = open_shop();
  RetryingShop first_retrying(*first, pacer, tally);
  INKLING_TRY(tell_catalogue(options, catalogue, first_retrying, tally));
  const MakePlayer ordinary = [&options](const Catalogue& all, std::uint32_t index) {
    return std::make_unique<DrivenShopper>(options, all, index);
  };
  const auto serve = [&](std::uint32_t number, Shop& shop) {
    RetryingShop retrying(shop, pacer, tally);
    Counter(options, catalogue, make ? make : ordinary, number, retrying, pacer, sessions, tally).serve();
  };
  try {
    std::vector<std::jthread> others;
    for (std::uint32_t number = 1; number < options.connections; ++number) {
      others.emplace_back([&, number] { serve(number, *open_shop()); });
    }
    serve(0, *first);
  } catch (const std::system_error& error) {
    return base::unavailable("driver: no thread could be started (" + std::string(error.what()) +
                             "); fewer connections may do");
  }
  return base::Status::ok_status();
}

}  // namespace inkling::sim
