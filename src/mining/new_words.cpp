#include "mining/new_words.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "mining/parallel.h"

namespace inkling::mining {
namespace {

constexpr std::size_t kFirstLetters = 0x10000;
constexpr std::size_t kParts = 64;  // of the work, whatever the number of threads

// Letters of grammar: what begins or ends with one is a piece of a sentence.
constexpr std::u16string_view kGrammar =
    u"的了着过得地是在有和与及或也都就还又很太更最不没我你他她它们这那哪您咱个些吧吗呢啊呀把被让给对"
    u"从到为以于而但且所之其等请将会要能可该么";

struct Entry {  // of all slices together
  Gram gram;
  std::uint64_t count = 0;
  std::uint32_t size = 0;
};

double count_times_log(std::uint64_t count) {
  return static_cast<double>(count) * std::log2(static_cast<double>(count));
}

// Of `count` occurrences; those that are in no neighbour stand alone.
double entropy_bits(std::uint64_t count, double neighbours_count_times_log) {
  return std::log2(static_cast<double>(count)) - neighbours_count_times_log / static_cast<double>(count);
}

// Where entries with each first letter begin in a slice.
std::vector<std::size_t> first_letters(const GramViews& grams) {
  std::vector<std::size_t> begins(kFirstLetters + 1, grams.size.size());
  for (std::size_t at = grams.size.size(); at > 0; --at) {
    if (grams.size[at - 1] == 1) begins[grams.letter[at - 1]] = at - 1;
  }
  for (std::size_t letter = kFirstLetters; letter > 0; --letter) {
    begins[letter - 1] = std::min(begins[letter - 1], begins[letter]);
  }
  return begins;
}

// Both are in order and hold each gram once; so does what is put behind `out`.
void merge_two(std::span<const Entry> a, std::span<const Entry> b, std::vector<Entry>& out) {
  std::size_t in_a = 0, in_b = 0;
  while (in_a < a.size() && in_b < b.size()) {
    const auto order = a[in_a].gram <=> b[in_b].gram;
    out.push_back(order <= 0 ? a[in_a] : b[in_b]);
    if (order == 0) out.back().count += b[in_b].count;
    in_a += order <= 0 ? 1 : 0;
    in_b += order >= 0 ? 1 : 0;
  }
  out.insert(out.end(), a.begin() + static_cast<std::ptrdiff_t>(in_a), a.end());
  out.insert(out.end(), b.begin() + static_cast<std::ptrdiff_t>(in_b), b.end());
}

// Half as many parts, `out`, with ends of their own. What stands in both is one entry from here on, so that each
// round has less to do: sorting all at once moves every entry through all rounds.
void merge_neighbours(std::span<const Entry> parts, std::vector<std::size_t>& ends, std::vector<Entry>& out) {
  out.clear();
  std::size_t begin = 0, kept = 0;
  for (std::size_t i = 0; i < ends.size(); i += 2) {
    const std::size_t middle = ends[i], end = ends[std::min(i + 1, ends.size() - 1)];
    merge_two(parts.subspan(begin, middle - begin), parts.subspan(middle, end - middle), out);
    begin = end;
    ends[kept++] = out.size();
  }
  ends.resize(kept);
}

class Finder {
 public:
  Finder(std::span<const Slice> slices, const NewWordOptions& options, const std::function<bool(const Gram&)>& known)
      : slices_(slices), options_(options), is_known_(known) {
    for (const Slice& slice : slices) {
      begins_.push_back(first_letters(slice.columns().grams));
      letters_ += static_cast<double>(slice.columns().gram_letters.front());
    }
  }

  std::vector<NewWord> find() {
    merge();
    std::vector<std::vector<NewWord>> found(kParts);
    each_in_parallel(kParts, options_.threads, [&](std::size_t part) { judge_part(part, found[part]); });
    std::vector<NewWord> words;
    for (const auto& part : found) words.insert(words.end(), part.begin(), part.end());
    return with_left_side(std::move(words));
  }

 private:
  static std::size_t first_of_part(std::size_t part) { return part * kFirstLetters / kParts; }

  void merge() {
    // Letters differ much in how many entries they have, so each is a piece of work of its own.
    std::vector<std::vector<Entry>> merged(kFirstLetters);
    each_in_parallel(kFirstLetters, options_.threads,
                     [&](std::size_t letter) { merge_letter(letter, merged[letter]); });
    std::size_t size = 0;
    for (std::size_t letter = 0; letter < kFirstLetters; ++letter) {
      entry_begin_.push_back(size);
      size += merged[letter].size();
    }
    entry_begin_.push_back(size);
    entries_.reserve(size);
    for (auto& part : merged) {
      entries_.insert(entries_.end(), part.begin(), part.end());
      part = {};
    }
  }

