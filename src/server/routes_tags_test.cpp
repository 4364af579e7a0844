#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "artifact/test_folder.h"
#include "registry/registry.h"
#include "server/running_server.h"
#include "tag/edit_log.h"
#include "tag/sample_graph.h"
#include "tag/tag_package.h"

namespace inkling::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace json = boost::json;

const std::string kRepair = "%E5%AE%B6%E7%94%B5%E7%BB%B4%E4%BF%AE";  // 家电维修
const std::string kFast = "%E5%BF%AB%E9%80%9F%E4%B8%8A%E9%97%A8";    // 快速上门
const std::string kPrompt = "%E4%B8%8A%E9%97%A8%E8%BF%85%E9%80%9F";  // 上门迅速

class TagsTest : public testing::Test {
 protected:
  TagsTest() { publish("v1", tag::sample::builder()); }

  void publish(const std::string& version, const tag::TagGraphBuilder& builder) {
    write(version, builder);
    make_live(version);
  }
  void write(const std::string& version, const tag::TagGraphBuilder& builder) {
    artifact::PackageManifest manifest;
    manifest.version = version;
    tag::sample::must(tag::write_tag_package(data_.path(), manifest, tag::sample::must(builder.arrays())).status());
  }
  void make_live(const std::string& version) {
    tag::sample::must(registry_.publish(tag::kPackageName, version, 1));
    tag::sample::must(registry_.promote(tag::kPackageName, version, 2));
  }
  void serve() {
    running_.emplace(test_options(), Scorers{}, std::vector<domain::Event>{}, data_.path().string());
    client_.emplace(running_->client());
  }
  json::value get(const std::string& target, unsigned status = 200) { return read(client_->get(target), status); }
  json::value post(const std::string& target, std::string_view body, unsigned status = 200) {
    return read(client_->post(target, body), status);
  }
  json::value edit(const std::string& members, unsigned status = 200) {
    return post("/v1/tags/edits", R"({"who":"Lin","why":"because",)" + members + "}", status);
  }
  std::vector<std::string> names(const std::string& query) {
    std::vector<std::string> all;
    const json::value told = get("/v1/tags" + query);
    for (const auto& tag : told.at("tags").as_array()) all.emplace_back(tag.at("name").as_string());
    return all;
  }
  // Asks until the answer holds; the test's own limit of time ends one that never does.
  template <typename Holds>
  void await(const std::string& target, Holds holds) {
    while (!holds(get(target))) std::this_thread::yield();
  }

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

TEST_F(TagsTest, finds_by_beginning_kind_category_and_polarity_the_most_seen_first) {
  serve();
  EXPECT_THAT(names("?kind=tag"), ElementsAre("快速上门", "WiFi维修", "快速上门", "cat"));
  EXPECT_THAT(names("?q=wifi"), ElementsAre("WiFi维修"));
  EXPECT_THAT(names("?q=%E6%97%A0%E7%BA%BF"), ElementsAre("WiFi维修")) << "a variant";
  EXPECT_THAT(names("?kind=tag&category=" + kRepair), ElementsAre("快速上门", "WiFi维修"));
  EXPECT_THAT(names("?kind=tag&category=general"), ElementsAre("快速上门", "cat"));
  EXPECT_THAT(names("?polarity=1"), ElementsAre("快速上门"));
  EXPECT_THAT(names("?kind=dimension"), ElementsAre("速度"));
  EXPECT_TRUE(names("?q=nothing").empty());
  const json::value one = get("/v1/tags?kind=tag&limit=1");
  EXPECT_EQ(one.at("total"), 4);
  EXPECT_EQ(one.at("tags").as_array().size(), 1U);
  EXPECT_EQ(one.at("version"), "v1");
  EXPECT_EQ(one.at("tags").at(0), json::parse(R"({"kind":"tag","name":"快速上门","polarity":1,"accepted":false,
      "count":40,"counts":{"title":0,"body":40,"review":0,"query":0}})"));
}

TEST_F(TagsTest, refuses_what_it_cannot_look_for) {
  serve();
  EXPECT_THAT(client_->get("/v1/tags?kind=tagg").body, HasSubstr("did you mean tag?"));
  EXPECT_THAT(client_->get("/v1/tags?polarity=2").body, HasSubstr("polarity: "));
  EXPECT_THAT(client_->get("/v1/tags?limit=0").body, HasSubstr("from 1 to 200"));
  EXPECT_THAT(client_->get("/v1/tags?q=%FF").body, HasSubstr("q: is not UTF-8"));
  get("/v1/tags?category=nothing", 404);
}

TEST_F(TagsTest, tells_all_of_one_tag_with_the_evidence_of_its_edges) {
  serve();
  const json::value page = get("/v1/tags/tag/wifi%E7%BB%B4%E4%BF%AE?industry=" + kRepair);
  const json::value& tag = page.at("tag");
  EXPECT_EQ(tag.at("name"), "WiFi维修");
  EXPECT_EQ(tag.at("industry"), "家电维修");
  EXPECT_EQ(tag.at("variants"), json::parse(R"(["wifi维修","无线网络维修"])"));
  EXPECT_EQ(tag.at("examples"), json::parse(R"(["WiFi 维修, 半小时上门"])"));
  ASSERT_EQ(tag.at("edges").as_array().size(), 1U);
  const json::value& edge = tag.at("edges").at(0);
  EXPECT_EQ(edge.at("type"), "in_category");
  EXPECT_EQ(edge.at("direction"), "out");
  EXPECT_EQ(edge.at("other").at("name"), "家电维修");
  EXPECT_EQ(edge.at("evidence"), json::parse(R"([{"signal":"pmi","value":3.1},{"signal":"walks","value":0.5}])"));
  EXPECT_EQ(edge.at("sentence"),
            R"("WiFi维修" belongs to the category "家电维修", weight 0.82: pmi 3.1, walks 0.5.)");
}

TEST_F(TagsTest, tells_what_leads_to_a_category_and_how_many_there_are) {
  serve();
  const json::value tag = get("/v1/tags/category/" + kRepair + "?limit=1").at("tag");
  std::vector<std::string> told;
  for (const auto& edge : tag.at("edges").as_array()) {
    told.push_back(std::string(edge.at("direction").as_string()) + " " + std::string(edge.at("type").as_string()) +
                   " " + std::string(edge.at("other").at("name").as_string()));
  }
  EXPECT_THAT(told, ElementsAre("out merges 搬家", "in in_category WiFi维修"));
  EXPECT_EQ(tag.at("edge_counts"), json::parse(R"([{"type":"merges","direction":"out","count":1},
      {"type":"in_category","direction":"in","count":2}])"));
}

TEST_F(TagsTest, says_whose_variant_a_name_is_and_what_kinds_there_are) {
  serve();
  EXPECT_THAT(client_->get("/v1/tags/tag/%E6%97%A0%E7%BA%BF%E7%BD%91%E7%BB%9C%E7%BB%B4%E4%BF%AE").body,
              HasSubstr("the name means tag \\\"WiFi维修\\\" of \\\"家电维修\\\""));
  EXPECT_THAT(client_->get("/v1/tags/tags/cat").body, HasSubstr("expected tag, category"));
  get("/v1/tags/tag/dog", 404);
}

TEST_F(TagsTest, finds_the_tags_of_a_text) {
  serve();
  const json::value answer = post("/v1/tags/extract", R"({"text":"我家 WiFi维修，快速上门","industry":"家电维修"})");
  ASSERT_EQ(answer.at("matches").as_array().size(), 2U);
  EXPECT_EQ(answer.at("matches").at(0), json::parse(R"({"begin":7,"end":17,"text":"WiFi维修",
                            "tag":{"kind":"tag","name":"WiFi维修","industry":"家电维修"}})"));
  EXPECT_EQ(answer.at("matches").at(1).at("tag"), json::parse(R"({"kind":"tag","name":"快速上门"})"));
  const json::value moving = post("/v1/tags/extract", R"({"text":"快速上门","industry":"搬家"})");
  EXPECT_EQ(moving.at("matches").at(0).at("tag").at("industry"), "搬家");
  post("/v1/tags/extract", R"({"text":"a","industry":"nothing"})", 404);
  post("/v1/tags/extract", R"({"txt":"a"})", 400);
  post("/v1/tags/extract", R"({"text":")" + std::string(17'000, 'a') + "\"}", 413);
}

