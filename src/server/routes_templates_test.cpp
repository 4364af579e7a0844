#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "artifact/test_folder.h"
#include "content/price_package.h"
#include "content/priced_posts_for_test.h"
#include "registry/registry.h"
#include "server/running_server.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;
namespace json = boost::json;

constexpr const char* kMove = R"({"vehicle":"van_4m2","distance_km":15})";

template <typename T>
T must(base::Result<T> result) {
  EXPECT_TRUE(result.ok()) << result.status().message();
  return std::move(result).value();
}

class TemplatesTest : public testing::Test {
 protected:
  // Prices of moves, made up, as a package; those of `seed`.
  void publish_prices(const std::string& version, std::uint64_t seed) {
    write_prices(version, seed);
    promote(version);
  }
  void write_prices(const std::string& version, std::uint64_t seed) {
    auto posts = content::moves(60, seed);
    for (content::PricedPost& post : posts) {
      post.choices[0].text = post.choices[0].text == "van" ? "van_4m2" : "minivan";
    }
    const auto estimator = must(content::PriceEstimator::learn(posts, {}));
    artifact::PackageManifest manifest;
    manifest.version = version;
    manifest = content::price_manifest(std::move(manifest), "moving", estimator);
    must(artifact::write_package(data_.path(), manifest, must(content::price_tensors(estimator))));
    EXPECT_TRUE(registry_.publish("prices_moving", version, 1).ok());
  }
  void promote(const std::string& version) { EXPECT_TRUE(registry_.promote("prices_moving", version, 2).ok()); }

  void serve(const std::vector<domain::Event>& journal = {}) {
    running_.emplace(test_options(), Scorers{}, journal, data_.path().string());
    client_.emplace(running_->client());
  }
  json::value get(const std::string& target, unsigned status = 200) { return read(client_->get(target), status); }
  json::value post(const std::string& target, std::string_view body, unsigned status = 200) {
    return read(client_->post(target, body), status);
  }
  json::value put(const std::string& id, const std::string& body, unsigned status = 200) {
    return read(client_->send("PUT", "/v1/posts/" + id, body, "application/json"), status);
  }
  json::value withdraw(const std::string& id, unsigned status = 200) {
    return read(client_->send("DELETE", "/v1/posts/" + id, "", ""), status);
  }
  json::value check(const std::string& body, unsigned status = 200) {
    return post("/v1/templates/moving/check", body, status);
  }
  json::value estimate(const std::string& body, unsigned status = 200) {
    return post("/v1/templates/moving/estimate", body, status);
  }
  static std::string detail(const json::value& problem) { return std::string(problem.at("detail").as_string()); }
  std::string metrics() { return client_->get("/metrics").body; }

  artifact::TestFolder data_;
  registry::Registry registry_{data_.path()};
  std::optional<RunningServer> running_;
  std::optional<HttpClient> client_;

 private:
  static json::value read(const ClientAnswer& answer, unsigned status) {
    EXPECT_EQ(answer.status, status) << answer.body;
    return json::parse(answer.body);
  }
};

TEST_F(TemplatesTest, are_told_with_their_fields) {
  serve();
  const json::value all = get("/v1/templates");
  ASSERT_EQ(all.at("templates").as_array().size(), 3U);
  const json::value& moving = all.at("templates").at(2);
  EXPECT_EQ(moving, json::parse(R"({"template":"moving","name":{"en":"Moving","zh":"搬家"},
      "description":"Moves of households and offices, by vehicle, way and stairs.","fields":13})"));
  const json::value one = get("/v1/templates/moving");
  EXPECT_EQ(one.at("price"), "total");
  EXPECT_EQ(one.at("fields").at(0).at("options").at(2).at("name").at("zh"), "4.2米厢货");
  EXPECT_FALSE(one.as_object().contains("prices"));
  EXPECT_THAT(detail(get("/v1/templates/mving", 404)), HasSubstr("did you mean moving?"));
}

TEST_F(TemplatesTest, a_text_is_checked_with_its_evidence) {
  serve();
  const json::value told = check(R"({"text":"4.2米厢货, 电梯房, 15公里"})");
  EXPECT_EQ(told.at("attributes"), json::parse(R"({"vehicle":"van_4m2","lift":true,"distance_km":15.0})"));
  EXPECT_EQ(told.at("evidence"), json::parse(R"([{"field":"vehicle","begin":0,"end":12},
      {"field":"lift","begin":14,"end":23},{"field":"distance_km","begin":25,"end":33}])"));
  EXPECT_TRUE(told.at("doubts").as_array().empty());
  EXPECT_TRUE(told.at("mistakes").as_array().empty());
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_post_checks_total{result="right",template="moving"} 1)"));
}

