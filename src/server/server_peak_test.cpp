// What a server does so that a peak finds it ready: the last look at answers, remote checkers, the timetable, warming
// up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "scene/sample_stages.h"
#include "scene/scene_file.h"
#include "server/fake_checker.h"
#include "server/running_server.h"
#include "server/warm_up.h"

namespace inkling::server {
namespace {

using testing::Contains;
using testing::HasSubstr;

boost::json::object parsed(const ClientAnswer& answer) {
  EXPECT_EQ(answer.status, 200U) << answer.body;
  return boost::json::parse(answer.body).as_object();
}

std::string item_json(const std::string& id, const std::string& item, const std::string& more = {}) {
  return R"({"type":"item","id":")" + id + R"(","ts_ms":1700000000000,"item":")" + item + "\"" + more + "}";
}

// The scene "told" shows every item of the world and checks live.
std::vector<scene::Plan> checked_scenes() {
  std::vector<scene::Plan> scenes;
  auto plan = scene::parse_scene(
      "scene: told\ndescription: d\ndeadline_ms: 10000\nstages: [recall/told]\nfallback: [recall/told]\ncheck: "
      "live\n",
      "told.yaml", scene::sample::kSampleStages);
  EXPECT_TRUE(plan.ok()) << plan.status().message();
  scenes.push_back(*std::move(plan));
  return scenes;
}

class LastLookTest : public testing::Test {
 protected:
  void start(ServerOptions options = test_options()) {
    options.threads = 1;
    options.checker = checker_.url();
    if (options.checker_deadline_ms == ServerOptions().checker_deadline_ms) options.checker_deadline_ms = 10'000;
    running_.emplace(options, Scorers{}, std::vector<domain::Event>{}, std::string{}, checked_scenes());
    tell(item_json("e1", "hat") + "\n" + item_json("e2", "sock") + "\n" + item_json("e3", "shoe"));
  }
  void tell(const std::string& events) {
    HttpClient client = running_->client();
    ASSERT_EQ(client.post("/v1/events", events, "application/x-ndjson").status, 200U);
    running_->await_snapshot();
  }
  ClientAnswer ask() {
    HttpClient client = running_->client();
    return client.post("/v1/scenes/told", R"({"shopper":"ann","size":2})");
  }
  static std::vector<std::string> items(const boost::json::object& answer) {
    std::vector<std::string> all;
    for (const auto& item : answer.at("items").as_array()) all.emplace_back(item.at("item").as_string());
    return all;
  }
  std::string metrics() {
    HttpClient client = running_->client();
    return client.get("/metrics").body;
  }