  void merge_letter(std::size_t letter, std::vector<Entry>& out) const {
    std::vector<std::size_t> ends;  // of each slice's entries, which are in order
    for (std::size_t i = 0; i < slices_.size(); ++i) {
      const std::size_t begin = begins_[i][letter], end = begins_[i][letter + 1];
      if (begin == end) continue;
      GramCursor cursor(slices_[i].columns().grams, begin, end);
      while (cursor.next()) {
        out.push_back({cursor.gram(), cursor.count(), static_cast<std::uint32_t>(cursor.size())});
      }
      ends.push_back(out.size());
    }
    std::vector<Entry> spare;
    while (ends.size() > 1) {
      merge_neighbours(out, ends, spare);
      out.swap(spare);
    }
  }

  // Candidates of the part with all but their left side. Entries behind one that are longer begin with it.
  void judge_part(std::size_t part, std::vector<NewWord>& out) const {
    const std::size_t end = entry_begin_[first_of_part(part + 1)];
    for (std::size_t at = entry_begin_[first_of_part(part)]; at < end; ++at) {
      const Entry& entry = entries_[at];
      if (entry.size < 2 || entry.size == kGramLetters || entry.count < options_.min_count) continue;
      double neighbours = 0;
      for (std::size_t i = at + 1; i < end && entries_[i].size > entry.size; ++i) {
        if (entries_[i].size == entry.size + 1) neighbours += count_times_log(entries_[i].count);
      }
      const double right = entropy_bits(entry.count, neighbours);
      if (right < options_.min_entropy_bits || has_grammar(entry) || is_known_(entry.gram)) continue;
      const double cohesion = cohesion_of(entry);
      if (cohesion >= options_.min_cohesion) out.push_back({entry.gram, entry.count, cohesion, 0, right});
    }
  }

  static bool has_grammar(const Entry& entry) {
    const auto is_grammar = [&](std::size_t place) {
      return kGrammar.find(static_cast<char16_t>(entry.gram.letter(place))) != std::u16string_view::npos;
    };
    return is_grammar(0) || is_grammar(entry.size - 1);
  }

  [[nodiscard]] double cohesion_of(const Entry& entry) const {
    double most_by_chance = 0;
    for (std::size_t size = 1; size < entry.size; ++size) {
      const double first = count_of(entry.gram.first(size));
      const double rest = count_of(entry.gram.without_first(size));
      most_by_chance = std::max(most_by_chance, first * rest);
    }
    const double share = static_cast<double>(entry.count) / letters_;
    return std::log2(static_cast<double>(entry.count) * letters_ / most_by_chance) / -std::log2(share);
  }

  // Of a part of an entry, which is there at least as often.
  [[nodiscard]] double count_of(const Gram& gram) const {
    const std::size_t letter = gram.letter(0);
    const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(entry_begin_[letter]);
    const auto end = entries_.begin() + static_cast<std::ptrdiff_t>(entry_begin_[letter + 1]);
    const auto found = std::ranges::lower_bound(begin, end, gram, {}, &Entry::gram);
    return found == end ? 1 : static_cast<double>(found->count);
  }

  [[nodiscard]] std::vector<NewWord> with_left_side(std::vector<NewWord> words) const {
    std::unordered_map<Gram, std::size_t, GramHash> places;
    for (std::size_t i = 0; i < words.size(); ++i) places.emplace(words[i].gram, i);
    std::vector<std::vector<std::pair<std::size_t, double>>> found(kParts);
    each_in_parallel(kParts, options_.threads, [&](std::size_t part) {
      const std::size_t end = entry_begin_[first_of_part(part + 1)];
      for (std::size_t at = entry_begin_[first_of_part(part)]; at < end; ++at) {
        if (entries_[at].size < 3) continue;
        const auto place = places.find(entries_[at].gram.without_first(1));
        if (place != places.end()) found[part].emplace_back(place->second, count_times_log(entries_[at].count));
      }
    });
    std::vector<double> neighbours(words.size(), 0);
    for (const auto& part : found) {
      for (const auto& [place, value] : part) neighbours[place] += value;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
      words[i].left_entropy_bits = entropy_bits(words[i].count, neighbours[i]);
    }
    std::erase_if(words, [&](const NewWord& word) { return word.left_entropy_bits < options_.min_entropy_bits; });
    return words;
  }

  std::span<const Slice> slices_;
  const NewWordOptions& options_;
  const std::function<bool(const Gram&)>& is_known_;
  std::vector<std::vector<std::size_t>> begins_;  // of a slice's entries, by first letter
  double letters_ = 0;
  std::vector<Entry> entries_;
  std::vector<std::size_t> entry_begin_;  // by first letter
};

}  // namespace

std::vector<NewWord> find_new_words(std::span<const Slice> slices, const NewWordOptions& options,
                                    const std::function<bool(const Gram&)>& is_known) {
  return Finder(slices, options, is_known).find();
}

}  // namespace inkling::mining
