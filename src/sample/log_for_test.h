// A journal in a folder of its own that goes away with it, and events to fill it: tests only.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/core/clock.h"
#include "domain/event.h"
#include "feature/blueprint.h"
#include "sample/replay.h"
#include "sample/sample_plan.h"
#include "store/store.h"

namespace inkling::sample {

class LogForTest {
 public:
  LogForTest() {
    std::string form = testing::TempDir() + "inkling-sample-XXXXXX";
    if (::mkdtemp(form.data()) == nullptr) ADD_FAILURE() << "no folder " << form;
    folder_ = form;
    store::StoreOptions options;
    options.sync = false;
    auto opened = store::open_store(form, options, clock_);
    EXPECT_TRUE(opened.ok()) << opened.status().message();
    if (opened.ok()) store_ = *std::move(opened);
  }
  ~LogForTest() {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  LogForTest(const LogForTest&) = delete;
  LogForTest& operator=(const LogForTest&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const store::Store& store() const { return *store_; }

  // Journals the events in this order; one without an id gets an id of its own.
  void add(std::vector<domain::Event> events) {
    for (auto& event : events) {
      if (event.id.empty()) event.id = "event" + std::to_string(next_id_++);
    }
    const auto receipt = store_->append(events);
    EXPECT_TRUE(receipt.ok()) << receipt.status().message();
  }

  [[nodiscard]] LogSpan span() const {
    const auto span = log_span(*store_);
    EXPECT_TRUE(span.ok()) << span.status().message();
    return span.ok() ? *span : LogSpan{};
  }
  [[nodiscard]] std::vector<store::JournalEntry> journal_of(std::string_view shopper) const {
    std::vector<store::JournalEntry> entries;
    const auto status = store_->read_shopper(shopper, 1, [&](const store::JournalEntry& entry) {
      entries.push_back(entry);
      return true;
    });
    EXPECT_TRUE(status.ok()) << status.message();
    return entries;
  }
  [[nodiscard]] std::vector<std::string> shoppers() const {
    std::vector<std::string> names;
    const auto status = store_->read_shoppers([&](std::string_view shopper) {
      names.emplace_back(shopper);
      return true;
    });
    EXPECT_TRUE(status.ok()) << status.message();
    return names;
  }

 private:
  base::FixedClock clock_{1'700'000'000'000};
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  std::uint64_t next_id_ = 1;
};

[[nodiscard]] inline domain::Event event_of(std::string shopper, std::int64_t ts_ms, domain::EventBody body) {
  return {"", ts_ms, std::move(shopper), "", std::move(body), ""};
}

[[nodiscard]] inline domain::Event action(std::string shopper, std::int64_t ts_ms, domain::ActionKind kind,
                                          std::string item = "", std::int64_t stay_ms = domain::kMissing) {
  domain::Action body;
  body.action = kind;
  body.item = std::move(item);
  body.stay_ms = stay_ms;
  return event_of(std::move(shopper), ts_ms, std::move(body));
}
[[nodiscard]] inline domain::Event view(std::string shopper, std::int64_t ts_ms, std::string item = "") {
  return action(std::move(shopper), ts_ms, domain::ActionKind::kView, std::move(item));
}
[[nodiscard]] inline domain::Event purchase(std::string shopper, std::int64_t ts_ms, std::string item = "p") {
  return action(std::move(shopper), ts_ms, domain::ActionKind::kPurchase, std::move(item));
}
[[nodiscard]] inline domain::Event swipes(std::string shopper, std::int64_t ts_ms,
                                          std::vector<domain::Swipe> swipes) {
  return event_of(std::move(shopper), ts_ms, domain::Gestures{std::move(swipes), {}});
}

// Everything before `train_until_ms` trains, everything from `test_from_ms` on tests, nobody is held out.
[[nodiscard]] inline SamplePlan plan_of(PointRule at, std::vector<std::int64_t> horizons_ms,
                                        std::int64_t train_until_ms, std::int64_t test_from_ms,
                                        std::int64_t test_until_ms) {
  SamplePlan plan;
  plan.at = at;
  plan.min_gap_ms = 1;
  for (const std::int64_t horizon_ms : horizons_ms) {
    plan.targets.push_back({"purchase_" + duration_text(horizon_ms), horizon_ms});
  }
  plan.train_until_ms = train_until_ms;
  plan.test_from_ms = test_from_ms;
  plan.test_until_ms = test_until_ms;
  plan.validation_fraction = 0;
  return plan;
}

[[nodiscard]] inline feature::FeatureSpec feature_of(std::string source, feature::EncoderKind kind,
                                                     std::uint32_t size = 32) {
  feature::Encoder encoder;
  encoder.kind = kind;
  encoder.size = size;
  return {std::move(source), encoder};
}

}  // namespace inkling::sample