TEST_F(TemplatesTest, attributes_win_and_each_mistake_is_a_sentence) {
  serve();
  const json::value told =
      check(R"({"text":"面包车, 15公里","attributes":{"distance_km":"9 miles","colour":"red","vehicle":"van_4m2"}})");
  EXPECT_EQ(told.at("attributes"), json::parse(R"({"vehicle":"van_4m2"})"));
  ASSERT_EQ(told.at("mistakes").as_array().size(), 2U);
  EXPECT_THAT(std::string(told.at("mistakes").at(0).at("message").as_string()), HasSubstr("has an unknown unit"));
  EXPECT_EQ(told.at("mistakes").at(1).at("field"), "colour");
  EXPECT_THAT(std::string(told.at("doubts").at(0).as_string()), HasSubstr("vehicle: the text says \"minivan\""));
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_post_checks_total{result="wrong",template="moving"} 1)"));
}

TEST_F(TemplatesTest, a_text_of_another_template_is_doubted) {
  serve();
  const json::value told = check(R"({"text":"上门修空调, 加氟, 上门费50元, 质保3个月"})");
  EXPECT_THAT(std::string(told.at("doubts").at(0).as_string()), HasSubstr("of appliance_repair; is it a post of"));
}

TEST_F(TemplatesTest, refuses_what_is_no_check) {
  serve();
  EXPECT_THAT(detail(check("{}", 400)), HasSubstr("neither text nor attributes"));
  EXPECT_THAT(detail(check("[]", 400)), HasSubstr("expected an object with text"));
  EXPECT_THAT(detail(check("{", 400)), HasSubstr("byte"));
  EXPECT_THAT(detail(check(R"({"text":" "})", 400)), HasSubstr("text: is empty"));
  EXPECT_THAT(detail(check(R"({"text":7})", 400)), HasSubstr("text"));
  EXPECT_THAT(detail(check(R"({"attributes":[]})", 400)), HasSubstr("attributes: is no object"));
  EXPECT_THAT(detail(check(R"({"txt":"x"})", 400)), HasSubstr("did you mean"));
  EXPECT_THAT(detail(check(R"({"text":")" + std::string(70'000, 'a') + "\"}", 413)),
              HasSubstr("text: has 70000 bytes"));
  EXPECT_THAT(detail(check(R"({"text":")" + std::string(1'000'000, 'a') + "\"}", 413)),
              HasSubstr("body: 1000011 bytes"));
  EXPECT_EQ(client_->send("POST", "/v1/templates/moving/check", "{}", "text/plain").status, 415U);
  post("/v1/templates/nothing/check", "{}", 404);
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_post_checks_total{result="refused",template="moving"} 8)"));
}

TEST_F(TemplatesTest, no_estimate_without_prices_but_what_to_do) {
  serve();
  EXPECT_THAT(detail(estimate(R"({"attributes":{}})", 404)), HasSubstr("inkling train --data DATA --prices moving"));
}

TEST_F(TemplatesTest, estimates_with_reasons_and_judges_quotes) {
  publish_prices("v1", 1);
  serve();
  EXPECT_EQ(get("/v1/templates/moving").at("prices"), json::parse(R"({"version":"v1","posts":60})"));
  EXPECT_EQ(get("/v1/templates").at("templates").at(2).at("prices").at("version"), "v1");
  const json::value told = estimate(R"({"attributes":{"vehicle":"厢货","distance_km":15},"quote_cents":100})");
  EXPECT_EQ(told.at("version"), "v1");
  EXPECT_EQ(told.at("posts"), 60);
  EXPECT_LE(told.at("far_low_cents").as_int64(), told.at("low_cents").as_int64());
  EXPECT_LT(told.at("low_cents").as_int64(), told.at("middle_cents").as_int64());
  EXPECT_LT(told.at("middle_cents").as_int64(), told.at("high_cents").as_int64());
  EXPECT_NEAR(told.at("middle_cents").to_number<double>(), 40000 * std::exp(15.0 / 40), 8000);
  EXPECT_EQ(told.at("like_posts").as_array().size(), 5U);
  bool told_distance = false;
  for (const json::value& move : told.at("moves").as_array()) {
    if (move.at("field") == "distance_km") told_distance = move.at("value") == "15";
  }
  EXPECT_TRUE(told_distance) << told.at("moves");
  EXPECT_EQ(told.at("quote").at("verdict"), "far_below");
  EXPECT_THAT(std::string(told.at("quote").at("sentence").as_string()),
              HasSubstr("100 cents is far too low: of a hundred"));
  const auto quoted = [&](std::int64_t cents) {
    return estimate(R"({"attributes":)" + std::string(kMove) + R"(,"quote_cents":)" + std::to_string(cents) + "}")
        .at("quote")
        .at("verdict");
  };
  EXPECT_EQ(quoted(told.at("middle_cents").as_int64()), "usual");
  EXPECT_EQ(quoted(told.at("low_cents").as_int64() - 1), "low");
  EXPECT_EQ(quoted(told.at("high_cents").as_int64() + 1), "high");
  EXPECT_EQ(quoted(told.at("far_high_cents").as_int64() + 1), "far_above");
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_quotes_total{template="moving",verdict="far_below"} 1)"));
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_price_posts{template="moving"} 60)"));
}

