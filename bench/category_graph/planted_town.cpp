#include "bench/category_graph/planted_town.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/core/random.h"

namespace inkling::bench {
namespace {

using categories::StepKind;

struct Object {
  std::string_view name;
  std::array<std::string_view, 4> kinds;
};
constexpr std::array<Object, 16> kObjects = {{
    {"家电", {"电视", "冰箱", "洗衣机", "空调"}},
    {"电脑", {"笔记本", "台式机", "打印机", "服务器"}},
    {"管道", {"下水道", "马桶", "地漏", "水管"}},
    {"家具", {"沙发", "衣柜", "床垫", "餐桌"}},
    {"车辆", {"轿车", "货车", "面包车", "摩托车"}},
    {"门窗", {"防盗门", "卷帘门", "纱窗", "阳台窗"}},
    {"墙面", {"壁纸", "瓷砖", "乳胶漆", "硅藻泥"}},
    {"灯具", {"吊灯", "射灯", "路灯", "灯箱"}},
    {"锁具", {"指纹锁", "保险柜", "挂锁", "汽车锁"}},
    {"手机", {"苹果机", "安卓机", "老人机", "对讲机"}},
    {"宠物", {"猫咪", "小狗", "鹦鹉", "仓鼠"}},
    {"婚礼", {"婚车", "婚纱", "司仪", "花门"}},
    {"乐器", {"钢琴", "吉他", "古筝", "架子鼓"}},
    {"外语", {"英语", "日语", "法语", "韩语"}},
    {"厨具", {"油烟机", "燃气灶", "蒸箱", "烤炉"}},
    {"地面", {"木地板", "地毯", "环氧地坪", "石材"}},
}};
constexpr std::array<std::array<std::string_view, 3>, 8> kActions = {{{"维修", "修理", "检修"},
                                                                      {"清洗", "保洁", "除垢"},
                                                                      {"安装", "组装", "上门装"},
                                                                      {"回收", "收购", "高价收"},
                                                                      {"出租", "租赁", "短租"},
                                                                      {"搬运", "托运", "搬家"},
                                                                      {"培训", "辅导", "教学"},
                                                                      {"定制", "订做", "设计"}}};
constexpr std::array<std::string_view, 12> kGeneral = {"专业", "上门", "快速", "附近",     "师傅", "价格实惠",
                                                       "老店", "诚信", "全城", "免费咨询", "当天", "正规"};
// What is offered with a need; several needs share each.
constexpr std::array<std::string_view, 48> kOffers = {
    "加氟", "移机",     "检漏", "换屏", "打孔",   "抛光",   "除螨",   "消毒",   "打蜡",   "封胶",   "补漏", "改电",
    "布线", "拆旧",     "清运", "上牌", "验车",   "换芯",   "配钥匙", "开荒",   "高空",   "吊装",   "打包", "暂存",
    "长途", "同城",     "夜间", "周末", "一对一", "小班",   "试听",   "考级",   "陪练",   "送货",   "试用", "质保",
    "延保", "以旧换新", "估价", "现结", "量尺",   "效果图", "送样",   "环保板", "进口料", "免押金", "按天", "带司机"};
constexpr std::size_t kOffersOfNeed = 2;
constexpr std::array<std::string_view, 4> kQueryEnds = {"", "", "多少钱", "附近"};
constexpr std::size_t kPostsOfKind = 16;  // of one kind in one category
constexpr std::int64_t kFirstMs = 1'790'000'000'000;

struct Need {
  std::size_t object = 0, action = 0;
  std::size_t synonyms = 1;                       // categories
  std::vector<std::string_view> kinds;            // words; the object's own name when it is one
  std::vector<std::set<std::string>> offers;      // by kind: what every kind has, and its own
  std::vector<std::vector<std::uint32_t>> posts;  // by kind
  std::uint32_t related = 0;                      // what shoppers need the same day
  double weight = 0;
};

class TownMaker {
 public:
  explicit TownMaker(const TownOptions& options)
      : options_(options), random_(options.seed), tag_random_(base::Random::stream(options.seed, 1)) {}

  PlantedTown make() {
    make_needs();
    for (Need& need : needs_) make_offers(need);
    make_tags();
    make_categories();
    make_knowledge();
    for (std::uint32_t shopper = 0; sessions_ < options_.sessions; ++shopper) make_shopper(shopper);
    make_tags_of_queries();
    return std::move(town_);
  }