  FakeChecker checker_;
  std::optional<RunningServer> running_;
};

TEST_F(LastLookTest, drops_what_the_checker_says_is_sold_out_and_shows_a_spare) {
  start();
  checker_.answer(200, R"({"items": [{"item": "hat", "stock": 0}, {"item": "sock", "price_cents": 700}]})");
  const auto answer = parsed(ask());
  EXPECT_EQ(items(answer), (std::vector<std::string>{"sock", "shoe"}));
  const auto& check = answer.at("check").as_object();
  EXPECT_EQ(check.at("source"), "checker");
  EXPECT_EQ(check.at("dropped"), boost::json::parse(R"([{"item": "hat", "reason": "sold_out"}])"));
  EXPECT_EQ(check.at("repriced"), boost::json::parse(R"([{"item": "sock", "from_cents": null, "to_cents": 700}])"));
  EXPECT_TRUE(answer.at("degraded").is_null());
  EXPECT_EQ(checker_.requests(), std::vector<std::string>{R"({"items":["hat","sock","shoe"]})"})
      << "the page and its spare";
  EXPECT_THAT(metrics(), HasSubstr("inkling_checker_calls_total{result=\"answered\"} 1"));
  EXPECT_THAT(metrics(), HasSubstr("inkling_live_checks_total{result=\"sold_out\",scene=\"told\"} 1"));
}

TEST_F(LastLookTest, goes_on_answering_others_while_a_checker_takes_its_time_and_then_sees_what_changed) {
  start();
  checker_.shut_door();
  ClientAnswer answer;
  std::thread asking([&] { answer = ask(); });
  checker_.await_requests(1);
  // The server's only thread takes these events, and the world goes on.
  tell(item_json("e4", "hat", R"(,"on_sale":false)"));
  checker_.answer(503, "");
  checker_.open_door();
  asking.join();
  const auto told = parsed(answer);
  EXPECT_EQ(items(told), (std::vector<std::string>{"sock", "shoe"})) << "by the catalogue of now";
  EXPECT_EQ(told.at("check").at("source"), "catalogue");
  EXPECT_EQ(told.at("check").at("snapshot"), "w4");
  EXPECT_EQ(told.at("snapshot"), "w3");
  EXPECT_EQ(told.at("degraded").at("cause"), "checker_silent");
  EXPECT_EQ(told.at("degraded").at("fallback"), "catalogue");
  EXPECT_EQ(told.at("degraded").at("detail"), "the checker failed: HTTP status 503");
  EXPECT_THAT(metrics(), HasSubstr("inkling_scene_fallbacks_total{fallback=\"catalogue\",scene=\"told\"} 1"));
}

TEST_F(LastLookTest, waits_for_a_checker_no_longer_than_its_deadline_and_then_leaves_it_alone) {
  ServerOptions options = test_options();
  options.checker_deadline_ms = 20;
  options.checker_failures = 1;
  options.checker_rest_ms = 3'600'000;
  start(options);
  checker_.shut_door();
  EXPECT_EQ(parsed(ask()).at("degraded").at("detail"), "the checker did not answer within 20 ms");
  EXPECT_EQ(parsed(ask()).at("degraded").at("detail"), "the checker was not asked, for it failed too often of late");
  EXPECT_EQ(checker_.requests().size(), 1U);
  const std::string told = metrics();
  EXPECT_THAT(told, HasSubstr("inkling_checker_calls_total{result=\"late\"} 1"));
  EXPECT_THAT(told, HasSubstr("inkling_checker_calls_total{result=\"resting\"} 1"));
  EXPECT_THAT(told, HasSubstr("inkling_checker_open 1"));
}

TEST_F(LastLookTest, keeps_a_connection_for_the_next_call_and_replaces_one_that_was_closed) {
  start();
  checker_.close_after_answers();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(parsed(ask()).at("degraded").is_null());
  EXPECT_EQ(checker_.requests().size(), 3U);
}

TEST_F(LastLookTest, says_what_in_a_checkers_answer_is_wrong) {
  start();
  checker_.answer(200, R"({"items": [{"item": "hat", "stock": -1}]})");
  EXPECT_THAT(std::string(parsed(ask()).at("degraded").at("detail").as_string()), HasSubstr("items[0].stock"));
}

TEST_F(LastLookTest, looks_at_the_catalogue_where_there_is_no_checker) {
  RunningServer alone(test_options(), Scorers{}, {}, {}, checked_scenes());
  HttpClient client = alone.client();
  ASSERT_EQ(client.post("/v1/events", item_json("e1", "hat"), "application/x-ndjson").status, 200U);
  alone.await_snapshot();
  const auto answer = parsed(client.post("/v1/scenes/told", R"({"shopper":"ann"})"));
  EXPECT_EQ(answer.at("check").at("source"), "catalogue");
  EXPECT_TRUE(answer.at("degraded").is_null());
  EXPECT_FALSE(
      parsed(client.post("/v1/scenes/told", R"({"shopper":"ann","size":1})")).at("items").as_array().empty());
}

void await_limit(RunningServer& running, const std::string& of, std::size_t value) {
  HttpClient client = running.client();
  const std::string line = "inkling_limit{of=\"" + of + "\"} " + std::to_string(value) + "\n";
  while (client.get("/metrics").body.find(line) == std::string::npos) std::this_thread::yield();
}

// Behind a request of its own connection that waits for the disk, so that the loop stands free and its probe sees
// nothing.
TEST(ServerPeak, counts_towards_a_scenes_deadline_how_long_a_request_lay_in_its_socket) {
  auto plan = scene::parse_scene(
      "scene: told\ndescription: d\ndeadline_ms: 400\nstages: [recall/told]\nfallback: [recall/two]\n", "told.yaml",
      scene::sample::kSampleStages);
  ASSERT_TRUE(plan.ok()) << plan.status().message();
  std::vector<scene::Plan> scenes;
  scenes.push_back(*std::move(plan));
  ServerOptions options = test_options();
  options.shed_load = true;
  RunningServer running(options, Scorers{}, {}, {}, std::move(scenes));
  running.store().shut_door();
  HttpClient client = running.client();
  const std::string event = item_json("e1", "hat"), question = R"({"shopper":"ann"})";
  client.write_raw("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
                   std::to_string(event.size()) + "\r\n\r\n" + event);
  running.store().await_waiting(1);
  client.write_raw("POST /v1/scenes/told HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
                   std::to_string(question.size()) + "\r\n\r\n" + question);
  // Nothing but the time that goes by is awaited.
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  running.store().open_door();
  EXPECT_EQ(client.read_answer().status, 200U);
  const auto told = parsed(client.read_answer());
  ASSERT_TRUE(told.at("degraded").is_object()) << boost::json::serialize(told);
  EXPECT_EQ(told.at("degraded").at("cause"), "overload");
  EXPECT_THAT(std::string(told.at("degraded").at("detail").as_string()),
              HasSubstr("ms of its deadline of 400 ms, so recall/told was not started"));
}

TEST(ServerTimetable, changes_limits_with_the_clock_and_back) {
  ServerOptions options = test_options();
  options.threads = 1;
  TimetableRow today;
  const LocalMoment now = local_moment(1'700'000'500'000);
  today.dates = {{now.today.month, now.today.day}};
  today.to_minute = 24 * 60;
  today.limits = {3, 77, 55, true};
  options.timetable = {today};
  RunningServer running(options);
  await_limit(running, "threads", 3);
  await_limit(running, "connections", 77);
  await_limit(running, "store_requests", 55);
  // More connections than one thread has: each is answered by whichever it came to.
  for (int i = 0; i < 6; ++i) EXPECT_EQ(running.client().get("/health/live").status, 200U);
  running.clock().set(1'700'000'500'000 + 2 * base::kDayMs);
  await_limit(running, "threads", 1);
  await_limit(running, "connections", options.max_connections);
  EXPECT_THAT(running.log_lines(),
              Contains("timetable: 3 threads, 77 connections, 55 requests at the disk, load is shed"));
}

class WarmUpTest : public testing::Test {
 protected:
  ~WarmUpTest() override { std::filesystem::remove(file_); }
  void write(const std::string& lines) const { std::ofstream(file_) << lines; }

