// What was counted of phrases in a slice, kept in a file beside the slice's own: texts that were passed for a phrase
// once are not passed for it again. What is counted depends on the slice and the phrase alone, so it never ages;
// phrases that were not asked for before are counted when they are.
//
// A file is written when many of the asked phrases are not in it, then with all that are asked; the few that a day
// adds are counted again each time, as that costs less than the file. A file that is missing or damaged is made anew.
// Thread safety: one thread a slice and kind. Cost: with all there the file's bytes are summed and its phrases
// walked. Failure: what writing files may meet.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "artifact/mapped_file.h"
#include "artifact/safetensors.h"
#include "mining/column_file.h"
#include "mining/gram.h"
#include "mining/parallel.h"
#include "mining/slice.h"

namespace inkling::mining {

template <template <typename> typename Column>
struct PhraseColumns {  // in the order of their letters
  Column<std::uint64_t> high, low;

  [[nodiscard]] std::size_t size() const { return high.size(); }
  [[nodiscard]] Gram phrase(std::size_t i) const { return {high[i], low[i]}; }
};

inline void put_phrases(std::span<const Gram> phrases, PhraseColumns<Owned>& out) {
  for (const Gram& phrase : phrases) {
    out.high.push_back(phrase.high);
    out.low.push_back(phrase.low);
  }
}

// `Kind` says what is counted:
//   Columns<Column>         its columns, with a PhraseColumns `phrases`
//   kExtension              of the file; another one when what is counted changes
//   columns_of(visit, columns)
//   fits(views, slice)      whether no look-up leads out of the columns; the phrases' own are checked already
template <typename Kind>
class KeptPhrases {
 public:
  using Counted = typename Kind::template Columns<Owned>;
  using Views = typename Kind::template Columns<Viewed>;

  // `phrases` in order. count(phrases) -> Counted passes the slice's texts.
  template <typename Count>
  [[nodiscard]] static base::Result<KeptPhrases> of(const Slice& slice, std::span<const Gram> phrases,
                                                    const Count& count) {
    KeptPhrases answer;
    std::filesystem::path file = slice.path();
    file.replace_extension(Kind::kExtension);
    if (!answer.open(file, slice)) answer.views_ = {};
    const std::vector<Gram> missing = answer.missing_of(phrases);
    if (missing.size() * kMissingToWrite > phrases.size()) {
      answer.views_ = {};
      answer.counted_ = count(phrases);
      INKLING_TRY(write_columns(file, answer.counted_, kColumns));
    } else if (!missing.empty()) {
      answer.counted_ = count(missing);
    }
    return answer;
  }

  // visit(place among `phrases`, columns, row of the columns) for each of `phrases`, which are those asked for.
  template <typename Visit>
  void each(std::span<const Gram> phrases, Visit visit) const {
    walk(views_, phrases, visit);
    walk(counted_, phrases, visit);
  }

 private:
  static constexpr std::size_t kMissingToWrite = 8;  // one in so many

  static constexpr auto kColumns = [](auto visit, auto& columns) -> base::Status {
    INKLING_TRY(visit("phrase.high", columns.phrases.high));
    INKLING_TRY(visit("phrase.low", columns.phrases.low));
    return Kind::columns_of(visit, columns);
  };

  [[nodiscard]] bool open(const std::filesystem::path& file, const Slice& slice) {
    auto mapped = artifact::MappedFile::open(file);
    if (!mapped.ok()) return false;
    file_ = *std::move(mapped);
    const auto parsed = artifact::Safetensors::parse(file_->bytes());
    if (!parsed.ok() || !parsed->verify_checksums().ok()) return false;
    if (!view_columns(*parsed, views_, kColumns).ok()) return false;
    if (views_.phrases.low.size() != views_.phrases.size()) return false;
    for (std::size_t i = 1; i < views_.phrases.size(); ++i) {
      if (views_.phrases.phrase(i - 1) >= views_.phrases.phrase(i)) return false;
    }
    return Kind::fits(views_, slice);
  }

  [[nodiscard]] std::vector<Gram> missing_of(std::span<const Gram> phrases) const {
    std::vector<Gram> missing;
    std::size_t at = 0;
    for (const Gram& phrase : phrases) {
      while (at < views_.phrases.size() && views_.phrases.phrase(at) < phrase) ++at;
      if (at == views_.phrases.size() || views_.phrases.phrase(at) != phrase) missing.push_back(phrase);
    }
    return missing;
  }

  template <typename Columns, typename Visit>
  static void walk(const Columns& columns, std::span<const Gram> phrases, Visit& visit) {
    std::size_t place = 0;
    for (std::size_t row = 0; row < columns.phrases.size() && place < phrases.size(); ++row) {
      const Gram phrase = columns.phrases.phrase(row);
      while (place < phrases.size() && phrases[place] < phrase) ++place;
      if (place < phrases.size() && phrases[place] == phrase) visit(place, columns, row);
    }
  }

  std::optional<artifact::MappedFile> file_;
  Views views_;
  Counted counted_;
};

// Of each slice; count(slice, phrases) -> Counted, called from all threads.
template <typename Kind, typename Count>
[[nodiscard]] base::Result<std::vector<KeptPhrases<Kind>>> kept_of(std::span<const Slice> slices,
                                                                   std::span<const Gram> phrases, std::size_t threads,
                                                                   const Count& count) {
  std::vector<KeptPhrases<Kind>> kept(slices.size());
  std::vector<base::Status> statuses(slices.size());
  each_in_parallel(slices.size(), threads, [&](std::size_t i) {
    auto of_slice = KeptPhrases<Kind>::of(slices[i], phrases,
                                          [&](std::span<const Gram> asked) { return count(slices[i], asked); });
    statuses[i] = of_slice.status();
    if (of_slice.ok()) kept[i] = *std::move(of_slice);
  });
  for (const base::Status& status : statuses) INKLING_TRY(status);
  return kept;
}

}  // namespace inkling::mining
