// A small hand-made tag graph of household services, made live as a package: what bench/figures/explorer-walk and
// whoever tries the console look at before tags are mined. Counts and evidence are made up.
//   local_tags DATA VERSION   v1, v2, ...: later versions have a tag more, named after the version
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/random.h"
#include "bench/run_program.h"
#include "registry/registry.h"
#include "tag/tag_graph_builder.h"
#include "tag/tag_package.h"

namespace inkling::bench {
namespace {

using base::Status;
using tag::EdgeType;
using tag::NodeKey;
using tag::NodeKind;
using tag::TagGraphBuilder;

constexpr std::uint64_t kSeed = 20261123;
constexpr std::int64_t kMadeMs = 1;  // a package has the same bytes whenever it is made

struct Category {
  std::string_view name;
  std::string_view above;  // what it is a kind of; "": nothing
};
constexpr Category kCategories[] = {
    {"家电维修", ""}, {"空调维修", "家电维修"}, {"冰箱维修", "家电维修"}, {"洗衣机维修", "家电维修"},
    {"搬家", ""},     {"家庭保洁", ""},         {"管道疏通", ""},         {"开锁换锁", ""}};

constexpr std::string_view kDimensions[] = {"速度", "价格", "态度", "技术", "承诺"};
constexpr std::string_view kScenes[] = {"今天就要修好", "第一次搬家", "年底大扫除"};

struct Need {
  std::string_view name, category, tag;
};
constexpr Need kNeeds[] = {{"空调不制冷", "空调维修", "加氟"},
                           {"冰箱漏水", "冰箱维修", "排水孔疏通"},
                           {"钥匙锁屋里", "开锁换锁", "半小时到"},
                           {"小户型搬家", "搬家", "小货车"}};

struct TagRow {
  std::string_view name, industry, category, dimension, scene;
  int polarity;
  std::uint32_t seen;
  std::vector<std::string_view> variants;
  std::vector<std::string_view> examples;
};

const std::vector<TagRow> kTags = {
    {"上门快",
     "",
     "家电维修",
     "速度",
     "今天就要修好",
     1,
     9120,
     {"上门迅速", "来得快"},
     {"电话刚挂，师傅二十分钟就到了。", "约好下午，上午就来，上门快。"}},
    {"半小时到",
     "",
     "开锁换锁",
     "速度",
     "今天就要修好",
     1,
     4310,
     {"30分钟到", "三十分钟到"},
     {"锁坏了打电话，半小时到。"}},
    {"迟到", "", "搬家", "速度", "", -1, 1760, {"来晚了", "不准时"}, {"说好八点，迟到一个多小时。"}},
    {"价格透明",
     "",
     "家庭保洁",
     "价格",
     "第一次搬家",
     1,
     6120,
     {"明码标价", "价格公道"},
     {"进门先报价，价格透明，做完没有加钱。"}},
    {"临时加价", "", "搬家", "价格", "", -1, 2480, {"坐地起价", "乱加钱"}, {"到了楼下临时加价两百。"}},
    {"态度好", "", "家庭保洁", "态度", "年底大扫除", 1, 8840, {"服务态度好", "很热情"}, {"阿姨态度好，鞋套自己带。"}},
    {"不耐烦", "", "管道疏通", "态度", "", -1, 640, {}, {"问了两句就不耐烦。"}},
    {"技术过硬",
     "",
     "家电维修",
     "技术",
     "今天就要修好",
     1,
     3950,
     {"技术好", "手艺好"},
     {"一听声音就知道坏在哪里，技术过硬。"}},
    {"质保一年", "", "家电维修", "承诺", "", 1, 2210, {"保修一年"}, {"换了压缩机，质保一年。"}},
    {"修不好不收费", "", "家电维修", "承诺", "今天就要修好", 1, 1980, {"没修好不收钱"}, {"写明修不好不收费，放心。"}},
    {"加氟",
     "空调维修",
     "空调维修",
     "技术",
     "",
     0,
     5240,
     {"加氟利昂", "加雪种", "补氟"},
     {"夏天前加氟一次，制冷回来了。", "师傅说缺氟，加氟以后好了。"}},
    {"空调移机",
     "空调维修",
     "空调维修",
     "技术",
     "第一次搬家",
     0,
     2870,
     {"移机", "空调拆装"},
     {"搬新家，两台空调移机。"}},
    {"空调清洗",
     "空调维修",
     "空调维修",
     "技术",
     "年底大扫除",
     0,
     3360,
     {"洗空调", "清洗空调"},
     {"空调清洗完没有霉味了。"}},
    {"排水孔疏通", "冰箱维修", "冰箱维修", "技术", "", 0, 720, {"通排水孔"}, {"冰箱漏水，排水孔疏通就好。"}},
    {"换压缩机", "冰箱维修", "冰箱维修", "技术", "", 0, 910, {"压缩机更换"}, {"不启动，换压缩机。"}},
    {"洗衣机异响",
     "洗衣机维修",
     "洗衣机维修",
     "技术",
     "",
     -1,
     1130,
     {"脱水响声大"},
     {"脱水的时候洗衣机异响，换了轴承。"}},
    {"小货车", "搬家", "搬家", "", "第一次搬家", 0, 3080, {"金杯车", "面包车"}, {"东西不多，小货车一趟。"}},
    {"含拆装", "搬家", "搬家", "承诺", "第一次搬家", 1, 1520, {"包拆装"}, {"床和衣柜含拆装。"}},
    {"无电梯加收", "搬家", "搬家", "价格", "", 0, 1210, {"楼层费"}, {"六楼无电梯加收每层二十。"}},
    {"日式搬家", "搬家", "搬家", "", "第一次搬家", 1, 870, {"全包搬家"}, {"日式搬家，一根手指都不用动。"}},
    {"深度保洁",
     "家庭保洁",
     "家庭保洁",
     "技术",
     "年底大扫除",
     0,
     2640,
     {"大扫除", "深层清洁"},
     {"过年前做一次深度保洁。"}},
    {"擦玻璃",
     "家庭保洁",
     "家庭保洁",
     "技术",
     "年底大扫除",
     0,
     2320,
     {"玻璃清洗", "洗窗户"},
     {"四面擦玻璃，两小时。"}},
    {"自带工具", "家庭保洁", "家庭保洁", "承诺", "年底大扫除", 1, 1490, {"工具自备"}, {"阿姨自带工具和药水。"}},
    {"马桶疏通", "管道疏通", "管道疏通", "技术", "", 0, 2950, {"通马桶"}, {"半夜马桶疏通，十分钟通了。"}},
    {"WiFi智能锁", "开锁换锁", "开锁换锁", "技术", "", 0, 1340, {"智能锁", "密码锁"}, {"换了一把 WiFi 智能锁。"}},
    {"公安备案", "开锁换锁", "开锁换锁", "承诺", "", 1, 1610, {"备案"}, {"进门先出示公安备案。"}},
};

class Maker {
 public:
  base::Result<tag::TagArrays> make(const std::string& version) {
    INKLING_TRY(add_names());
    for (const TagRow& row : kTags) INKLING_TRY(add_tag(row));
    if (version != "v1") INKLING_TRY(add_tag({"版本" + version.substr(1)}));
    INKLING_TRY(join_alike());
    for (const Need& need : kNeeds) INKLING_TRY(add_need(need));
    INKLING_TRY(
        join({NodeKind::kCategory, "家庭保洁", ""}, {NodeKind::kCategory, "管道疏通", ""}, EdgeType::kMerges));
    return builder_.arrays();
  }

