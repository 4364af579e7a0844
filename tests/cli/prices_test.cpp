// Posts are published over HTTP, teach what posts like them cost, and have their prices judged: the verbs and the
// routes as their users meet them.
#include <algorithm>

#include "base/core/json.h"
#include "server/http_client.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Prices : public Workplace {
 protected:
  // Move `i`: a van costs 100 yuan more, each kilometre 5, and some are a tenth dearer.
  static std::string attributes(int i) {
    const bool van = i % 2 == 0;
    const int km = 1 + i % 20;
    const int total = (200 + (van ? 100 : 0) + 5 * km) * (i % 7 == 0 ? 11 : 10) / 10;
    return R"({"vehicle":")" + std::string(van ? "4.2米" : "面包车") + R"(","distance_km":)" + std::to_string(km) +
           R"(,"total":")" + std::to_string(total) + "元\"}";
  }
  static std::string post(const std::string& attributes) {
    return R"({"template":"moving","title":"搬家","attributes":)" + attributes + "}";
  }
  static std::string lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += R"({"attributes":)" + attributes(i) + "}\n";
    return text;
  }
  [[nodiscard]] std::vector<std::string> serving() const {
    return {"serve",       "--data",  "data", "--port", "0", "--port-file", "port", "--scenes", source_path("scenes"),
            "--templates", templates_};
  }
  [[nodiscard]] std::vector<std::string> training(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"train", "--data", "data", "--prices", "moving", "--templates", templates_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  static base::Json read(const server::ClientAnswer& answer) {
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return base::Json::parse(answer.body).value();
  }
  // Publishes 40 moves and a wrong one, tells by events of three that teach nothing, and is killed.
  void publish_and_be_killed() const {
    Program server(folder(), serving());
    server::HttpClient client(server.await_port());
    for (int i = 0; i < 40; ++i) {
      read(client.send("PUT", "/v1/posts/p" + std::to_string(i), post(attributes(i)), "application/json"));
    }
    EXPECT_EQ(client.send("PUT", "/v1/posts/wrong", post(R"({"vehicle":"bike"})"), "application/json").status, 400U);
    read(client.send("DELETE", "/v1/posts/p39", "", ""));
    const std::string told = R"({"type":"item","ts_ms":1700000000000,"kind":"post",)";
    const std::string attributes = R"("attributes":{"template":"moving","vehicle":"minivan","distance_km":")";
    const std::string events = told + R"("id":"1","item":"free",)" + attributes + "3\"}}\n" + told +
                               R"("id":"2","item":"far","price":{"cents":50000},)" + attributes + "99999\"}}\n" +
                               told + R"("id":"3","item":"dollars","price":{"cents":50000,"currency":"USD"},)" +
                               attributes + "3\"}}\n";
    EXPECT_EQ(client.post("/v1/events", events, "application/x-ndjson").status, 200U);
    server.send(SIGKILL);
    static_cast<void>(server.wait());
  }

  const std::string templates_ = source_path("templates");
};

TEST_F(Prices, are_learnt_from_published_posts_and_judge_the_next) {
  publish_and_be_killed();
  {  // what was acknowledged is there
    Program server(folder(), serving());
    server::HttpClient client(server.await_port());
    const base::Json items = read(client.get("/v1/items?ids=p7,wrong,p39"));
    ASSERT_EQ(items.find("items")->if_array()->size(), 2U);
    EXPECT_EQ(*items.find("items")->if_array()->at(0).find("kind")->if_text(), "post");
    EXPECT_EQ(*items.find("items")->if_array()->at(1).find("on_sale")->if_boolean(), false);
    EXPECT_EQ(client.post("/v1/templates/moving/estimate", R"({"attributes":{}})").status, 404U);
    EXPECT_EQ(server.stop().exit_code, 0);
  }
  const Outcome learnt = inkling_ok(training());
  EXPECT_THAT(learnt.out,
              AllOf(HasSubstr("39 posts with a price"), HasSubstr("1 left out: the post is off sale"),
                    HasSubstr("1 left out: the post tells no price; first post free"),
                    HasSubstr("1 left out: the price is in USD"), HasSubstr("first post far: distance_km")));
  EXPECT_THAT(learnt.out,
              AllOf(HasSubstr("each post estimated without it: "), HasSubstr("prices_moving v1 is live")));
  EXPECT_THAT(inkling_ok({"models", "list", "--data", "data"}).out,
              testing::ContainsRegex("prices_moving +v1 +live"));
  Program server(folder(), serving());
  server::HttpClient client(server.await_port());
  const base::Json estimate =
      read(client.post("/v1/templates/moving/estimate",
                       R"({"attributes":{"vehicle":"van_4m2","distance_km":10},"quote_cents":1000})"));
  const std::int64_t low = *estimate.find("low_cents")->if_integer(),
                     high = *estimate.find("high_cents")->if_integer();
  EXPECT_LT(low, 37000);
  EXPECT_GT(high, 34000);
  EXPECT_EQ(*estimate.find("quote")->find("verdict")->if_text(), "far_below");
  EXPECT_TRUE(estimate.find("like_posts")->if_array()->at(0).find("item")->if_text()->starts_with("p"));
  const base::Json dear =
      read(client.send("PUT", "/v1/posts/dear", post(R"({"vehicle":"面包车","distance_km":3,"total":"90000元"})"),
                       "application/json"));
  EXPECT_EQ(*dear.find("quote")->find("verdict")->if_text(), "far_above");
  EXPECT_EQ(server.stop().exit_code, 0);
}

