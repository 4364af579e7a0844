#include "mining/contexts.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include "base/core/hash.h"
#include "mining/kept_phrases.h"
#include "mining/letter_runs.h"
#include "mining/parallel.h"
#include "mining/phrase_scanner.h"

namespace inkling::mining {
namespace {

constexpr std::size_t kSide = 2;  // letters
// Of two halves of one industry: below it there are too few occurrences to tell meanings apart.
constexpr double kLeastWithin = 0.3;

// An industry's texts in two halves: how alike these are says how much the counts tell at all.
constexpr std::uint32_t kHalves = 2;

// How often two letters stand beside a phrase in a half of an industry's texts.
struct Beside {
  std::uint32_t place = 0;  // industry * kHalves + half
  std::uint64_t letters = 0;
  std::uint64_t count = 0;
};
using Profile = std::span<const Beside>;  // of one place, in the order of their letters

struct PhraseContexts {
  template <template <typename> typename Column>
  struct Columns {
    PhraseColumns<Column> phrases;
    Column<std::uint32_t> start;  // of the columns below
    Column<std::uint32_t> place;  // by the slice's industries
    Column<std::uint64_t> letters;
    Column<std::uint32_t> count;
  };
  static constexpr std::string_view kExtension = ".contexts1";
  static constexpr auto columns_of = [](auto visit, auto& columns) -> base::Status {
    INKLING_TRY(visit("start", columns.start));
    INKLING_TRY(visit("place", columns.place));
    INKLING_TRY(visit("letters", columns.letters));
    return visit("count", columns.count);
  };
  static bool fits(const Columns<Viewed>& columns, const Slice& slice) {
    return is_list(columns.start, columns.phrases.size(), columns.place.size()) &&
           columns.letters.size() == columns.place.size() && columns.count.size() == columns.place.size() &&
           std::ranges::all_of(columns.place,
                               [&](std::uint32_t place) { return place / kHalves < slice.industries(); });
  }
};
using KeptContexts = KeptPhrases<PhraseContexts>;

std::uint64_t beside(std::u16string_view letters, bool before) {
  return (before ? std::uint64_t{1} << 40 : 0) | std::uint64_t{letters[0]} << 16 | letters[1];
}

double squares(Profile profile) {
  double sum = 0;
  for (const Beside& each : profile) sum += static_cast<double>(each.count) * static_cast<double>(each.count);
  return sum;
}

double cosine(Profile a, Profile b) {
  double both = 0;
  for (auto in_a = a.begin(), in_b = b.begin(); in_a != a.end() && in_b != b.end();) {
    if (in_a->letters == in_b->letters) both += static_cast<double>(in_a->count) * static_cast<double>(in_b->count);
    const bool next_a = in_a->letters <= in_b->letters, next_b = in_b->letters <= in_a->letters;
    in_a += next_a ? 1 : 0;
    in_b += next_b ? 1 : 0;
  }
  return both == 0 ? 0 : both / std::sqrt(squares(a) * squares(b));
}

// Puts what is the same together, in order.
void merge(std::vector<Beside>& all) {
  std::ranges::sort(all, {}, [](const Beside& each) { return std::tuple(each.place, each.letters); });
  std::size_t kept = 0;
  for (const Beside& each : all) {
    if (kept > 0 && all[kept - 1].place == each.place && all[kept - 1].letters == each.letters) {
      all[kept - 1].count += each.count;
    } else {
      all[kept++] = each;
    }
  }
  all.resize(kept);
}

// Of the likest two industries, as a share of how like an industry is to itself. `all` is merged.
double similarity_of(std::span<const std::uint32_t> industries, const std::vector<Beside>& all) {
  std::vector<std::vector<Beside>> whole;
  double within = 1, across = 0;
  for (const std::uint32_t industry : industries) {
    const auto begin = std::ranges::lower_bound(all, industry * kHalves, {}, &Beside::place);
    const auto middle = std::ranges::lower_bound(all, industry * kHalves + 1, {}, &Beside::place);
    const auto end = std::ranges::lower_bound(all, (industry + 1) * kHalves, {}, &Beside::place);
    within = std::min(within, cosine(Profile(begin, middle), Profile(middle, end)));
    std::vector<Beside>& both = whole.emplace_back(begin, end);
    for (Beside& each : both) each.place = industry * kHalves;
    merge(both);
  }
  if (within < kLeastWithin) return 1;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (std::size_t j = i + 1; j < whole.size(); ++j) across = std::max(across, cosine(whole[i], whole[j]));
  }
  return std::min(1.0, across / within);
}

// The word, when it is one run of as many letters as a phrase may have.
std::optional<Gram> phrase_of(std::string_view word) {
  std::u16string letters;
  std::optional<Gram> phrase;
  each_run(word, letters, [&](std::u16string_view run, std::size_t begin) {
    if (begin != 0 || run.size() < 2 || run.size() >= kGramLetters) return;
    if (const Gram gram = gram_of(run); to_utf8(gram).size() == word.size()) phrase = gram;
  });
  return phrase;
}

// Where two letters stand beside a phrase.
struct Found {
  std::uint32_t phrase = 0;
  std::uint32_t place = 0;
  std::uint64_t letters = 0;
  auto operator<=>(const Found&) const = default;
};

std::vector<Found> find_beside(const Slice& slice, std::span<const Gram> phrases) {
  std::vector<Found> found;
  const PhraseScanner scanner(phrases);
  std::u16string run;
  for (std::size_t text = 0; text < slice.texts(); ++text) {
    const std::string_view words = slice.text(text);
    if (!scanner.may_stand_in(words)) continue;
    std::optional<std::uint32_t> place;  // of texts that hold such a word only: hashing reads all of them
    each_run(words, run, [&](std::u16string_view letters, std::size_t) {
      scanner.scan(letters, [&](std::uint32_t phrase, std::size_t at) {
        if (!place.has_value()) {
          place = industry_of(slice.columns().text_cell[text]) * kHalves +
                  static_cast<std::uint32_t>(base::name_hash(words) % kHalves);
        }
        const std::size_t end = at + phrases[phrase].size();
        if (at >= kSide) found.push_back({phrase, *place, beside(letters.substr(at - kSide, kSide), true)});
        if (end + kSide <= letters.size()) {
          found.push_back({phrase, *place, beside(letters.substr(end, kSide), false)});
        }
      });
    });
  }
  return found;
}

KeptContexts::Counted count_contexts(const Slice& slice, std::span<const Gram> phrases) {
  std::vector<Found> found = find_beside(slice, phrases);
  std::ranges::sort(found);
  KeptContexts::Counted counted;
  put_phrases(phrases, counted.phrases);
  counted.start.push_back(0);
  std::size_t at = 0;
  for (std::uint32_t phrase = 0; phrase < phrases.size(); ++phrase) {
    while (at < found.size() && found[at].phrase == phrase) {
      std::size_t end = at + 1;
      while (end < found.size() && found[end] == found[at]) ++end;
      counted.place.push_back(found[at].place);
      counted.letters.push_back(found[at].letters);
      counted.count.push_back(static_cast<std::uint32_t>(end - at));
      at = end;
    }
    counted.start.push_back(static_cast<std::uint32_t>(counted.place.size()));
  }
  return counted;
}

// The numbers of a slice's industries among all.
std::vector<std::uint32_t> numbers_of(const Slice& slice, std::span<const std::string> industries) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < slice.industries(); ++i) {
    const auto at = std::ranges::lower_bound(industries, slice.industry(i));
    numbers.push_back(static_cast<std::uint32_t>(at - industries.begin()));
  }
  return numbers;
}

}  // namespace