 private:
  Status add_names() {
    for (const Category& each : kCategories) {
      INKLING_TRY(builder_.add({NodeKind::kCategory, std::string(each.name), ""}).status());
    }
    for (const Category& each : kCategories) {
      if (each.above.empty()) continue;
      INKLING_TRY(join(category(each.name), category(each.above), EdgeType::kHyponym));
    }
    for (const auto name : kDimensions)
      INKLING_TRY(builder_.add({NodeKind::kDimension, std::string(name), ""}).status());
    for (const auto name : kScenes) INKLING_TRY(builder_.add({NodeKind::kScene, std::string(name), ""}).status());
    return {};
  }

  Status add_tag(const std::string& name) {
    INKLING_ASSIGN(const auto node, builder_.add({NodeKind::kTag, name, ""}));
    builder_.add_count(node, tag::Source::kTitle, 1);
    return {};
  }

  Status add_tag(const TagRow& row) {
    const NodeKey key = key_of(row);
    INKLING_ASSIGN(const auto node, builder_.add(key));
    double left = row.seen;
    for (std::size_t i = 0; i < tag::kSources; ++i) {
      const double share = i + 1 == tag::kSources ? left : left * random_.uniform(0.1, 0.6);
      builder_.add_count(node, static_cast<tag::Source>(i), static_cast<std::uint32_t>(share));
      left -= share;
    }
    for (const auto variant : row.variants) INKLING_TRY(builder_.add_variant(node, variant));
    for (const auto example : row.examples) INKLING_TRY(builder_.add_example(node, example));
    INKLING_TRY(builder_.set_polarity(node, row.polarity));
    INKLING_TRY(join(key, category(row.category), EdgeType::kInCategory));
    if (!row.dimension.empty()) {
      INKLING_TRY(join(key, {NodeKind::kDimension, std::string(row.dimension), ""}, EdgeType::kInDimension));
    }
    if (row.scene.empty()) return {};
    return join(key, {NodeKind::kScene, std::string(row.scene), ""}, EdgeType::kShownIn);
  }