TEST_F(TagsTest, an_edit_counts_at_once_and_until_it_is_undone) {
  serve();
  EXPECT_EQ(edit(R"("edit":"rename","name":"快速上门","to":"上门迅速")"),
            json::parse(R"({"number":1,"applied":true})"));
  get("/v1/tags/tag/" + kFast, 404);
  EXPECT_EQ(get("/v1/tags/tag/" + kPrompt).at("edit_lines"), 1);
  EXPECT_EQ(edit(R"("edit":"accept","name":"上门迅速")").at("number"), 2);
  EXPECT_EQ(get("/v1/tags/tag/" + kPrompt).at("tag").at("accepted"), true);
  edit(R"("edit":"undo","line":2)");
  edit(R"("edit":"undo","line":1)");
  EXPECT_EQ(get("/v1/tags/tag/" + kFast).at("tag").at("accepted"), false);
}

TEST_F(TagsTest, merges_and_bans) {
  serve();
  edit(R"("edit":"merge","name":"快速上门","industry":"搬家","to":"快速上门")");
  const json::value tag = get("/v1/tags/tag/" + kFast).at("tag");
  EXPECT_EQ(tag.at("count"), 43);
  edit(R"("edit":"ban","name":"cat")");
  get("/v1/tags/tag/cat", 404);
  EXPECT_THAT(names("?kind=tag"), ElementsAre("快速上门", "WiFi维修"));
}

