#include "mining/gram_counts.h"

#include <algorithm>
#include <utility>

namespace inkling::mining {
namespace {

constexpr std::size_t kLetters = 0x10000;

// Puts entries for the sorted places, which share their first `size` letters.
void put_entries(std::span<const Gram> places, std::size_t size, std::uint32_t floor, GramCounts& out) {
  for (std::size_t begin = 0; begin < places.size();) {
    const std::uint16_t letter = places[begin].letter(size);
    std::size_t end = begin + 1;
    while (end < places.size() && places[end].letter(size) == letter) ++end;
    if (letter != 0 && end - begin >= floor) {
      out.size.push_back(static_cast<std::uint8_t>(size + 1));
      out.letter.push_back(letter);
      out.count.push_back(static_cast<std::uint32_t>(end - begin));
      if (size + 1 < kGramLetters) put_entries(places.subspan(begin, end - begin), size + 1, floor, out);
    }
    begin = end;
  }
}

}  // namespace

void GramCounter::take(std::u16string_view run) {
  if (run.empty()) return;
  text_ += run;
  text_ += u'\0';
  letters_ += run.size();
}

void GramCounter::sort_places() {
  starts_.assign(kLetters + 1, 0);
  for (const char16_t letter : text_) ++starts_[letter + 1U];
  starts_[1] = 0;  // the ends of runs
  for (std::size_t i = 1; i <= kLetters; ++i) starts_[i] += starts_[i - 1];
  places_.resize(letters_);
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  std::size_t end = text_.find(u'\0');
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (at == end) {
      end = text_.find(u'\0', at + 1);
      continue;
    }
    places_[next[text_[at]]++] = gram_of(std::u16string_view(text_).substr(at, end - at));
  }
  for (std::size_t letter = 1; letter < kLetters; ++letter) {
    std::sort(places_.begin() + starts_[letter], places_.begin() + starts_[letter + 1]);
  }
}

GramCounts GramCounter::finish(std::uint32_t floor) {
  sort_places();
  GramCounts counts;
  put_entries(places_, 0, floor, counts);
  *this = GramCounter();
  return counts;
}

bool GramCursor::next() {
  if (at_ == (bounded_ ? end_ : entries_.size.size())) return false;
  size_ = entries_.size[at_];
  gram_ = gram_.first(size_ - 1);
  gram_.put(size_ - 1, entries_.letter[at_]);
  count_ = entries_.count[at_];
  ++at_;
  return true;
}

}  // namespace inkling::mining
