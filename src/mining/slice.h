// What was counted in one slice of the input: some ten thousand lines of one file, counted apart from all others and
// kept as a file of its own, so that a new day's lines alone are counted, and what was counted before an interruption
// is not counted again. What is counted depends on the lines of the slice alone.
//
// Ownership: an open Slice maps its file. Thread safety: const calls from any thread; counting one thread a counter.
// Cost: some 1.3 s and 100 MB for kSliceLines texts of 130 characters. Failure: kCorrupt that names the file, kIo.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/mapped_file.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "mining/cleaner.h"
#include "mining/gram_counts.h"
#include "tag/kinds.h"

namespace inkling::mining {

inline constexpr std::size_t kSliceLines = 16'384;
inline constexpr std::size_t kSliceBytes = std::size_t{64} << 20;
// Runs of letters that stand in a slice of so many texts less often are forgotten: most runs are chance and stand
// once.
[[nodiscard]] constexpr std::uint32_t gram_floor(std::size_t texts) {
  return texts <= kSliceLines / 2 ? 2 : 3;
}
inline constexpr std::size_t kShownLines = 5;  // of every reason
// Of words, in normal form. Longer ones are no tags.
inline constexpr std::size_t kMaxWordBytes = 64;

// Where a count belongs: industry and source in one number.
using Cell = std::uint32_t;
[[nodiscard]] constexpr Cell cell_of(std::uint32_t industry, tag::Source source) {
  return industry * static_cast<std::uint32_t>(tag::kSources) + static_cast<std::uint32_t>(source);
}
[[nodiscard]] constexpr std::uint32_t industry_of(Cell cell) {
  return cell / static_cast<std::uint32_t>(tag::kSources);
}
[[nodiscard]] constexpr std::size_t source_of(Cell cell) {
  return cell % tag::kSources;
}

// A sentence that a word stands in; of all of them those with the least rank are shown, which hashes of the sentence
// and the word decide, so that no order of texts matters.
struct Example {
  std::uint64_t rank = 0;
  std::uint32_t begin = 0;  // bytes of the slice's texts
  std::uint32_t bytes = 0;
};
[[nodiscard]] std::uint64_t example_rank(std::uint64_t sentence_hash, std::uint64_t word_hash);

// What was not counted, and what was counted although something was wrong.
struct Tally {
  struct Line {
    std::uint32_t line = 0;  // of the slice, from 0
    std::string reason;
    std::string excerpt;
  };
  std::uint64_t lines = 0;
  std::uint64_t counted = 0;  // texts
  std::uint64_t cut = 0;
  std::uint64_t bad = 0;  // lines that are not as post.h says
  std::array<std::uint64_t, kSkippedKinds> skipped{};
  std::vector<Line> bad_lines;                                 // the first kShownLines
  std::array<std::vector<Line>, kSkippedKinds> skipped_lines;  // likewise
};

// What is counted of each of some words in a slice.
template <template <typename> typename Column>
struct FactColumns {
  Column<std::uint32_t> texts;  // that it stands in
  Column<std::uint32_t> cell_start;
  Column<Cell> cell;
  Column<std::uint32_t> cell_count;
  Column<std::uint32_t> example_start;
  Column<std::uint64_t> example_rank;  // the least first
  Column<std::uint32_t> example_begin;
  Column<std::uint32_t> example_bytes;

  [[nodiscard]] Example example(std::size_t i) const { return {example_rank[i], example_begin[i], example_bytes[i]}; }
};
using FactCounts = FactColumns<Owned>;
using FactViews = FactColumns<Viewed>;

// Of `count` lists whose entries are `entries` in all.
[[nodiscard]] bool is_list(std::span<const std::uint32_t> start, std::size_t count, std::size_t entries);

template <template <typename> typename Column>
struct SliceColumns {
  Column<std::uint32_t> text_start;  // of text_bytes; one more than texts
  Column<char> text_bytes;           // in normal form
  Column<Cell> text_cell;
  Column<std::uint32_t> industry_start;
  Column<char> industry_bytes;  // names; industry 0 is "", of texts that tell none
  Column<std::uint32_t> word_start;
  Column<char> word_bytes;  // words in the order of their bytes
  FactColumns<Column> words;
  GramColumns<Column> grams;
  Column<std::uint64_t> gram_letters;  // one number: all letters that runs were counted among
};
using SliceCounts = SliceColumns<Owned>;
using SliceViews = SliceColumns<Viewed>;

struct CountedSlice {
  SliceCounts counts;
  Tally tally;
};

// `lines`: whole lines, each ended by a line feed.
[[nodiscard]] base::Result<CountedSlice> count_slice(std::string_view lines);

// The same for the same lines, another one for others and for other rules of counting.
[[nodiscard]] std::string slice_key(std::string_view lines);
// What a key tells of the rules of counting.
[[nodiscard]] std::string slice_rules();
[[nodiscard]] std::filesystem::path slice_file(const std::filesystem::path& cache, const std::string& key);

[[nodiscard]] base::Status write_slice(const std::filesystem::path& file, const CountedSlice& slice);

class Slice {
 public:
  [[nodiscard]] static base::Result<Slice> open(const std::filesystem::path& file);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const SliceViews& columns() const { return views_; }
  [[nodiscard]] const Tally& tally() const { return tally_; }
  [[nodiscard]] std::size_t texts() const { return views_.text_cell.size(); }
  [[nodiscard]] std::string_view text(std::size_t i) const { return part(views_.text_start, views_.text_bytes, i); }
  [[nodiscard]] std::size_t industries() const { return views_.industry_start.size() - 1; }
  [[nodiscard]] std::string_view industry(std::size_t i) const {
    return part(views_.industry_start, views_.industry_bytes, i);
  }
  [[nodiscard]] std::size_t words() const { return views_.words.texts.size(); }
  [[nodiscard]] std::string_view word(std::size_t i) const { return part(views_.word_start, views_.word_bytes, i); }
  // Whether no look-up in the facts of so many words leads out of them or out of this slice.
  [[nodiscard]] bool fits(const FactViews& facts, std::size_t words) const;
  [[nodiscard]] std::string_view sentence(const Example& example) const {
    return {views_.text_bytes.data() + example.begin, example.bytes};
  }

 private:
  Slice(std::filesystem::path path, artifact::MappedFile file) : path_(std::move(path)), file_(std::move(file)) {}
  static std::string_view part(std::span<const std::uint32_t> start, std::span<const char> bytes, std::size_t i) {
    return {bytes.data() + start[i], start[i + 1] - start[i]};
  }
  [[nodiscard]] base::Status check() const;

  std::filesystem::path path_;
  artifact::MappedFile file_;
  SliceViews views_;
  Tally tally_;
};

}  // namespace inkling::mining
