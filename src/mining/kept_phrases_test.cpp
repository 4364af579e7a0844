#include "mining/kept_phrases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "mining/posts_for_test.h"

namespace inkling::mining {
namespace {

using artifact::TestFolder;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::uint64_t kWrong = 999;

// A phrase's first letter.
struct FirstLetters {
  template <template <typename> typename Column>
  struct Columns {
    PhraseColumns<Column> phrases;
    Column<std::uint64_t> letter;
  };
  static constexpr std::string_view kExtension = ".first";
  static constexpr auto columns_of = [](auto visit, auto& columns) { return visit("letter", columns.letter); };
  static bool fits(const Columns<Viewed>& columns, const Slice&) {
    return columns.letter.size() == columns.phrases.size() && std::ranges::count(columns.letter, kWrong) == 0;
  }
};

class KeptPhrasesTest : public testing::Test {
 protected:
  KeptPhrasesTest() {
    for (char16_t letter = u'一'; phrases_.size() < 40; ++letter)
      phrases_.push_back(gram_of(std::u16string(2, letter)));
  }

  // Phrases that were counted anew; what is answered must be right.
  std::vector<Gram> counted_of(std::span<const Gram> phrases) {
    std::vector<Gram> counted;
    const auto kept = KeptPhrases<FirstLetters>::of(slice_, phrases, [&](std::span<const Gram> asked) {
      counted.assign(asked.begin(), asked.end());
      KeptPhrases<FirstLetters>::Counted columns;
      put_phrases(asked, columns.phrases);
      for (const Gram& phrase : asked) columns.letter.push_back(letter_of(phrase));
      return columns;
    });
    if (!kept.ok()) ADD_FAILURE() << kept.status().message();
    std::vector<std::uint64_t> letters(phrases.size(), 0);
    kept->each(phrases, [&](std::size_t place, const auto& columns, std::size_t row) {
      EXPECT_EQ(letters[place], 0U) << "told twice";
      letters[place] = columns.letter[row];
    });
    for (std::size_t i = 0; i < phrases.size(); ++i) EXPECT_EQ(letters[i], letter_of(phrases[i]));
    return counted;
  }

  [[nodiscard]] std::uint64_t letter_of(const Gram& phrase) const { return is_wrong_ ? kWrong : phrase.letter(0); }
  [[nodiscard]] std::string file() const { return (folder_.path() / "a.first").string(); }

  std::vector<Gram> phrases_;
  bool is_wrong_ = false;

 private:
  Slice opened() {
    const auto file = folder_.path() / "a.slice";
    if (!write_slice(file, *count_slice(sample::posts(1, 10))).ok()) std::abort();
    return *Slice::open(file);
  }

  TestFolder folder_;
  Slice slice_ = opened();
};

TEST_F(KeptPhrasesTest, counts_only_what_was_not_counted_before) {
  const std::span all = phrases_;
  EXPECT_THAT(counted_of(all.first(38)), SizeIs(38));
  EXPECT_THAT(counted_of(all.first(38)), IsEmpty());
  EXPECT_THAT(counted_of(all.subspan(7, 10)), IsEmpty()) << "some of them";
  const std::string before = *base::read_file(file());
  EXPECT_THAT(counted_of(all), ElementsAreArray(all.subspan(38)));
  EXPECT_THAT(counted_of(all), SizeIs(2)) << "few are counted again";
  EXPECT_EQ(*base::read_file(file()), before);
}

TEST_F(KeptPhrasesTest, keeps_all_that_are_asked_when_many_were_missing) {
  const std::span all = phrases_;
  EXPECT_THAT(counted_of(all.first(20)), SizeIs(20));
  EXPECT_THAT(counted_of(all), SizeIs(40));
  EXPECT_THAT(counted_of(all), IsEmpty());
}

TEST_F(KeptPhrasesTest, makes_a_damaged_file_anew) {
  static_cast<void>(counted_of(phrases_));
  const std::string bytes = *base::read_file(file());
  for (const std::size_t at : {std::size_t{3}, std::size_t{100}, bytes.size() - 2}) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    std::ofstream(file(), std::ios::binary) << damaged;
    EXPECT_THAT(counted_of(phrases_), SizeIs(40)) << at;
    EXPECT_EQ(*base::read_file(file()), bytes);
  }
}

TEST_F(KeptPhrasesTest, makes_a_file_anew_that_does_not_fit_though_its_sums_are_right) {
  is_wrong_ = true;
  static_cast<void>(counted_of(phrases_));
  is_wrong_ = false;
  EXPECT_THAT(counted_of(phrases_), SizeIs(40));
  std::vector<Gram> twice = phrases_;
  twice.insert(twice.begin(), twice.front());
  KeptPhrases<FirstLetters>::Counted columns;
  put_phrases(twice, columns.phrases);
  for (const Gram& phrase : twice) columns.letter.push_back(letter_of(phrase));
  const auto columns_of = [](auto visit, auto& all) -> base::Status {
    INKLING_TRY(visit("phrase.high", all.phrases.high));
    INKLING_TRY(visit("phrase.low", all.phrases.low));
    return visit("letter", all.letter);
  };
  ASSERT_TRUE(write_columns(file(), columns, columns_of).ok());
  EXPECT_THAT(counted_of(phrases_), SizeIs(40)) << "one stands there twice";
}

TEST_F(KeptPhrasesTest, tells_when_it_cannot_write) {
  ASSERT_TRUE(base::make_directories(file() + ".partial").ok());
  const auto kept =
      KeptPhrases<FirstLetters>::of(*Slice::open(std::filesystem::path(file()).replace_extension(".slice")), phrases_,
                                    [](std::span<const Gram>) { return KeptPhrases<FirstLetters>::Counted(); });
  EXPECT_EQ(kept.status().code(), base::ErrorCode::kIo);
}

}  // namespace
}  // namespace inkling::mining
