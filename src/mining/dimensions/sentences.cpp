#include "mining/dimensions/sentences.h"

#include <algorithm>

#include "base/core/utf8.h"
#include "mining/vectors/word_vectors.h"
#include "text/letter_kind.h"
#include "text/normal_form.h"

namespace inkling::dimensions {
namespace {

bool joined(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return false;
  std::size_t before = at - 1;
  while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U) --before;
  return text::joins_words(text::first_letter(text.substr(before)).code) &&
         text::joins_words(text::first_letter(text.substr(at)).code);
}

bool ends_sentence(std::string_view mark) {
  static constexpr std::string_view kEnds[] = {".", "!", "?", ";", "。", "…", "\n"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return mark.find(end) != std::string_view::npos; });
}

}  // namespace

std::string word_token(std::string_view word) {
  return vectors::with_joined_blanks(text::normal_form(word));
}

base::Result<SentenceMaker> SentenceMaker::make(std::span<const std::string> words) {
  INKLING_ASSIGN(text::Segmenter segmenter, text::Segmenter::create());
  SentenceMaker maker(std::move(segmenter));
  for (const std::string& word : words) {
    const std::string form = text::normal_form(word);
    maker.longest_ = std::max(maker.longest_, form.size());
    if (!form.empty()) maker.words_.insert(form);
  }
  return maker;
}

void SentenceMaker::add(std::string_view text, std::vector<std::string>& sentences) {
  const std::string form = text::normal_form(text);
  const std::string_view whole = form;
  std::size_t between = 0, at = 0;
  while (at < whole.size()) {
    const std::size_t bytes = known_at(whole, at);
    if (bytes == 0) {
      at += std::max<std::size_t>(1, base::utf8_character_bytes(whole, at));
      continue;
    }
    add_between(whole.substr(between, at - between), sentences);
    put(whole.substr(at, bytes));
    between = at += bytes;
  }
  add_between(whole.substr(between), sentences);
  end_sentence(sentences);
}

// How long the longest known word is that begins there, and breaks no word of a script with blanks; 0: none.
std::size_t SentenceMaker::known_at(std::string_view text, std::size_t at) const {
  if (joined(text, at)) return 0;
  for (std::size_t bytes = std::min(longest_, text.size() - at); bytes > 0; --bytes) {
    const bool splits = at + bytes < text.size() && (static_cast<unsigned char>(text[at + bytes]) & 0xC0U) == 0x80U;
    if (splits || joined(text, at + bytes)) continue;
    if (words_.contains(std::string(text.substr(at, bytes)))) return bytes;
  }
  return 0;
}

void SentenceMaker::add_between(std::string_view text, std::vector<std::string>& sentences) {
  for (const text::Segment& segment : segmenter_.cut(text)) {
    const std::string_view part = text.substr(segment.begin, segment.end - segment.begin);
    if (segment.kind != text::SegmentKind::kMark) {
      put(part);
    } else if (ends_sentence(part)) {
      end_sentence(sentences);
    }
  }
}

void SentenceMaker::put(std::string_view word) {
  if (sentence_words_++ > 0) sentence_ += ' ';
  sentence_ += vectors::with_joined_blanks(word);
}

void SentenceMaker::end_sentence(std::vector<std::string>& sentences) {
  if (sentence_words_ > 1) sentences.push_back(sentence_);
  sentence_.clear();
  sentence_words_ = 0;
}

}  // namespace inkling::dimensions
