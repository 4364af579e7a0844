// A suite of what completes baskets: which rankers learn from which simulated promotion days, and who is compared
// with whom (evaluate --suite add-on; members of all suites: suite_file.h).
//
//   task: add-on
//   title: ...
//   models: [recall-order, caam-v2]       # of ranker_zoo.h; one that this build does not have is skipped, visibly
//   warm: [caam-v2]                       # also trained from a package that learnt from a feed: "caam-v2 warm"
//   data:
//     simulate: {shoppers: 1500, days: 10, items: 2000, promotion_days: 5, without: [need]}   # inkling simulate
//     test_days: 1                        # the last of them; rankers learn from the days before
//   params: {caam: {epochs: 4}}           # by a name of the zoo, or by the model behind it
//   feed: {days: 40, params: {days: 30}}  # ordinary days before all of them, whose feed teaches what others start
//                                         # warm from; its params stand above the others
//
// recall-order is always there: the sum of the recall scores as the impression logged them, which learns nothing.
// Failure: kInvalidInput with file and line.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "apps/cli/simulation.h"
#include "apps/cli/suite_file.h"

namespace inkling::cli {

inline constexpr const char* kRecallOrder = "recall-order";

// One row of the suite.
struct Contender {
  std::string name;   // as shown
  std::string model;  // of the zoo, or kRecallOrder
  bool warm = false;

  [[nodiscard]] bool learns() const { return model != kRecallOrder; }
};

struct AddOnSuite {
  std::string title;
  std::vector<Contender> contenders;
  std::vector<std::string> skipped;  // of the file's models: unknown to this build
  std::vector<std::uint64_t> seeds;
  Simulation simulation;  // of any seed
  base::Json data;        // as the file says it, with the request's signals
  std::uint32_t test_days = 1;
  std::uint32_t feed_days = 0;  // 0: nobody starts warm
  base::Json params;
  base::Json feed_params;
  std::vector<std::pair<std::string, std::string>> pairs;  // of contenders that are there
};

[[nodiscard]] base::Result<AddOnSuite> load_add_on_suite(const SuiteFile& file, const SuiteRequest& request);
// What a contender that learns trains with, complete: on promotion days, or on the feed before them.
enum class TaughtBy : std::uint8_t { kPromotionDays, kFeed };
[[nodiscard]] base::Result<base::Json> params_of(const AddOnSuite& suite, const Contender& contender,
                                                 TaughtBy by = TaughtBy::kPromotionDays);

}  // namespace inkling::cli