TEST_F(TemplatesTest, an_estimate_needs_no_field_but_right_ones) {
  publish_prices("v1", 1);
  serve();
  EXPECT_FALSE(estimate(R"({"attributes":{"vehicle":null}})").as_object().contains("quote"));
  const json::value wrong = estimate(R"({"attributes":{"vehicle":"bike","distance_km":-1}})", 400);
  ASSERT_EQ(wrong.at("mistakes").as_array().size(), 2U);
  EXPECT_EQ(wrong.at("mistakes").at(1).at("field"), "distance_km");
  EXPECT_THAT(detail(estimate(R"({"attributes":{},"quote_cents":0})", 400)), HasSubstr("quote_cents"));
  EXPECT_THAT(detail(estimate(R"({"attributes":{},"quote_cents":1.5})", 400)), HasSubstr("quote_cents"));
  EXPECT_THAT(detail(estimate(R"({"quote_cents":1})", 400)), HasSubstr("attributes"));
  EXPECT_THAT(detail(estimate(R"({"attributes":{},"quote":1})", 400)), HasSubstr("did you mean"));
}

TEST_F(TemplatesTest, a_new_version_is_exchanged_and_a_broken_one_is_not) {
  publish_prices("v1", 1);
  serve();
  publish_prices("v2", 2);
  while (get("/v1/templates/moving").at("prices").at("version") != "v2") std::this_thread::yield();
  write_prices("v3", 3);
  const std::string file = "packages/prices_moving/v3/weights.safetensors";
  data_.write(file, data_.read(file).substr(0, 1000));
  promote("v3");
  while (metrics().find(R"(inkling_price_packages_total{result="failed"} 1)") == std::string::npos) {
    std::this_thread::yield();
  }
  EXPECT_EQ(get("/v1/templates/moving").at("prices").at("version"), "v2");
  EXPECT_THAT(running_->log_lines().back(), HasSubstr("prices: they stay as they were: "));
  EXPECT_TRUE(registry_.retire("prices_moving", "v3", 3).ok());
  while (get("/v1/templates/moving").as_object().contains("prices")) std::this_thread::yield();
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_price_posts{template="moving"} 0)"));
}

TEST_F(TemplatesTest, broken_live_prices_refuse_the_start) {
  publish_prices("v1", 1);
  const std::string file = "packages/prices_moving/v1/weights.safetensors";
  data_.write(file, data_.read(file).substr(0, 1000));
  FakeStore store;
  const SetClock clock(1);
  Services services{
      .store = store, .clock = clock, .scorers = {}, .scenes = {}, .log = {}, .data_folder = data_.path()};
  services.templates = must(content::load_templates("templates"));
  const auto status = Server::create(test_options(), std::move(services)).status();
  EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(status.message(), HasSubstr("prices_moving"));
}

std::string move_post(const std::string& more = {}) {
  return R"({"template":"moving","title":"4.2米厢货搬家","attributes":{"vehicle":"4.2米","distance_km":"15公里",)"
         R"("lift":true,"total":"800元"})" +
         more + "}";
}

TEST_F(TemplatesTest, a_post_is_published_as_an_item) {
  serve();
  const json::value told = put("p1", move_post(R"(,"text":"全包","shop":"s1","market":"hz","location":[30.2,120.1],
      "category":["搬家","长途"],"tags":["快速上门"],"pictures":["a.jpg"])"));
  EXPECT_EQ(told.at("sequence"), 1);
  EXPECT_FALSE(told.as_object().contains("quote")) << "no prices were learnt";
  EXPECT_EQ(told.at("item"), json::parse(R"({"item":"p1","kind":"post","parent":"s1","market":"hz",
      "location":[30.2,120.1],"category":["搬家","长途"],"price":{"cents":80000},"tags":["快速上门"],
      "attributes":{"template":"moving","vehicle":"van_4m2","lift":"true","distance_km":"15","total":"80000"},
      "title":"4.2米厢货搬家","text":"全包","pictures":["a.jpg"],"on_sale":true})"));
  EXPECT_EQ(get("/v1/items/p1").at("items").at(0), told.at("item"));
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_posts_total{result="published",template="moving"} 1)"));
}