TEST_F(TagsTest, edits_outlive_the_server_and_the_version) {
  serve();
  edit(R"("edit":"ban","name":"cat")");
  running_.reset();
  serve();
  get("/v1/tags/tag/cat", 404);
  tag::TagGraphBuilder more = tag::sample::builder();
  tag::sample::must(more.add({tag::NodeKind::kTag, "dog", ""}).status());
  publish("v2", more);
  await("/v1/tags", [](const json::value& told) { return told.at("version") == "v2"; });
  get("/v1/tags/tag/dog");
  get("/v1/tags/tag/cat", 404);
}

TEST_F(TagsTest, tells_edits_newest_first_with_what_undid_them_and_what_no_longer_fits) {
  serve();
  edit(R"("edit":"ban","name":"cat")");
  edit(R"("edit":"accept","name":"快速上门")");
  edit(R"("edit":"undo","line":1)");
  const json::array edits = get("/v1/tags/edits").at("edits").as_array();
  ASSERT_EQ(edits.size(), 3U);
  EXPECT_EQ(edits[0].at("undoes"), 1);
  EXPECT_EQ(edits[1], json::parse(R"({"number":2,"edit":"accept","at_ms":1700000500000,"who":"Lin","why":"because",
      "kind":"tag","name":"快速上门"})"));
  EXPECT_EQ(edits[2].at("undone_by"), 3);
  tag::TagGraphBuilder fewer;
  tag::sample::must(fewer.add({tag::NodeKind::kTag, "cat", ""}).status());
  publish("v2", fewer);
  await("/v1/tags", [](const json::value& told) { return told.at("version") == "v2"; });
  EXPECT_THAT(std::string(get("/v1/tags/edits").at("edits").at(1).at("unfit").as_string()), HasSubstr("快速上门"));
}

