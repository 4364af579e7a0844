#include "mining/word_classes.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

namespace inkling::mining {
namespace {

struct Listed {
  WordClass kind;
  std::string_view words;  // one blank between them
};

constexpr std::array<Listed, 7> kListed = {{
    {WordClass::kDegree,
     "很 太 挺 真 超 超级 非常 特别 十分 比较 相当 蛮 满 最 更 更加 极 极其 极为 格外 颇 颇为 尤其 有点 有点儿 有些 "
     "略 "
     "略微 稍微 稍 够 足够 实在 实在是 真的 真是 真心 确实 的确 这么 那么 如此 多么 巨 绝对 超乎 不是很 不太 不怎么 "
     "还算 "
     "最为 老 很是 太过 过于 过分 偏 觉得很 感觉很 得很 真的很 真的是 强烈 尤为"},
    {WordClass::kDenial,
     "不 没 没有 无 不是 不够 未 并不 并非 毫无 毫不 缺乏 不会 不能 不算 没什么 谈不上 从不 从来不"},
    {WordClass::kAdverb,
     "也 都 还 就 又 却 倒 倒是 并 才 再 总 总体 总体来说 整体 整体来说 依然 依旧 还是 也是 都是 是 就是 算 算是 "
     "显得 "
     "感觉 觉得 一直 已经 可能 应该 会 能 让 让人 令人 使人 基本 基本上 几乎 一样 同样 仍然 全都 全 每次 一如既往 "
     "始终 "
     "明显 居然 竟然 简直 只能 只能说 只是 可以说 说不上 吃 吃起来 吃着 喝 喝起来 看起来 看上去 闻起来 做 做得 做的 "
     "弄 弄得 "
     "给人 一致 本来 必须 肯定 绝对 均 本身 果然 反而 觉得 认为 以为 貌似 更是 既"},
    {WordClass::kParticle,
     "得 地 了 着 过 吧 啊 呢 吗 哦 呀 哈 哈哈 嘛 啦 哟 喔 噢 咯 唉 嗯 呵呵 嘿嘿 的说 极了 死了"},
    {WordClass::kOf, "的 之"},
    {WordClass::kTurn, "但 但是 可是 可 不过 然而 只不过 可惜 只可惜 但就是"},
    {WordClass::kBinding,
     "我 我们 你 你们 您 他 他们 她 她们 它 它们 咱 咱们 大家 自己 人家 别人 本人 这 那 这个 那个 这些 那些 这里 "
     "那里 这儿 "
     "那儿 这样 那样 这种 那种 这次 那次 此 该 本 每 各 某 哪 什么 怎么 怎样 谁 和 与 跟 及 以及 或 或者 而 而且 "
     "并且 同时 "
     "因为 由于 所以 因此 于是 虽然 虽说 尽管 即使 如果 要是 只要 只有 除了 无论 不管 然后 接着 后来 其次 首先 最后 "
     "另外 "
     "此外 还有 比如 例如 尤其是 特别是 至于 关于 对于 对 在 从 到 向 往 由 把 被 给 用 为 为了 以 按 比 有 一 二 三 "
     "四 五 "
     "六 七 八 九 十 两 几 半 多 些 一些 一个 一种 一份 一点 一下 个 家 份 款 道 碗 杯 盘 块 只 条 片 位 次 回 种 样 "
     "来 去 "
     "一次 一口 一家 不仅 个人 么 们 且 加上 反正 各种 后面 毕竟 没想到 总之 总的来说 怕 实话 也好 为什么 的话 "
     "实话说 老实说 最近 最终 除此之外 比起 相对 来讲 看 知道 过去 起来 下去 下来 在一起 是不是 就不 我不 我也 我是 "
     "我还是 一直都 一起 越 越来越 虽 常 平时 不大 而不 较 "
     "说 说是 要 想 请 上 下 里 中 内 外 前 后 时 时候 今天 昨天 明天 现在 以前 之前 之后 以后 当时 刚 刚刚 上次 "
     "下次 第一 "
     "第一次 第二 其实 当然 可以 需要 所有 全部 其他 其它 任何 一般来说 来说 而言 等 等等 号称 据说 听说 像 好像 "
     "似乎 属于"},
}};

using Classes = std::unordered_map<std::string_view, WordClass>;

Classes read_lists() {
  Classes classes;
  for (const Listed& list : kListed) {
    for (std::string_view rest = list.words; !rest.empty();) {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      classes.emplace(rest.substr(0, blank), list.kind);
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
  }
  return classes;
}

bool is_number(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

}  // namespace

WordClass class_of(std::string_view word) {
  static const Classes kClasses = read_lists();
  if (const auto found = kClasses.find(word); found != kClasses.end()) return found->second;
  return is_number(word) ? WordClass::kBinding : WordClass::kContent;
}

std::span<const std::pair<std::string_view, std::int8_t>> opinion_seeds() {
  static constexpr std::array<std::pair<std::string_view, std::int8_t>, 40> kSeeds = {{
      {"好", 1},    {"不错", 1},  {"满意", 1},  {"喜欢", 1},  {"干净", 1},  {"热情", 1},  {"方便", 1},  {"舒服", 1},
      {"实惠", 1},  {"便宜", 1},  {"周到", 1},  {"新鲜", 1},  {"漂亮", 1},  {"专业", 1},  {"值得", 1},  {"推荐", 1},
      {"完美", 1},  {"优秀", 1},  {"好看", 1},  {"贴心", 1},  {"差", -1},   {"坏", -1},   {"贵", -1},   {"脏", -1},
      {"慢", -1},   {"失望", -1}, {"糟糕", -1}, {"垃圾", -1}, {"难看", -1}, {"差劲", -1}, {"恶劣", -1}, {"麻烦", -1},
      {"后悔", -1}, {"讨厌", -1}, {"难受", -1}, {"投诉", -1}, {"骗", -1},   {"不满", -1}, {"吵", -1},   {"破", -1},
  }};
  return kSeeds;
}

}  // namespace inkling::mining
