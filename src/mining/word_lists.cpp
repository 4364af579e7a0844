#include "mining/word_lists.h"

#include <algorithm>

#include "base/core/file_mistakes.h"
#include "base/core/utf8.h"
#include "tag/kinds.h"
#include "text/normal_form.h"

namespace inkling::mining {
namespace {

using base::FileMistakes;
using base::Result;

constexpr std::string_view kStopWords =
    "一个 一些 一下 一样 一直 一定 一起 一种 一次 一点 两个 几个 每个 这个 那个 这些 那些 这里 那里 这样 那样 这么 "
    "那么 什么 怎么 怎样 怎么样 为什么 多少 哪里 哪个 谁 我们 你们 他们 她们 它们 咱们 大家 自己 别人 人家 本人 "
    "没有 没 有的 有些 还有 只有 只是 就是 不是 也是 都是 还是 但是 可是 不过 而且 并且 或者 因为 所以 如果 虽然 "
    "然后 而是 于是 由于 以及 关于 对于 通过 根据 按照 除了 可以 可能 能够 应该 必须 需要 想要 愿意 不会 不能 不要 "
    "不用 不可 已经 正在 曾经 将要 马上 刚刚 现在 今天 明天 昨天 时候 之前 之后 以前 以后 以上 以下 之间 之一 当时 "
    "非常 十分 特别 比较 相当 更加 真的 真是 确实 其实 当然 一般 几乎 大概 也许 似乎 好像 感觉 觉得 认为 知道 看到 "
    "听说 出来 起来 下来 上去 过来 进去 不错 很多 许多 太多 不少 部分 全部 所有 任何 其他 其它 另外 此外 等等 之类 "
    "东西 事情 问题 方面 情况 地方 有点 的话 的时候 来说 而已 罢了 先生 女士 请问 谢谢 您好 你好 "
    "the and for are was were with that this from have has had not but you your our they their there here what when "
    "which who will would can could should of to in on at by is it as or an be do so if no we he she me my us";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  const std::size_t end = text.find_last_not_of(kBlanks);
  return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

// visit(text without comment and blanks, line) for every line that is not empty.
template <typename Visit>
void each_line(std::string_view text, Visit visit) {
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view whole = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view part = trimmed(whole.substr(0, std::min(whole.find('#'), whole.size())));
    if (!part.empty()) visit(part, line);
  }
}

// Of a word as the file has it; "" and a mistake when it cannot be one.
std::string form_of(std::string_view word, int line, FileMistakes& mistakes) {
  const auto refuse = [&](std::string_view why) {
    mistakes.add(line, "word: \"" + std::string(base::utf8_cut(word, 40)) + "\" " + std::string(why));
    return std::string();
  };
  if (!base::valid_utf8(word)) return refuse("is not UTF-8");
  std::string form = text::normal_form(word);
  if (form.empty()) return refuse("is empty; expected a word");
  if (form.size() > tag::kMaxSurfaceBytes || word.size() > tag::kMaxNameBytes) {
    return refuse("is too long; expected at most " + std::to_string(tag::kMaxNameBytes) + " bytes");
  }
  return form;
}

class SynonymReader {
 public:
  SynonymReader(Synonyms& synonyms, FileMistakes& mistakes) : synonyms_(synonyms), mistakes_(mistakes) {}

  void take(std::string_view text, int line) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
      mistakes_.add(line, "\"" + std::string(base::utf8_cut(text, 40)) + "\" has no '='; expected name = word, word");
      return;
    }
    const std::string_view name = trimmed(text.substr(0, equals));
    const std::string name_form = form_of(name, line, mistakes_);
    if (name_form.empty()) return;
    put(name_form, std::string(name), line, name);
    for (std::string_view rest = text.substr(equals + 1); !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view word = trimmed(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      const std::string form = form_of(word, line, mistakes_);
      if (!form.empty() && form != name_form) put(form, name_form, line, word);
    }
  }

 private:
  void put(const std::string& form, const std::string& meaning, int line, std::string_view word) {
    const auto [found, is_new] = synonyms_.try_emplace(form, meaning);
    if (is_new || found->second == meaning) return;
    mistakes_.add(line, "word: \"" + std::string(word) + "\" means \"" + found->second +
                            "\" in a line before; expected one meaning a word");
  }

  Synonyms& synonyms_;
  FileMistakes& mistakes_;
};

}  // namespace

const WordSet& own_stop_words() {
  static const WordSet words = [] {
    WordSet made;
    for (std::string_view rest = kStopWords; !rest.empty();) {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      made.emplace(rest.substr(0, blank));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    return made;
  }();
  return words;
}

Result<WordSet> parse_stop_words(std::string_view text, const std::string& file) {
  WordSet words;
  FileMistakes mistakes(file);
  each_line(text, [&](std::string_view word, int line) { words.insert(form_of(word, line, mistakes)); });
  INKLING_TRY(mistakes.status());
  return words;
}

Result<Synonyms> parse_synonyms(std::string_view text, const std::string& file) {
  Synonyms synonyms;
  FileMistakes mistakes(file);
  SynonymReader reader(synonyms, mistakes);
  each_line(text, [&](std::string_view line_text, int line) { reader.take(line_text, line); });
  INKLING_TRY(mistakes.status());
  return synonyms;
}

}  // namespace inkling::mining
