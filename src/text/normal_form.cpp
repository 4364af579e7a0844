#include "text/normal_form.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>

#include "text/letter_kind.h"

namespace inkling::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

const icu::Normalizer2* nfkc_casefold() {
  UErrorCode error = U_ZERO_ERROR;
  static const icu::Normalizer2* const kForm = icu::Normalizer2::getNFKCCasefoldInstance(error);
  return kForm;  // its data is compiled into the library
}

bool is_basic_han(char32_t letter) {
  return letter >= 0x4E00 && letter <= 0x9FFF;
}

bool is_small_ascii(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Whether what stands before it can be normalised without it.
bool begins_part(char32_t letter) {
  if (letter < 0x80 || is_basic_han(letter)) return true;
  return nfkc_casefold()->hasBoundaryBefore(static_cast<UChar32>(letter)) != 0;
}

bool is_mark_or_symbol(char32_t letter) {
  return (U_GET_GC_MASK(static_cast<UChar32>(letter)) & (U_GC_P_MASK | U_GC_S_MASK)) != 0;
}

// Bytes of the character at the front of `text` if it is a basic Han letter in UTF-8, else 0.
std::size_t han_bytes(std::string_view text) {
  constexpr std::size_t kBytes = 3;
  if (text.size() < kBytes) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0xE4 || byte(0) > 0xE9 || (byte(0) == 0xE4 && byte(1) < 0xB8)) return 0;
  return (byte(1) & 0xC0) == 0x80 && (byte(2) & 0xC0) == 0x80 ? kBytes : 0;
}

}  // namespace

bool is_plain(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t bytes = han_bytes(text.substr(at)); bytes != 0) {
      at += bytes;
      continue;
    }
    const bool between =
        at > 0 && at + 1 < text.size() && is_small_ascii(text[at - 1]) && is_small_ascii(text[at + 1]);
    if (!is_small_ascii(text[at]) && !(text[at] == ' ' && between)) return false;
    ++at;
  }
  return true;
}

std::string normal_form(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  NormalText form;
  form.assign(text);
  return std::string(form.text());
}

void NormalText::assign(std::string_view source) {
  text_.clear();
  begins_.clear();
  ends_.clear();
  has_blank_ = false;
  last_ = 0;
  for (std::size_t at = 0; at < source.size();) at = take_part(source, at).end;
}

// The shortest part from `at` on that can be normalised alone. What is no UTF-8 is one, whatever follows.
NormalText::Part NormalText::take_part(std::string_view source, std::size_t at) {
  const Letter first = first_letter(source.substr(at));
  std::size_t end = at + first.bytes;
  while (first.code != kReplacement && end < source.size()) {
    const Letter next = first_letter(source.substr(end));
    if (begins_part(next.code)) break;
    end += next.bytes;
  }
  const Part part{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
  const bool is_alone = end == at + first.bytes;
  if (is_alone && (first.code < 0x80 || is_basic_han(first.code) || first.code == kReplacement)) {
    take(static_cast<char32_t>(u_tolower(static_cast<UChar32>(first.code))), part);
  } else {
    take_bytes(source.substr(at, end - at), part);
  }
  return part;
}

void NormalText::take_bytes(std::string_view bytes, Part part) {
  part_form_.clear();
  icu::StringByteSink<std::string> sink(&part_form_);
  UErrorCode error = U_ZERO_ERROR;
  nfkc_casefold()->normalizeUTF8(0, icu::StringPiece(bytes.data(), static_cast<std::int32_t>(bytes.size())), sink,
                                 nullptr, error);
  for (std::size_t at = 0; at < part_form_.size();) {
    const Letter letter = first_letter(std::string_view(part_form_).substr(at));
    take(letter.code, part);
    at += letter.bytes;
  }
}

void NormalText::take(char32_t letter, Part part) {
  if (u_isUWhiteSpace(static_cast<UChar32>(letter)) != 0) {
    if (!has_blank_) blank_ = part;
    blank_.end = part.end;
    has_blank_ = true;
    return;
  }
  const bool puts_blank = has_blank_ && keeps_blank(letter);
  has_blank_ = false;
  if (puts_blank) put(U' ', blank_);
  if (letter == last_ && letter != U'+' && is_mark_or_symbol(letter)) {
    for (std::size_t at = ends_.size(); at-- > 0 && begins_[at] == begins_.back();) ends_[at] = part.end;
    return;
  }
  put(letter, part);
}

bool NormalText::keeps_blank(char32_t next) const {
  if (last_ == 0) return false;
  const auto is_letter = [](char32_t letter) { return u_isalnum(static_cast<UChar32>(letter)) != 0; };
  if (!is_letter(last_) || !is_letter(next)) return true;
  return (letter_kind(last_) == LetterKind::kRun) == (letter_kind(next) == LetterKind::kRun);
}

void NormalText::put(char32_t letter, Part part) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, static_cast<UChar32>(letter));
  text_.append(bytes.data(), static_cast<std::size_t>(length));
  begins_.resize(text_.size(), part.begin);
  ends_.resize(text_.size(), part.end);
  last_ = letter;
}

}  // namespace inkling::text