TEST_F(TagsTest, refuses_edits_that_say_too_little_or_contradict_and_keeps_none_of_them) {
  serve();
  const auto detail = [](const json::value& problem) { return std::string(problem.at("detail").as_string()); };
  EXPECT_THAT(detail(post("/v1/tags/edits", R"({"edit":"ban","name":"cat","who":" ","why":"x"})", 400)),
              HasSubstr("who: is empty"));
  EXPECT_THAT(detail(post("/v1/tags/edits", R"({"edit":"ban","name":"cat","who":"x"})", 400)), HasSubstr("why"));
  EXPECT_THAT(detail(edit(R"("edit":"ban","name":"cat","at_ms":3)", 400)), HasSubstr("at_ms: is set by the server"));
  EXPECT_THAT(detail(edit(R"("edit":"bann","name":"cat")", 400)), HasSubstr("did you mean ban?"));
  EXPECT_THAT(detail(edit(R"("edit":"rename","name":"cat","to":"  ")", 400)), HasSubstr("to: says nothing"));
  EXPECT_THAT(detail(edit(R"("edit":"rename","name":"cat","to":"快速上门")", 409)), HasSubstr("merge into it"));
  EXPECT_THAT(detail(edit(R"("edit":"merge","name":"cat","to":"dog")", 404)), HasSubstr("dog"));
  EXPECT_THAT(detail(edit(R"("edit":"split","name":"cat","variant":"dog")", 404)), HasSubstr("no variant"));
  edit(R"("edit":"ban","name":"dog")", 404);
  edit(R"("edit":"undo","line":1)", 409);
  edit(R"("edit":"accept","name":"cat")");
  EXPECT_THAT(detail(edit(R"("edit":"ban","name":"cat")", 409)), HasSubstr("undo line 1 first"));
  EXPECT_EQ(get("/v1/tags/edits").at("edits").as_array().size(), 1U);
}

TEST_F(TagsTest, without_a_live_graph_says_so_and_follows_the_registry) {
  tag::sample::must(registry_.retire(tag::kPackageName, "v1", 3));
  serve();
  EXPECT_THAT(client_->get("/v1/tags").body, HasSubstr("no version of the package"));
  edit(R"("edit":"ban","name":"cat")", 404);
  EXPECT_TRUE(get("/v1/tags/edits").at("edits").as_array().empty());
  tag::sample::must(registry_.promote(tag::kPackageName, "v1", 4));
  while (client_->get("/v1/tags").status == 404) std::this_thread::yield();
  EXPECT_EQ(get("/v1/tags").at("version"), "v1");
  tag::sample::must(registry_.retire(tag::kPackageName, "v1", 5));
  while (client_->get("/v1/tags").status == 200) std::this_thread::yield();
  EXPECT_THAT(client_->get("/v1/tags").body, HasSubstr("no version of the package"));
}

TEST_F(TagsTest, a_damaged_version_leaves_the_last_one_in_place) {
  serve();
  write("v2", tag::sample::builder());
  std::filesystem::resize_file(artifact::package_folder(data_.path(), "tags", "v2") / "weights.safetensors", 100);
  make_live("v2");
  const std::string failure = "inkling_tag_graphs_total{result=\"failed\"} 1";
  while (client_->get("/metrics").body.find(failure) == std::string::npos) std::this_thread::yield();
  EXPECT_EQ(get("/v1/tags").at("version"), "v1");
  EXPECT_THAT(running_->log_lines(), testing::Contains(HasSubstr("tags: the graph stays as it was: ")));
}

TEST_F(TagsTest, edits_by_several_at_once_are_all_kept) {
  serve();
  constexpr int kEditors = 4, kEach = 5;
  std::vector<std::thread> editors;
  for (int i = 0; i < kEditors; ++i) {
    editors.emplace_back([&] {
      HttpClient client = running_->client();
      for (int k = 0; k < kEach; ++k) {
        EXPECT_EQ(client.post("/v1/tags/edits", R"({"who":"a","why":"b","edit":"accept","name":"cat"})").status,
                  200U);
      }
    });
  }
  for (auto& editor : editors) editor.join();
  await("/v1/tags", [](const json::value& told) { return told.at("edit_lines") == kEditors * kEach; });
  EXPECT_EQ(tag::sample::must(tag::EditLog::open(tag::edits_path(data_.path()))).lines(), kEditors * kEach);
}

}  // namespace
}  // namespace inkling::server