 private:
  void make_needs() {
    std::vector<std::size_t> pairs(kObjects.size() * kActions.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = i;
    for (std::size_t i = pairs.size(); i > 1; --i) std::swap(pairs[i - 1], pairs[random_.below(i)]);
    for (std::size_t i = 0; i < std::min(options_.needs, pairs.size()); ++i) {
      Need need;
      need.object = pairs[i] / kActions.size();
      need.action = pairs[i] % kActions.size();
      need.synonyms = random_.chance(0.5) ? 1 : 2 + random_.below(2);
      const Object& object = kObjects[need.object];
      const std::size_t kinds = random_.chance(0.4) ? 3 + random_.below(2) : 1;
      if (kinds == 1) need.kinds = {object.name};
      if (kinds > 1)
        need.kinds.assign(object.kinds.begin(), object.kinds.begin() + static_cast<std::ptrdiff_t>(kinds));
      need.related = static_cast<std::uint32_t>(random_.below(options_.needs));
      need.weight = 1.0 / (static_cast<double>(i) + 10);
      need.posts.resize(kinds);
      town_.is_several.push_back(kinds > 1);
      weights_ += need.weight;
      needs_.push_back(std::move(need));
    }
  }

  void make_offers(Need& need) {
    std::set<std::string> of_all;
    while (of_all.size() < kOffersOfNeed) of_all.insert(any_offer());
    for (std::size_t kind = 0; kind < need.kinds.size(); ++kind) {
      std::set<std::string>& offers = need.offers.emplace_back(of_all);
      while (offers.size() < 2 * kOffersOfNeed) offers.insert(any_offer());
    }
  }
  std::string any_offer() { return std::string(kOffers[tag_random_.below(kOffers.size())]); }

  void make_tags() {
    std::set<std::string> tags(kGeneral.begin(), kGeneral.end());
    tags.insert(kOffers.begin(), kOffers.end());
    for (const auto& actions : kActions) tags.insert(actions.begin(), actions.end());
    for (const Object& object : kObjects) {
      tags.emplace(object.name);
      tags.insert(object.kinds.begin(), object.kinds.end());
    }
    town_.tags.assign(tags.begin(), tags.end());
  }

  // What its owner says that the post offers.
  std::vector<std::string> tags_of(const Need& need, std::size_t kind) {
    std::vector<std::string> tags;
    for (const std::string& offer : need.offers[kind]) {
      if (tag_random_.chance(options_.own_tags)) tags.push_back(offer);
    }
    if (tag_random_.chance(options_.stray_tags)) tags.push_back(any_offer());
    return tags;
  }

  void make_categories() {
    std::uint32_t first_kind = 0;
    for (std::uint32_t i = 0; i < needs_.size(); ++i) {
      Need& need = needs_[i];
      for (std::size_t synonym = 0; synonym < need.synonyms; ++synonym) {
        town_.behaviour.categories.push_back(std::string(kObjects[need.object].name) +
                                             std::string(kActions[need.action][synonym]));
        town_.need_of_category.push_back(i);
        for (std::uint32_t kind = 0; kind < need.kinds.size(); ++kind) make_posts(need, synonym, kind, first_kind);
      }
      first_kind += static_cast<std::uint32_t>(need.kinds.size());
    }
  }

  void make_posts(Need& need, std::size_t synonym, std::uint32_t kind, std::uint32_t first_kind) {
    const std::size_t count = kPostsOfKind / 2 + random_.below(kPostsOfKind);
    for (std::size_t i = 0; i < count; ++i) {
      const auto number = static_cast<std::uint32_t>(town_.behaviour.posts.size());
      const bool wrong = random_.chance(options_.wrong_titles);
      const bool foreign = wrong || !options_.planted;
      const Need& told = foreign ? needs_[random_.below(needs_.size())] : need;
      const std::size_t told_kind = foreign ? random_.below(told.kinds.size()) : kind;
      const std::size_t told_synonym = !foreign && random_.chance(0.6) ? synonym : random_.below(told.synonyms);
      town_.behaviour.posts.push_back({"post" + std::to_string(number),
                                       static_cast<std::uint32_t>(town_.behaviour.categories.size() - 1),
                                       title(told, told_kind, told_synonym), tags_of(told, told_kind)});
      town_.kind_of_post.push_back(first_kind + kind);
      town_.has_wrong_title.push_back(foreign && &told != &need);
      need.posts[kind].push_back(number);
    }
  }

  std::string title(const Need& need, std::size_t kind, std::size_t synonym) {
    std::string text(general());
    text += need.kinds[kind];
    text += kActions[need.action][synonym];
    for (std::size_t i = 0; i <= random_.below(2); ++i) (text += ' ') += general();
    return text;
  }

  std::string_view general() { return kGeneral[random_.below(kGeneral.size())]; }

  void make_knowledge() {
    for (const Object& object : kObjects) {
      categories::Hyponyms known{std::string(object.name), {}};
      for (const std::string_view kind : object.kinds) {
        if (!random_.chance(options_.unknown_kinds)) known.kinds.emplace_back(kind);
      }
      town_.knowledge.hyponyms.push_back(std::move(known));
    }
    for (const auto& synonyms : kActions) {
      for (const std::string_view action : synonyms) town_.knowledge.templates.push_back("{}" + std::string(action));
    }
  }

  // A need, and now and then the one that goes with it some hours later.
  void make_shopper(std::uint32_t shopper) {
    std::int64_t now = kFirstMs + static_cast<std::int64_t>(random_.below(14 * categories::kDayMs));
    const std::uint32_t need = draw_need();
    make_session(shopper, need, now);
    if (!random_.chance(0.3)) return;
    now += categories::kDayMs / 24 + static_cast<std::int64_t>(random_.below(categories::kDayMs * 3 / 4));
    make_session(shopper, needs_[need].related, now);
  }

  std::uint32_t draw_need() {
    double left = random_.uniform() * weights_;
    for (std::uint32_t i = 0; i < needs_.size(); ++i) {
      if ((left -= needs_[i].weight) < 0) return i;
    }
    return 0;
  }

  void make_session(std::uint32_t shopper, std::uint32_t number, std::int64_t& now) {
    ++sessions_;
    const Need& need = needs_[number];
    const std::size_t kind = random_.below(need.kinds.size());
    if (random_.chance(0.5)) add_step(shopper, now, StepKind::kSearch, query(need, kind));
    std::uint32_t last = 0;
    for (std::size_t left = 3 + random_.below(6); left > 0; --left) {
      last = random_.chance(options_.random_clicks) || !options_.planted ? any_post() : some_post(need.posts[kind]);
      add_step(shopper, now, StepKind::kClick, last);
    }
    if (random_.chance(0.4)) add_step(shopper, now, StepKind::kConvert, last);
  }

  void add_step(std::uint32_t shopper, std::int64_t& now, StepKind kind, std::uint32_t what) {
    town_.behaviour.steps.push_back({shopper, now, kind, what});
    now += 10'000 + static_cast<std::int64_t>(random_.below(110'000));
  }

