// The one form in which surfaces of tags are kept, looked up and searched for in texts: "ＷｉＦｉ  维修！！" and
// "wifi维修!" are the same. Not for display (names keep what people wrote) and not for words (words.h).
//
// In this order: Unicode NFKC with case folding (so full-width letters are plain ones, and what is never shown is
// gone); white space is one blank, none at the ends and none between a letter written without blanks and one of
// another script ("WiFi 维修"); a run of one punctuation mark or symbol is one of it, except '+' (C++). The form of a
// form is itself. A byte that is no UTF-8 counts as U+FFFD.
//
// Ownership: NormalText owns its text. Thread safety: pure; one NormalText a thread. Cost: plain text some
// nanoseconds a character, other some hundred. Source: Unicode Standard Annex 15; toNFKC_Casefold of the standard's
// section 3.13.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::text {

// Written into packages that hold such texts: with other rules they would not be found any more.
inline constexpr int kNormalFormVersion = 1;

[[nodiscard]] std::string normal_form(std::string_view text);

// True only if `text` is its own normal form, told from its bytes alone: basic Han letters, a-z, 0-9 and single
// blanks between the latter. Allocates nothing.
[[nodiscard]] bool is_plain(std::string_view text);

// A normal form that knows where its bytes came from.
class NormalText {
 public:
  // `source` below 4 GiB; only its bytes are read. Allocates only for texts longer than those before, or for
  // characters that decompose in a way that needs memory of the Unicode library.
  void assign(std::string_view source);

  [[nodiscard]] std::string_view text() const { return text_; }
  // Where in the source the character that holds byte `at` of text() begins; at < text().size().
  [[nodiscard]] std::size_t source_begin(std::size_t at) const { return begins_[at]; }
  // Where in the source the character before `at` ends; 0 < at <= text().size().
  [[nodiscard]] std::size_t source_end(std::size_t at) const { return ends_[at - 1]; }

 private:
  struct Part {  // of the source
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  Part take_part(std::string_view source, std::size_t at);
  void take_bytes(std::string_view bytes, Part part);
  void take(char32_t letter, Part part);
  void put(char32_t letter, Part part);
  [[nodiscard]] bool keeps_blank(char32_t next) const;

  std::string text_;
  std::vector<std::uint32_t> begins_;  // of the source part, for each byte of text_
  std::vector<std::uint32_t> ends_;
  std::string part_form_;
  Part blank_;
  bool has_blank_ = false;  // waits for what comes behind it
  char32_t last_ = 0;       // the newest character of text_; 0: none
};

}  // namespace inkling::text