  const std::string file_ = testing::TempDir() + "inkling_warm_up_" + std::to_string(::getpid()) + ".jsonl";
};

TEST_F(WarmUpTest, is_ready_once_recorded_requests_were_replayed_and_journals_nothing) {
  write(R"({"scene":"shelf","request":{"shopper":"ann"}})"
        "\n\n"
        R"({"scene":"shelf","request":{"shopper":"bob"}})"
        "\n"
        R"({"scene":"gone","request":{"shopper":"eve"}})"
        "\n");
  ServerOptions options = test_options();
  options.warm_up = file_;
  RunningServer running(options);
  HttpClient client = running.client();
  while (client.get("/health/ready").status != 200) std::this_thread::yield();
  EXPECT_THAT(running.log_lines(), Contains("warmed up by 2 of 3 requests; passed over: 1"));
  const std::string told = client.get("/metrics").body;
  EXPECT_THAT(told, HasSubstr("inkling_live_shoppers 2"));
  EXPECT_THAT(told, HasSubstr("inkling_scene_answers_total{outcome=\"ok\",scene=\"shelf\"} 0"));
  EXPECT_EQ(running.store().statistics().last_sequence, 0U);
}

TEST_F(WarmUpTest, is_ready_when_the_time_for_it_is_over) {
  write(R"({"scene":"shelf","request":{"shopper":"ann"}})"
        "\n");
  ServerOptions options = test_options();
  options.warm_up = file_;
  options.warm_up_limit_ms = 0;
  RunningServer running(options);
  HttpClient client = running.client();
  while (client.get("/health/ready").status != 200) std::this_thread::yield();
  EXPECT_THAT(running.log_lines(), Contains("warmed up by 0 of 1 requests; the time for it was over"));
}

TEST_F(WarmUpTest, refuses_a_file_with_its_line) {
  write(R"({"scene":"shelf","request":{"shopper":"ann"}})"
        "\n"
        R"({"scene":"shelf","request":{"size":0}})"
        "\n");
  const auto recorded = read_recorded(file_);
  ASSERT_FALSE(recorded.ok());
  EXPECT_THAT(recorded.status().message(), HasSubstr(file_ + ":2: "));
  EXPECT_THAT(recorded.status().message(), HasSubstr("shopper"));
}

TEST_F(WarmUpTest, records_the_newest_requests_for_the_next_start) {
  ServerOptions options = test_options();
  options.record_requests = file_;
  options.recorded_requests = 2;
  {
    RunningServer running(options);
    HttpClient client = running.client();
    for (const char* shopper : {"ann", "bob", "eve"}) {
      client.post("/v1/scenes/shelf", std::string("{\"shopper\":\n\"") + shopper + "\"}");
    }
  }
  const auto recorded = read_recorded(file_);
  ASSERT_TRUE(recorded.ok()) << recorded.status().message();
  ASSERT_EQ(recorded->size(), 2U);
  EXPECT_EQ(recorded->front().scene, "shelf");
  EXPECT_EQ(recorded->front().request.shopper, "bob");
  EXPECT_EQ(recorded->back().request.shopper, "eve");
}

}  // namespace
}  // namespace inkling::server
