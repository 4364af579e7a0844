#include "mining/contexts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/core/hash.h"
#include "mining/letter_runs.h"
#include "mining/parallel.h"
#include "mining/phrase_scanner.h"

namespace inkling::mining {
namespace {

constexpr std::size_t kSide = 2;  // letters
// Of two halves of one industry: below it there are too few occurrences to tell meanings apart.
constexpr double kLeastWithin = 0.3;

// How often which letters stand beside a word: feature -> count.
using Profile = std::map<std::uint64_t, std::uint64_t>;
// Of a word in an industry, by two halves of the texts: how alike these are says how much the counts tell at all.
using Halves = std::array<Profile, 2>;
// By question and industry.
using Profiles = std::map<std::pair<std::uint32_t, std::uint32_t>, Halves>;

std::uint64_t feature(std::u16string_view letters, bool before) {
  return (before ? std::uint64_t{1} << 40 : 0) | std::uint64_t{letters[0]} << 16 | letters[1];
}

double cosine(const Profile& a, const Profile& b) {
  double both = 0, of_a = 0, of_b = 0;
  for (const auto& [key, count] : a) {
    of_a += static_cast<double>(count) * static_cast<double>(count);
    if (const auto found = b.find(key); found != b.end()) {
      both += static_cast<double>(count) * static_cast<double>(found->second);
    }
  }
  for (const auto& [key, count] : b) of_b += static_cast<double>(count) * static_cast<double>(count);
  return both == 0 ? 0 : both / std::sqrt(of_a * of_b);
}

Profile both(const Halves& halves) {
  Profile all = halves[0];
  for (const auto& [what, count] : halves[1]) all[what] += count;
  return all;
}

// Of the likest two industries, as a share of how like an industry is to itself.
double similarity_of(std::uint32_t question, std::span<const std::uint32_t> industries, const Profiles& profiles) {
  std::vector<Profile> whole;
  double within = 1, across = 0;
  for (const std::uint32_t industry : industries) {
    const auto found = profiles.find({question, industry});
    if (found == profiles.end()) return 1;
    within = std::min(within, cosine(found->second[0], found->second[1]));
    whole.push_back(both(found->second));
  }
  if (within < kLeastWithin) return 1;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (std::size_t j = i + 1; j < whole.size(); ++j) across = std::max(across, cosine(whole[i], whole[j]));
  }
  return std::min(1.0, across / within);
}

class ProfileReader {
 public:
  ProfileReader(std::span<const std::string> industries, std::span<const ContextQuestion> questions)
      : industries_(industries) {
    for (std::uint32_t i = 0; i < questions.size(); ++i) {
      const std::string& word = questions[i].word;
      std::u16string letters;
      std::size_t covered = 0;
      each_run(word, letters, [&](std::u16string_view run, std::size_t begin) {
        if (begin != 0 || run.size() < 2 || run.size() >= kGramLetters) return;
        if (const Gram gram = gram_of(run); to_utf8(gram).size() == word.size()) {
          phrases_.push_back(gram);
          covered = word.size();
        }
      });
      if (covered == word.size()) question_.push_back(i);
    }
  }

  [[nodiscard]] const std::vector<Gram>& phrases() const { return phrases_; }
  [[nodiscard]] const std::vector<std::uint32_t>& questions() const { return question_; }

  [[nodiscard]] Profiles profiles_of(const Slice& slice, const PhraseScanner& scanner) const {
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < slice.industries(); ++i) {
      const auto at = std::ranges::lower_bound(industries_, slice.industry(i));
      numbers.push_back(static_cast<std::uint32_t>(at - industries_.begin()));
    }
    Profiles profiles;
    std::u16string run;
    for (std::size_t text = 0; text < slice.texts(); ++text) {
      const std::uint32_t industry = numbers[industry_of(slice.columns().text_cell[text])];
      std::optional<std::size_t> half;  // of texts that hold such a word only: hashing reads all of them
      each_run(slice.text(text), run, [&](std::u16string_view letters, std::size_t) {
        scanner.scan(letters, [&](std::uint32_t number, std::size_t at) {
          if (!half.has_value()) half = base::name_hash(slice.text(text)) % 2;
          Profile& profile = profiles[{question_[number], industry}][*half];
          const std::size_t end = at + phrases_[number].size();
          if (at >= kSide) ++profile[feature(letters.substr(at - kSide, kSide), true)];
          if (end + kSide <= letters.size()) ++profile[feature(letters.substr(end, kSide), false)];
        });
      });
    }
    return profiles;
  }

 private:
  std::span<const std::string> industries_;
  std::vector<Gram> phrases_;
  std::vector<std::uint32_t> question_;  // of each phrase
};

}  // namespace

std::vector<double> context_similarity(std::span<const Slice> slices, std::span<const std::string> industries,
                                       std::span<const ContextQuestion> questions, std::size_t threads) {
  std::vector<double> similarity(questions.size(), 1);
  const ProfileReader reader(industries, questions);
  if (reader.phrases().empty()) return similarity;
  const PhraseScanner scanner(reader.phrases());
  std::vector<Profiles> of_slice(slices.size());
  each_in_parallel(slices.size(), threads,
                   [&](std::size_t i) { of_slice[i] = reader.profiles_of(slices[i], scanner); });
  Profiles all;
  for (const Profiles& profiles : of_slice) {
    for (const auto& [key, halves] : profiles) {
      for (std::size_t half = 0; half < halves.size(); ++half) {
        for (const auto& [what, count] : halves[half]) all[key][half][what] += count;
      }
    }
  }
  for (const std::uint32_t question : reader.questions()) {
    similarity[question] = similarity_of(question, questions[question].industries, all);
  }
  return similarity;
}

}  // namespace inkling::mining