base::Result<std::vector<double>> context_similarity(std::span<const Slice> slices,
                                                     std::span<const std::string> industries,
                                                     std::span<const ContextQuestion> questions,
                                                     std::size_t threads) {
  std::vector<double> similarity(questions.size(), 1);
  std::vector<std::pair<Gram, std::size_t>> asked;  // and its question
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (const auto phrase = phrase_of(questions[i].word)) asked.emplace_back(*phrase, i);
  }
  if (asked.empty()) return similarity;
  std::ranges::sort(asked);
  std::vector<Gram> phrases;
  for (const auto& [phrase, question] : asked) phrases.push_back(phrase);
  INKLING_ASSIGN(const auto kept, kept_of<PhraseContexts>(slices, phrases, threads, count_contexts));
  std::vector<std::vector<Beside>> found(phrases.size());
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const std::vector<std::uint32_t> numbers = numbers_of(slices[i], industries);
    kept[i].each(phrases, [&](std::size_t phrase, const auto& columns, std::size_t row) {
      for (std::size_t at = columns.start[row]; at < columns.start[row + 1]; ++at) {
        const std::uint32_t place = numbers[columns.place[at] / kHalves] * kHalves + columns.place[at] % kHalves;
        found[phrase].push_back({place, columns.letters[at], columns.count[at]});
      }
    });
  }
  each_in_parallel(phrases.size(), threads, [&](std::size_t phrase) {
    merge(found[phrase]);
    const std::size_t question = asked[phrase].second;
    similarity[question] = similarity_of(questions[question].industries, found[phrase]);
  });
  return similarity;
}

}  // namespace inkling::mining