  std::uint32_t any_post() { return static_cast<std::uint32_t>(random_.below(town_.behaviour.posts.size())); }
  std::uint32_t some_post(const std::vector<std::uint32_t>& posts) { return posts[random_.below(posts.size())]; }

  std::uint32_t query(const Need& need, std::size_t kind) {
    std::string text(need.kinds[kind]);
    if (random_.chance(0.6)) text += kActions[need.action][random_.below(need.synonyms)];  // else it says no more
    text += kQueryEnds[random_.below(kQueryEnds.size())];
    auto& queries = town_.behaviour.queries;
    const auto [place, is_new] = queries_.try_emplace(text, static_cast<std::uint32_t>(queries.size()));
    if (is_new) queries.push_back(text);
    asked_.resize(queries.size());
    ++asked_[place->second][{static_cast<std::size_t>(&need - needs_.data()), kind}];
    return place->second;
  }

  void make_tags_of_queries() {
    for (const auto& wants : asked_) {
      std::size_t all = 0;
      for (const auto& [want, times] : wants) all += times;
      std::set<std::string>&any = town_.tags_of_query.emplace_back(), &main = town_.main_tags_of_query.emplace_back();
      for (const auto& [want, times] : wants) {
        const Need& need = needs_[want.first];
        std::set<std::string> tags = need.offers[want.second];
        tags.emplace(need.kinds[want.second]);
        for (std::size_t i = 0; i < need.synonyms; ++i) tags.emplace(kActions[need.action][i]);
        any.insert(tags.begin(), tags.end());
        if (5 * times >= all) main.insert(tags.begin(), tags.end());
      }
    }
  }

  TownOptions options_;
  base::Random random_;
  base::Random tag_random_;  // of its own, so that towns stay what they were before posts had tags
  PlantedTown town_;
  std::vector<Need> needs_;
  double weights_ = 0;
  std::size_t sessions_ = 0;
  std::unordered_map<std::string, std::uint32_t> queries_;
  std::vector<std::map<std::pair<std::size_t, std::size_t>, std::size_t>> asked_;  // by query: need and kind, times
};

}  // namespace

PlantedTown planted_town(const TownOptions& options) {
  return TownMaker(options).make();
}

}  // namespace inkling::bench