  // Tags of one category and dimension.
  Status join_alike() {
    for (const TagRow& a : kTags) {
      for (const TagRow& b : kTags) {
        if (&a < &b && a.category == b.category && a.dimension == b.dimension) {
          INKLING_TRY(join(key_of(a), key_of(b), EdgeType::kSimilar));
        }
      }
    }
    return {};
  }

  Status add_need(const Need& need) {
    const NodeKey key{NodeKind::kNeed, std::string(need.name), ""};
    INKLING_ASSIGN(const auto node, builder_.add(key));
    builder_.add_count(node, tag::Source::kQuery, 100 + static_cast<std::uint32_t>(random_.below(900)));
    INKLING_TRY(join(key, category(need.category), EdgeType::kNeedOf));
    const auto row = std::ranges::find(kTags, need.tag, &TagRow::name);
    return join(key, key_of(*row), EdgeType::kServedBy);
  }

  Status join(const NodeKey& from, const NodeKey& to, EdgeType type) {
    INKLING_ASSIGN(const auto one, builder_.find(from));
    INKLING_ASSIGN(const auto other, builder_.find(to));
    const std::vector<tag::SignalValue> evidence = {{"pmi", rounded(random_.uniform(0.5, 8))},
                                                    {"walks", rounded(random_.uniform(0.05, 1))}};
    return builder_.add_edge(one, other, type, rounded(random_.uniform(0.15, 1)), evidence);
  }

  static float rounded(double value) { return static_cast<float>(static_cast<int>(value * 100)) / 100; }
  static NodeKey category(std::string_view name) { return {NodeKind::kCategory, std::string(name), ""}; }
  static NodeKey key_of(const TagRow& row) {
    return {NodeKind::kTag, std::string(row.name), std::string(row.industry)};
  }

  base::Random random_{kSeed};
  TagGraphBuilder builder_;
};

Status make_live(const std::string& data, const std::string& version) {
  INKLING_ASSIGN(const tag::TagArrays arrays, Maker().make(version));
  artifact::PackageManifest manifest;
  manifest.version = version;
  manifest.seed = kSeed;
  INKLING_TRY(tag::write_tag_package(data, manifest, arrays).status());
  const registry::Registry registry(data);
  INKLING_TRY(registry.publish(tag::kPackageName, version, kMadeMs));
  return registry.promote(tag::kPackageName, version, kMadeMs);
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("local_tags", [&]() -> inkling::base::Status {
    if (argc != 3) return inkling::base::invalid_input("expected DATA VERSION");
    return inkling::bench::make_live(argv[1], argv[2]);
  });
}
