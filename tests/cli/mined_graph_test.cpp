// inkling mine tags, dimensions and categories, one after the other over one tag graph, and what a server tells of
// it.
#include <sys/stat.h>

#include <boost/json.hpp>
#include <csignal>
#include <fstream>

#include "base/core/random.h"
#include "server/http_client.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using testing::HasSubstr;

struct Industry {
  std::string name;
  std::vector<std::string> services, things;
};
const std::vector<Industry> kIndustries = {
    {"空调维修", {"加氟", "移机", "清洗", "检漏"}, {"空调", "压缩机", "外机", "遥控器"}},
    {"搬家", {"打包", "拆装", "吊运", "暂存"}, {"钢琴", "沙发", "纸箱", "货车"}}};

// Half of the posts speak of two services of an industry, half of two of its things; none of both.
std::string posts() {
  base::Random random(3);
  std::string lines;
  for (int i = 0; i < 3000; ++i) {
    const Industry& industry = kIndustries[random.below(2)];
    const auto& words = i % 2 == 0 ? industry.services : industry.things;
    const std::string &first = words[random.below(4)], &second = words[random.below(4)];
    lines += R"({"text":")" +
             (i % 2 == 0 ? "师傅上门" + first + "，还帮忙" + second + "，价格公道"
                         : "家里的" + first + "和" + second + "都有，品牌不限") +
             "。" + std::to_string(i) + R"(","source":"body","industry":")" + industry.name + "\"}\n";
  }
  return lines;
}

// Three categories of twenty posts: shoppers who ask one query go to posts of the first two alike.
std::string events() {
  const std::vector<std::string> categories = {"空调维修", "空调修理", "搬家"};
  base::Random random(5);
  std::string lines;
  for (std::size_t i = 0; i < 60; ++i) {
    const std::string item = "p" + std::to_string(i), &category = categories[i / 20];
    lines += R"({"type":"item","id":"i)" + item + R"(","ts_ms":1700000000000,"item":")" + item +
             R"(","category":["本地",")" + category + R"("],"title":")" + (i < 40 ? "空调加氟" : "居民搬家") +
             "\"}\n";
  }
  for (int s = 0; s < 200; ++s) {
    const std::string shopper = "s" + std::to_string(s), query = s % 2 == 0 ? "空调加氟" : "搬家公司";
    const auto line = [&](int k, const std::string& rest) {
      lines += R"({"type":"action","id":")" + shopper + "-" + std::to_string(k) + R"(","ts_ms":)" +
               std::to_string(1'700'000'000'000 + s * 3'600'000LL + k * 1000) + R"(,"shopper":")" + shopper + "\"," +
               rest + "}\n";
    };
    std::string item;
    line(0, R"("action":"search","query":")" + query + "\"");
    for (int k = 1; k <= 4; ++k) {
      item = "p" + std::to_string(s % 2 == 0 ? random.below(40) : 40 + random.below(20));
      line(k, R"("action":"click","item":")" + item + R"(","query":")" + query + "\"");
    }
    line(5, R"("action":"call","item":")" + item + "\"");
  }
  return lines;
}

class MinedGraph : public Workplace {
 protected:
  void SetUp() override {
    write("posts.jsonl", posts());
    write("seeds.yaml", "空调维修:\n  服务: [加氟, 移机]\n  物品: [空调, 外机]\n");
    inkling_ok({"mine", "tags", "--in", "posts.jsonl", "--data", "data"});
  }
  Outcome grow(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"mine",    "dimensions", "--in",     "posts.jsonl", "--data",      "data",
                                          "--seeds", "seeds.yaml", "--epochs", "30",          "--threshold", "0.2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return inkling(arguments);
  }
};

TEST_F(MinedGraph, grows_by_dimensions_and_categories_and_is_served_with_the_reasons) {
  const Outcome grown = grow({"--out", "placed.jsonl"});
  EXPECT_EQ(grown.exit_code, 0) << grown.err;
  EXPECT_THAT(grown.out, HasSubstr("tags v2 is a candidate"));
  EXPECT_THAT(read_text(folder() / "placed.jsonl"), HasSubstr(R"("word":"清洗","dimension":"服务")"));
  write("events.jsonl", events());
  write("known.yaml", "hyponyms: {}\ntemplates: []\nscenes:\n  搬新家: [搬家, 打包, 空调加氟]\n");
  const Outcome merged = inkling_ok({"mine", "categories", "--in", "events.jsonl", "--data", "data", "--publish",
                                     "--min-shoppers", "5", "--knowledge", "known.yaml", "--out", "found.jsonl"});
  EXPECT_THAT(merged.out, HasSubstr("3 categories are 2"));
  EXPECT_THAT(merged.out, HasSubstr("scene 搬新家: "));
  EXPECT_THAT(read_text(folder() / "found.jsonl"), HasSubstr(R"("served_by":[{"tag":"加氟")"));
  EXPECT_THAT(read_text(folder() / "data/packages/tags/v2/report.html"), HasSubstr("清洗"));
  EXPECT_THAT(read_text(folder() / "data/packages/tags/v3/report.html"), HasSubstr("搬新家"));
  EXPECT_THAT(merged.out, HasSubstr("tags v3 is live"));

  journal_one_event("data");
  Program server(
      folder(), {"serve", "--data", "data", "--port", "0", "--port-file", "port", "--scenes", source_path("scenes")});
  server::HttpClient client(server.await_port());
  const auto get = [&](const std::string& path) { return client.get(path).body; };
  const std::string washing = get("/v1/tags/tag/%E6%B8%85%E6%B4%97?industry=%E7%A9%BA%E8%B0%83%E7%BB%B4%E4%BF%AE");
  EXPECT_THAT(washing, HasSubstr("in_dimension")) << "清洗 of 空调维修";
  EXPECT_THAT(washing, HasSubstr("similarity"));
  EXPECT_THAT(get("/v1/tags/category/%E7%A9%BA%E8%B0%83%E7%BB%B4%E4%BF%AE"), HasSubstr("空调修理")) << "merges";
  const std::string movers = get("/v1/tags/need/%E6%90%AC%E5%AE%B6%E5%85%AC%E5%8F%B8");
  EXPECT_THAT(movers, HasSubstr("need_of"));
  EXPECT_THAT(get("/v1/tags/need/%E7%A9%BA%E8%B0%83%E5%8A%A0%E6%B0%9F"), HasSubstr("served_by")) << "加氟";
  EXPECT_THAT(get("/v1/tags/scene/%E6%90%AC%E6%96%B0%E5%AE%B6"), HasSubstr("shown_in"));
  EXPECT_EQ(server.stop().exit_code, 0);
}

