#include "mining/contexts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "mining/letter_runs.h"
#include "mining/parallel.h"
#include "mining/phrase_scanner.h"

namespace inkling::mining {
namespace {

constexpr std::size_t kSide = 2;  // letters

// How often which letters stand beside a word: feature -> count.
using Profile = std::map<std::uint64_t, std::uint64_t>;
// By question and industry.
using Profiles = std::map<std::pair<std::uint32_t, std::uint32_t>, Profile>;

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
      each_run(slice.text(text), run, [&](std::u16string_view letters, std::size_t) {
        scanner.scan(letters, [&](std::uint32_t number, std::size_t at) {
          Profile& profile = profiles[{question_[number], industry}];
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
    for (const auto& [key, profile] : profiles) {
      for (const auto& [what, count] : profile) all[key][what] += count;
    }
  }
  for (const std::uint32_t question : reader.questions()) {
    const auto& asked = questions[question].industries;
    double most = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      for (std::size_t j = i + 1; j < asked.size(); ++j) {
        most = std::max(most, cosine(all[{question, asked[i]}], all[{question, asked[j]}]));
      }
    }
    similarity[question] = most;
  }
  return similarity;
}

}  // namespace inkling::mining
