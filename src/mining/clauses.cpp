#include "mining/clauses.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/letter_kind.h"
#include "text/normal_form.h"

namespace inkling::mining {
namespace {

constexpr std::u32string_view kStops = U"。!?！？;；…";
constexpr std::u32string_view kHeads = U":：】]#＃」》";

// Of a segment that is one.
Mark mark_of(std::string_view segment) {
  const char32_t letter = text::first_letter(segment).code;
  if (kStops.find(letter) != std::u32string_view::npos) return Mark::kStop;
  if (kHeads.find(letter) != std::u32string_view::npos) return Mark::kHead;
  return letter == U'、' ? Mark::kList : Mark::kComma;
}

// Where the dictionary takes what leads a predicate, or a particle behind it, for a part of the word (很好, 也不会,
// 贵了): bytes of the word's first part, all of it for other words.
std::size_t first_part(std::string_view word) {
  constexpr std::array<std::string_view, 8> kLeading = {"很", "挺", "蛮", "也", "都", "还", "太", "最"};
  constexpr std::array<std::string_view, 7> kWhole = {"太阳", "太太", "太子", "太极", "都市", "还原", "目的"};
  constexpr std::size_t kHanBytes = 3;
  if (word.size() < 2 * kHanBytes || class_of(word) != WordClass::kContent) return word.size();
  if (std::ranges::find(kWhole, word) != kWhole.end()) return word.size();
  if (std::ranges::find(kLeading, word.substr(0, kHanBytes)) != kLeading.end()) return kHanBytes;
  return word.ends_with("的") || word.ends_with("了") ? word.size() - kHanBytes : word.size();
}

}  // namespace

base::Result<ClauseCutter> ClauseCutter::create() {
  INKLING_ASSIGN(text::Segmenter segmenter, text::Segmenter::create());
  return ClauseCutter(std::move(segmenter));
}

void ClauseCutter::cut(std::string_view text, ClausedText& out) {
  out.words.clear();
  out.kinds.clear();
  out.clauses.clear();
  std::uint32_t first = 0;
  Mark before = Mark::kNone;
  const auto end_clause = [&](Mark mark) {
    const auto last = static_cast<std::uint32_t>(out.words.size());
    if (last > first) {
      out.clauses.push_back({first, last, before, mark});
      before = mark;
    } else {
      before = std::max(before, mark);
      if (!out.clauses.empty()) out.clauses.back().behind = before;
    }
    first = last;
  };
  for (const text::Segment& segment : segmenter_.cut(text)) {
    const std::string_view part = text.substr(segment.begin, segment.end - segment.begin);
    if (segment.kind == text::SegmentKind::kMark) {
      end_clause(mark_of(part));
    } else {
      for (std::uint32_t at = segment.begin; at < segment.end;) {
        const std::string_view rest = text.substr(at, segment.end - at);
        const auto bytes = static_cast<std::uint32_t>(first_part(rest));
        out.words.push_back({at, at + bytes});
        out.kinds.push_back(class_of(rest.substr(0, bytes)));
        at += bytes;
      }
    }
  }
  end_clause(Mark::kNone);
}

}  // namespace inkling::mining