TEST_F(TemplatesTest, a_published_price_is_judged) {
  publish_prices("v1", 1);
  serve();
  EXPECT_EQ(put("p1", move_post()).at("quote").at("cents"), 80000);
  const json::value far = put("p2", R"({"template":"moving","title":"x","attributes":
      {"vehicle":"4.2米","distance_km":15,"total":"80000元"}})");
  EXPECT_EQ(far.at("quote").at("verdict"), "far_above") << "flagged, not refused";
  EXPECT_EQ(running_->store().item("p2")->price->cents, 8'000'000);
  EXPECT_FALSE(put("p3", R"({"template":"moving","title":"x","attributes":{"vehicle":"4.2米","distance_km":15}})")
                   .as_object()
                   .contains("quote"))
      << "no price is told";
}

TEST_F(TemplatesTest, a_wrong_post_is_refused_with_all_its_mistakes_and_not_written) {
  serve();
  const json::value wrong =
      put("p", R"({"template":"moving","title":"x","attributes":{"vehicle":"bike","helper":2,"lift":"yes"}})", 400);
  ASSERT_EQ(wrong.at("mistakes").as_array().size(), 4U);
  EXPECT_EQ(wrong.at("mistakes").at(0).at("field"), "vehicle");
  EXPECT_EQ(wrong.at("type"), "urn:inkling:problem:invalid-input");
  EXPECT_THAT(detail(wrong), HasSubstr("; and distance_km: is missing"));
  const auto refused = [&](const std::string& body, unsigned status = 400) { return detail(put("p", body, status)); };
  EXPECT_THAT(refused(R"({"title":"x","attributes":{}})"), HasSubstr("template"));
  EXPECT_THAT(refused(R"({"template":"movng","title":"x","attributes":{}})"), HasSubstr("did you mean moving?"));
  EXPECT_THAT(refused(R"({"template":"moving","attributes":{}})"), HasSubstr("title"));
  EXPECT_THAT(refused(R"({"template":"moving","title":" ","attributes":{}})"), HasSubstr("title: is empty"));
  EXPECT_THAT(refused(R"({"template":"moving","title":"x"})"), HasSubstr("attributes"));
  EXPECT_THAT(refused(move_post(R"(,"price":1)")), HasSubstr("price"));
  EXPECT_THAT(refused(move_post(R"(,"text":"")")), HasSubstr("text: is empty"));
  EXPECT_THAT(refused(move_post(R"(,"shop":"")")), HasSubstr("shop: is empty"));
  EXPECT_THAT(refused(move_post(R"(,"location":[99,0])")), HasSubstr("location"));
  EXPECT_THAT(refused(move_post(R"(,"tags":[7])")), HasSubstr("tags[0]"));
  std::string tags = "[\"a\"";
  for (int i = 0; i < 100; ++i) tags += ",\"a\"";
  EXPECT_THAT(refused(move_post(",\"tags\":" + tags + "]")), HasSubstr("tags: has 101 elements"));
  EXPECT_THAT(refused(move_post(",\"text\":\"" + std::string(70'000, 'a') + "\""), 413),
              HasSubstr("text: has 70000"));
  EXPECT_THAT(refused(std::string(1'100'000, ' '), 413), HasSubstr("body: 1100000 bytes"));
  EXPECT_EQ(client_->send("PUT", "/v1/posts/p", move_post(), "text/plain").status, 415U);
  put(std::string(129, 'x'), move_post(), 400);
  EXPECT_EQ(running_->store().statistics().last_sequence, 0U);
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_posts_total{result="refused",template="moving"} 3)"));
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_posts_total{result="refused",template="other"} 10)"));
}

TEST_F(TemplatesTest, what_is_withdrawn_stays_known_but_off_sale) {
  serve();
  put("p1", move_post());
  const json::value told = withdraw("p1");
  EXPECT_EQ(told.at("sequence"), 2);
  EXPECT_EQ(told.at("item").at("on_sale"), false);
  EXPECT_EQ(get("/v1/items/p1").at("items").at(0).at("title"), "4.2米厢货搬家");
  EXPECT_THAT(detail(withdraw("p2", 404)), HasSubstr("nobody told of \"p2\""));
  withdraw(std::string(129, 'x'), 400);
  EXPECT_THAT(metrics(), HasSubstr(R"(inkling_posts_total{result="withdrawn",template="moving"} 1)"));
}

TEST_F(TemplatesTest, a_post_takes_no_other_items_place) {
  domain::Item goods;
  goods.item = "g";
  domain::Event event;
  event.id = "1";
  event.body = goods;
  serve({event});
  EXPECT_THAT(detail(put("g", move_post(), 409)), HasSubstr("is known as goods"));
  withdraw("g", 409);
  EXPECT_EQ(running_->store().statistics().last_sequence, 1U);
}

TEST_F(TemplatesTest, a_store_that_fails_publishes_nothing) {
  serve();
  running_->store().set_fault(base::io_error("the disk is full"));
  put("p1", move_post(), 500);
  running_->store().set_fault(std::nullopt);
  EXPECT_EQ(running_->store().item("p1").status().code(), base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace inkling::server
