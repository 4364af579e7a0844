// Simulated promotion days, in a log and against a running server, and what the report reads out of their journal.
#include "base/core/json.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class Reports : public Workplace {
 protected:
  [[nodiscard]] base::Json report(const std::string& data) const {
    const auto parsed = base::Json::parse(inkling_ok({"report", "add-on", "--data", data, "--json"}).out);
    EXPECT_TRUE(parsed.ok());
    return parsed.ok() ? *parsed : base::Json();
  }
  static std::int64_t number(const base::JsonView& view, const char* what) {
    const auto found = view.integer(what);
    EXPECT_TRUE(found.ok()) << what;
    return found.ok() ? *found : -1;
  }
  static std::int64_t all_of(const base::Json& report, const char* what) {
    const auto arms = base::JsonView(report).elements("arms");
    EXPECT_TRUE(arms.ok());
    return arms.ok() ? number(arms->front(), what) : -1;
  }
};

TEST_F(Reports, tell_of_simulated_promotion_days_and_call_them_simulated) {
  inkling_ok({"simulate", "--data", "data", "--shoppers", "40", "--days", "1", "--promotion-days", "2"});
  const base::Json told = report("data");
  EXPECT_GT(all_of(told, "looks"), 10);
  EXPECT_GT(all_of(told, "exposure"), all_of(told, "click"));
  EXPECT_EQ(number(base::JsonView(told), "simulated_events"), static_cast<std::int64_t>(journaled("data")));
  const std::string page = read_text(folder() / "data" / "reports" / "add-on.html");
  EXPECT_THAT(page, HasSubstr("Simulated: "));
  EXPECT_THAT(page, HasSubstr("sim-cross-shop"));
}

TEST_F(Reports, tell_of_a_journal_without_answers_or_orders_too) {
  journal_one_event("data");
  const base::Json told = report("data");
  EXPECT_EQ(all_of(told, "looks"), 0);
  EXPECT_THAT(read_text(folder() / "data" / "reports" / "add-on.html"),
              ::testing::AllOf(HasSubstr("No order was made"), ::testing::Not(HasSubstr("Simulated: "))));
}

TEST_F(Reports, find_in_a_servers_journal_what_driven_shoppers_did) {
  inkling_ok({"simulate", "--data", "data", "--shoppers", "40", "--days", "1"});
  base::Json driven;
  {
    Program server(folder(), {"serve", "--data", "data", "--port", "0", "--port-file", "port", "--scenes",
                              source_path("scenes")});
    const std::uint16_t port = server.await_port();
    ASSERT_NE(port, 0);
    const auto parsed = base::Json::parse(
        inkling_ok({"simulate", "--against", "http://127.0.0.1:" + std::to_string(port), "--promotion-days", "1",
                    "--shoppers", "40", "--sessions", "40", "--speed", "2000", "--json"})
            .out);
    ASSERT_TRUE(parsed.ok());
    driven = *parsed;
    EXPECT_EQ(server.stop().exit_code, 0);
  }
  const base::JsonView counts(driven);
  EXPECT_EQ(number(counts, "error_count"), 0);
  EXPECT_EQ(number(counts, "short_positions_shown"), 0);
  EXPECT_GT(number(counts, "positions_shown"), 20);
  EXPECT_EQ(all_of(report("data"), "positions"), number(counts, "positions_shown"));
}

TEST_F(Reports, refuse_what_is_not_there) {
  expect_refusal(inkling({"report", "add-on", "--data", "absent"}), kBadInput, {"absent"});
  expect_refusal(inkling({"simulate", "--data", "data", "--without", "need"}), kBadInput, {"add --promotion-days"});
  expect_refusal(inkling({"simulate", "--data", "data", "--promotion-days", "1", "--without", "complemnt"}),
                 kBadInput, {"did you mean complement?"});
}

}  // namespace
}  // namespace inkling::cli_test
