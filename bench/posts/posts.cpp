#include "bench/posts/posts.h"

#include <array>
#include <cmath>
#include <span>

#include "base/core/random.h"

namespace inkling::bench {
namespace {

using base::Random;
using Words = std::array<std::string_view, 6>;

struct Industry {
  std::string_view name;
  Words services;
  std::array<std::string_view, 3> coined;  // in no dictionary
  Words clauses;                           // % is a service, # a word of the vocabulary
};

constexpr std::array<Industry, 8> kIndustries = {{
    {"家电维修",
     {"空调维修", "冰箱维修", "洗衣机清洗", "空调加氟", "电视挂墙", "热水器安装"},
     {"蒯氟仔", "焓擎检", "沣芯换"},
     {"专业%, 师傅半小时上门", "%先检测后报价, 修不好不收费", "#品牌%统一价格", "家里%找#家电服务部",
      "承接小区%, 保修三个月", "%配件齐全, 当天修好"}},
    {"搬家",
     {"居民搬家", "公司搬迁", "长途搬家", "家具拆装", "钢琴搬运", "小型搬家"},
     {"楫运邦", "搬小嗷", "轱辘驿"},
     {"%价格透明, 不中途加价", "#搬家公司%, 车辆齐全", "%师傅手脚麻利, 打包仔细", "需要%请提前一天预约",
      "市内%送纸箱, 免费估价", "%有保险, 损坏包赔"}},
    {"保洁",
     {"日常保洁", "开荒保洁", "擦玻璃", "地板打蜡", "沙发清洗", "油烟机清洗"},
     {"皂荚侠", "拭尘君", "泡沐沐"},
     {"%阿姨经过培训, 自带工具", "#家政%按小时收费", "新房%, 边角都擦到", "%不满意免费返工", "长期%有优惠",
      "%使用进口清洁剂, 没有味道"}},
    {"管道疏通",
     {"马桶疏通", "下水道疏通", "地漏除臭", "化粪池清理", "水管维修", "高压清洗"},
     {"淙通达", "管哒哒", "瀹渠匠"},
     {"%随叫随到, 全天服务", "#社区附近%", "%不通不收费", "厨房%十分钟解决", "专业设备%, 不伤管道",
      "%师傅住在本小区"}},
    {"开锁换锁",
     {"开锁服务", "换锁芯", "指纹锁安装", "汽车开锁", "保险柜开锁", "配汽车钥匙"},
     {"钥焱匣", "锁喵侠", "扃盾卫"},
     {"%公安备案, 持证上岗", "#锁业%技术开启不破坏", "%十五分钟到达", "%品牌齐全, 终身维护", "忘带钥匙找%",
      "%先验证身份再服务"}},
    {"月嫂保姆",
     {"金牌月嫂", "育儿嫂", "住家保姆", "钟点工", "老人陪护", "催乳师"},
     {"娩安堂", "哺哺熊", "褓护星"},
     {"%持证上岗, 体检合格", "#家政%免费试用三天", "%经验丰富, 有爱心", "%做饭好吃, 会带孩子", "找%可视频面试",
      "%签合同, 不满意可换"}},
    {"驾校",
     {"小车驾照", "大车增驾", "科目二训练", "陪驾服务", "摩托车驾照", "自动挡班"},
     {"驭小鲤", "辔途营", "飒行社"},
     {"%一人一车, 随到随学", "#驾校%拿证快", "%教练耐心不骂人", "%一费制, 没有隐形收费", "学%就近分配场地",
      "%通过率高, 不过包补考"}},
    {"宠物服务",
     {"宠物洗澡", "宠物寄养", "猫咪绝育", "狗狗训练", "宠物美容", "上门喂猫"},
     {"吠吠屋", "喵瑷馆", "毳毳坊"},
     {"%独立笼位, 每天视频", "#宠物店%环境干净", "%用品消毒, 一宠一换", "%店长从业八年", "%可接送, 提前预约",
      "节日%提前订位"}},
}};
// Promises of all industries; the last two are in no dictionary.
constexpr Words kPromises = {"诚信经营", "快速上门", "价格实惠", "服务周到", "履诺达", "惠邻宝"};
// Means one thing in the first industry of its line and another in the second.
constexpr std::string_view kTwoMeanings = "小蓝卡";
constexpr std::size_t kMeansFirst = 0, kMeansSecond = 6;
constexpr std::array<std::string_view, 2> kMeanings = {"加氟赠送小蓝卡延保凭证", "练车充值小蓝卡学时课包"};

constexpr std::size_t kVocabulary = 60'000;
constexpr std::size_t kCharacters = 2500;
constexpr std::array<std::string_view, 4> kSources = {"title", "body", "review", "query"};
constexpr std::array<std::string_view, 6> kJoints = {", 我们", ", 地址在", ", 联系", ", 就在", ", 靠近", ", 老板姓"};

// Of `size` things, the first ones far more often (Zipf's law).
std::size_t often_first(Random& random, std::size_t size) {
  const double u = random.uniform();
  return static_cast<std::size_t>(std::pow(static_cast<double>(size), u)) - 1;
}

void add_character(std::string& text, Random& random) {
  const double u = random.uniform();
  const auto letter = 0x4E00 + static_cast<std::uint32_t>(7 * std::floor(kCharacters * u * u));
  text += static_cast<char>(0xE0 | (letter >> 12));
  text += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
  text += static_cast<char>(0x80 | (letter & 0x3F));
}

std::string_view one_of(std::span<const std::string_view> words, Random& random) {
  return words[random.below(words.size())];
}

std::string json_line(std::string_view text, std::string_view source, std::string_view industry) {
  std::string line = "{\"text\": \"";
  line += text;
  line += "\", \"source\": \"";
  line += source;
  line += "\", \"industry\": \"";
  line += industry;
  return line += "\"}\n";
}

}  // namespace

Posts::Posts(std::uint64_t seed) : seed_(seed) {
  Random random = Random::stream(seed, 0);
  for (std::size_t i = 0; i < kVocabulary; ++i) {
    std::string word;
    for (std::uint64_t left = 2 + random.below(3); left > 0; --left) add_character(word, random);
    vocabulary_.push_back(std::move(word));
  }
}

std::string Posts::good_text(std::uint64_t number, std::size_t industry) const {
  Random random = Random::stream(seed_, number);
  const Industry& of = kIndustries[industry];
  std::string text;
  const std::size_t wanted_bytes = 3 * static_cast<std::size_t>(random.uniform(80, 180));
  while (text.size() < wanted_bytes) {
    for (const char c : one_of(of.clauses, random)) {
      if (c == '%') {
        text += one_of(of.services, random);
      } else if (c == '#') {
        text += vocabulary_[often_first(random, kVocabulary)];
      } else {
        text += c;
      }
    }
    text += one_of(kJoints, random);
    for (std::uint64_t words = 1 + random.below(4); words > 0; --words) {
      text += vocabulary_[often_first(random, kVocabulary)];
    }
    if (random.chance(0.2)) text += one_of(of.coined, random);
    if (random.chance(0.2)) text += one_of(kPromises, random);
    if (random.chance(0.05) && (industry == kMeansFirst || industry == kMeansSecond)) {
      text += kMeanings[industry == kMeansFirst ? 0 : 1];
    }
    text += "。";
  }
  return text;
}

std::string Posts::line(std::uint64_t number) const {
  Random random = Random::stream(~seed_, number);
  const std::size_t industry = random.below(kIndustries.size());
  const std::string_view name = kIndustries[industry].name;
  const std::string_view source = one_of(kSources, random);
  const double kind = random.uniform();
  if (kind < 0.03 && number > 0) return line(number - 1 - random.below(std::min<std::uint64_t>(number, 100)));
  if (kind < 0.04) return json_line("加微信加微信加微信加微信加微信加微信", source, name);
  if (kind < 0.045) return json_line("👍👍🎉", source, name);
  if (kind < 0.048) return json_line("", source, name);
  if (kind < 0.05) return json_line("\xBF\xD5\xB5\xF7\xCE\xAC\xD0\xDE", source, name);  // GBK
  return json_line(good_text(number, industry), source, name);
}

std::vector<Posts::Planted> Posts::planted() {
  std::vector<Planted> words;
  for (const Industry& industry : kIndustries) {
    for (const std::string_view word : industry.coined) words.push_back({word, industry.name});
  }
  for (std::size_t i = 4; i < kPromises.size(); ++i) words.push_back({kPromises[i], ""});
  words.push_back({kTwoMeanings, kIndustries[kMeansFirst].name});
  words.push_back({kTwoMeanings, kIndustries[kMeansSecond].name});
  return words;
}

}  // namespace inkling::bench