TEST_F(Prices, are_learnt_from_a_file_the_same_each_time) {
  write("posts.jsonl", lines(60) + "{\"attributes\":{\"vehicle\":\"bike\"}}\nno json\n\n" +
                           R"({"post":"t","text":"面包车, 电梯房, 12公里, 一口价260元"})" + "\n");
  const Outcome first = inkling_ok(training({"--posts", "posts.jsonl"}));
  EXPECT_THAT(first.out,
              AllOf(HasSubstr("61 posts with a price"), HasSubstr("first posts.jsonl:61: vehicle: \"bike\""),
                    HasSubstr("first posts.jsonl:62: ")));
  const auto manifest = base::Json::parse(inkling_ok(training({"--posts", "posts.jsonl", "--json"})).out);
  ASSERT_TRUE(manifest.ok());
  EXPECT_EQ(*manifest->find("version")->if_text(), "v2");
  EXPECT_EQ(*manifest->find("metrics")->find("posts")->if_number(), 61);
  EXPECT_LT(*manifest->find("metrics")->find("left_out.mean_width_cents")->if_number(),
            *manifest->find("metrics")->find("quantiles.mean_width_cents")->if_number());
  EXPECT_THAT(inkling_ok({"models", "list", "--data", "data"}).out,
              testing::ContainsRegex("prices_moving +v2 +candidate"));
  inkling_ok(training({"--posts", "posts.jsonl", "--live"}));
  EXPECT_THAT(inkling_ok({"models", "list", "--data", "data"}).out,
              testing::ContainsRegex("prices_moving +v3 +live"));
}

TEST_F(Prices, say_what_is_missing_or_wrong) {
  write("few.jsonl", lines(3));
  expect_refusal(inkling(training({"--posts", "few.jsonl"})), kBadInput, {"3 have a price; expected at least 20"});
  expect_refusal(inkling(training({"--posts", "none.jsonl"})), kBadInput, {"none.jsonl"});
  expect_refusal(inkling(training()), kBadInput, {"holds no store"});
  expect_refusal(inkling({"train", "--data", "data", "--prices", "mving", "--templates", templates_}), kBadInput,
                 {"did you mean moving?"});
  expect_refusal(inkling({"train", "--data", "data", "--prices", "moving"}), kBadInput, {"templates"});
  expect_refusal(inkling(training({"--set", "a=1"})), kBadInput, {"--set"});
  expect_refusal(inkling(training({"--since", "2026-01-01"})), kBadInput, {"--since"});
  expect_refusal(inkling({"train", "--data", "data", "--posts", "few.jsonl"}), kBadInput, {"--prices"});
  std::filesystem::create_directories(folder() / "free");
  write("free/free.yaml", "template: free\nfields:\n  - {field: note, kind: text}\n");
  expect_refusal(inkling({"train", "--data", "data", "--prices", "free", "--templates", "free"}), kBadInput,
                 {"names no price field"});
}

TEST_F(Prices, bad_templates_refuse_the_start_and_none_need_be_there) {
  std::filesystem::create_directories(folder() / "bad");
  write("bad/a.yaml", "template: a\nfields:\n  - {field: template, kind: text}\n");
  write("bad/b.yaml", "template: b\nfields:\n  - {field: x, kind: flg}\n");
  const Outcome refused =
      inkling({"serve", "--data", "data", "--port", "0", "--scenes", source_path("scenes"), "--templates", "bad"});
  EXPECT_EQ(refused.exit_code, kBadInput);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("a.yaml:3: fields[0].field"), HasSubstr("b.yaml:3: fields[0].kind")));
  EXPECT_EQ(inkling({"serve", "--data", "data", "--port", "0", "--templates", "nowhere"}).exit_code, kBadInput);
  Program server(
      folder(), {"serve", "--data", "data", "--port", "0", "--port-file", "port", "--scenes", source_path("scenes")});
  server::HttpClient client(server.await_port());
  EXPECT_EQ(client.get("/v1/templates").body, R"({"templates":[]})");
  EXPECT_THAT(server.stop().out, Not(HasSubstr("template ")));
}

}  // namespace
}  // namespace inkling::cli_test
