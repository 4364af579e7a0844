// The way of a log from import to an answer over HTTP, as far as it goes without a trained model.
#include <algorithm>

#include "server/http_client.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
namespace fs = std::filesystem;

// Forty rows of a made-up Tmall log: four shoppers, ten days, the last day's row of each a purchase.
std::string made_up_tmall_log() {
  std::string csv = "user,brand,action,date\n";
  for (int day = 10; day < 20; ++day) {
    for (int user = 1; user <= 4; ++user) {
      csv += std::to_string(user) + "," + std::to_string(100 + day * user % 7) + "," + (day == 19 ? "buy" : "click") +
             ",2013-04-" + std::to_string(day) + "\n";
    }
  }
  return csv;
}

class FirstLight : public Workplace {
 protected:
  [[nodiscard]] std::vector<std::string> serving(const std::string& verb) const {
    return {verb, "--data", "data", "--port", "0", "--port-file", "port", "--scenes", source_path("scenes")};
  }
};

TEST_F(FirstLight, imports_a_mapped_log_once) {
  write("log.csv", made_up_tmall_log());
  const std::vector<std::string> import = {
      "import", "--data", "data", "--json", "--mapping", source_path("mappings/tmall2014.yaml"), "log.csv"};
  EXPECT_THAT(inkling_ok(import).out, StartsWith("{\"lines\":40,\"accepted\":40,\"duplicates\":0,"));
  EXPECT_EQ(journaled("data"), 40U);
  EXPECT_THAT(inkling_ok(import).out, StartsWith("{\"lines\":40,\"accepted\":0,\"duplicates\":40,"));
  EXPECT_EQ(journaled("data"), 40U);
  EXPECT_FALSE(fs::exists(folder() / "data" / "import.tmp"));
}

TEST_F(FirstLight, imports_a_packed_log_as_if_it_were_plain) {
  inkling_ok({"simulate", "--out", "log.jsonl", "--shoppers", "3", "--days", "2", "--items", "20"});
  const std::string plain = read_text(folder() / "log.jsonl");
  write("log.jsonl.gz", gzipped(plain));
  inkling_ok({"import", "--data", "data", "log.jsonl.gz"});
  EXPECT_EQ(journaled("data"), static_cast<std::uint64_t>(std::count(plain.begin(), plain.end(), '\n')));
}

TEST_F(FirstLight, simulates_the_same_market_from_the_same_seed) {
  for (const std::string name : {"a", "b"}) {
    inkling_ok({"simulate", "--out", name, "--seed", "7", "--shoppers", "3", "--days", "2", "--items", "20"});
  }
  EXPECT_EQ(read_text(folder() / "a"), read_text(folder() / "b"));
  EXPECT_GT(read_text(folder() / "a").size(), 1000U);
}

TEST_F(FirstLight, begins_a_simulated_log_when_asked_to) {
  inkling_ok({"simulate", "--out", "log", "--start-ms", "1700000000000", "--shoppers", "3", "--days", "2", "--items",
              "20"});
  const std::string log = read_text(folder() / "log");
  EXPECT_NE(log.find("\"ts_ms\":17000"), std::string::npos);
  EXPECT_EQ(log.find("\"ts_ms\":1735"), std::string::npos);
}

TEST_F(FirstLight, imports_simulated_gestures_as_they_were_written_and_tells_the_truth_about_each_visit) {
  inkling_ok({"simulate", "--gestures", "--coupons", "random:0.5", "--out", "log.jsonl", "--truth", "truth.jsonl",
              "--shoppers", "4", "--days", "3", "--items", "20"});
  const std::string log = read_text(folder() / "log.jsonl");
  inkling_ok({"import", "--data", "data", "log.jsonl"});
  EXPECT_EQ(journaled("data"), static_cast<std::uint64_t>(std::count(log.begin(), log.end(), '\n')));
  EXPECT_THAT(log, HasSubstr("\"type\":\"gestures\""));
  EXPECT_THAT(read_text(folder() / "truth.jsonl"), HasSubstr("{\"visit\":\"shopper-"));
}

TEST_F(FirstLight, serves_takes_events_and_stops_at_sigterm_with_everything_journaled) {
  Program server(folder(), serving("serve"));
  const std::uint16_t port = server.await_port();
  ASSERT_NE(port, 0);
  EXPECT_EQ(read_text(folder() / "port"), std::to_string(port) + "\n");
  server::HttpClient client(port);
  EXPECT_EQ(client.get("/health/ready").status, 200U);
  const std::string event = R"({"type":"action","id":"e1","ts_ms":5,"shopper":"ann","action":"view","item":"coat"})";
  EXPECT_EQ(client.post("/v1/events", event).status, 200U);
  EXPECT_THAT(client.get("/v1/shoppers/ann").body, HasSubstr("\"event_count\":1"));
  EXPECT_THAT(client.post("/v1/scenes/coupon", R"({"shopper":"ann"})").body,
              HasSubstr("\"fallback\":\"decide/never\""));
  const Outcome outcome = server.stop();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("no model is live yet"));
  EXPECT_EQ(journaled("data"), 1U);
}

TEST_F(FirstLight, answers_bad_events_with_a_problem_and_takes_none_of_them) {
  Program server(folder(), serving("serve"));
  const std::uint16_t port = server.await_port();
  ASSERT_NE(port, 0);
  server::HttpClient client(port);
  const auto answer =
      client.post("/v1/events",
                  "{\"type\":\"action\",\"id\":\"e1\",\"ts_ms\":5,\"shopper\":\"a\",\"action\":\"view\"}\n"
                  "{\"type\":\"action\",\"id\":\"e2\",\"ts_ms\":\"now\",\"shopper\":\"a\"}\n",
                  "application/x-ndjson");
  EXPECT_EQ(answer.status, 400U);
  EXPECT_EQ(answer.fields.at("content-type"), "application/problem+json");
  EXPECT_THAT(answer.body, HasSubstr(R"(line 2: ts_ms: \"now\")"));
  EXPECT_EQ(server.stop().exit_code, 0);
  EXPECT_EQ(journaled("data"), 0U);
}

}  // namespace
}  // namespace inkling::cli_test