TEST_F(MinedGraph, refuses_seeds_that_contradict_each_other_and_adds_nothing) {
  write("seeds.yaml", "空调维修:\n  服务: [加氟, 移机]\n  物品: [空调, 加氟]\n");
  expect_refusal(grow({}), kBadInput, {"seeds.yaml", "加氟"});
  EXPECT_FALSE(std::filesystem::exists(folder() / "data/packages/tags/v2"));
}

TEST_F(MinedGraph, refuses_what_is_broken_with_its_file_line_and_value) {
  const auto categories = [&](const std::string& events, const std::string& knowledge) {
    return inkling({"mine", "categories", "--in", events, "--data", "data", "--knowledge", knowledge});
  };
  write("events.jsonl", events());
  write("known.yaml", "hyponyms: {}\ntemplates: []\nscenes:\n  搬新家: [搬家, 空调维秀]\n");
  expect_refusal(categories("events.jsonl", "known.yaml"), kBadInput,
                 {"known.yaml:4: scenes.搬新家[1]: \"空调维秀\" is no tag", "did you mean 空调维修?"});
  write("circle.yaml", "hyponyms:\n  家电: [空调]\n  空调: [家电]\ntemplates: []\n");
  expect_refusal(categories("events.jsonl", "circle.yaml"), kBadInput, {"circle.yaml:", "the other way round"});
  write("gbk.yaml", "hyponyms:\n  \xBC\xD2: [a]\ntemplates: []\n");
  expect_refusal(categories("events.jsonl", "gbk.yaml"), kBadInput, {"gbk.yaml", "UTF-8"});
  write("good.yaml", "hyponyms: {}\ntemplates: []\n");
  write("gbk.jsonl", events() + "{\"type\":\"item\",\"id\":\"z\",\"ts_ms\":1,\"item\":\"\xBC\xD2\"}\n");
  expect_refusal(categories("gbk.jsonl", "good.yaml"), kBadInput, {"gbk.jsonl:1261: "});
  expect_refusal(categories("none.jsonl", "good.yaml"), kBadInput, {"none.jsonl"});
  write("vectors.vec", "2 3\n空调 0.1 0.2 0.3\n加氟 0.1 nan\n");
  expect_refusal(grow({"--pretrained", "vectors.vec"}), kBadInput, {"vectors.vec:3: "});
  write("words.txt", "空调\n\xBC\xD2\xB5\xE7\n");
  expect_refusal(grow({"--words", "words.txt"}), kBadInput, {"words.txt:2: ", "UTF-8"});
  EXPECT_FALSE(std::filesystem::exists(folder() / "data/packages/tags/v2")) << "nothing was added";
}

TEST_F(MinedGraph, can_begin_with_categories) {
  write("events.jsonl", events());
  EXPECT_THAT(inkling_ok({"mine", "categories", "--in", "events.jsonl", "--data", "other"}).out,
              HasSubstr("tags v1 is a candidate"));
}

TEST_F(MinedGraph, interrupted_runs_add_nothing_and_can_be_started_again) {
  ASSERT_EQ(::mkfifo((folder() / "events.jsonl").c_str(), 0600), 0);
  const std::vector<std::string> verb = {"mine", "categories", "--in", "events.jsonl", "--data", "data"};
  Program interrupted(folder(), verb);
  std::ofstream pipe(folder() / "events.jsonl");  // opens when the program reads
  pipe << events() << std::flush;
  interrupted.send(SIGINT);
  EXPECT_NE(interrupted.wait().exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder() / "data/packages/tags/v2"));
  std::filesystem::remove(folder() / "events.jsonl");
  write("events.jsonl", events());
  EXPECT_THAT(inkling_ok(verb).out, HasSubstr("tags v2 is a candidate"));
}

TEST_F(MinedGraph, repeats_itself) {
  EXPECT_EQ(grow({"--out", "first.jsonl"}).exit_code, 0);
  EXPECT_EQ(grow({"--out", "second.jsonl"}).exit_code, 0);
  EXPECT_EQ(read_text(folder() / "first.jsonl"), read_text(folder() / "second.jsonl"));
}

}  // namespace
}  // namespace inkling::cli_test
