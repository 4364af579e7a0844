#include "models/text_polarity/text_polarity_features.h"

#include <algorithm>
#include <span>

#include "base/core/hash.h"
#include "models/tagging_model.h"

namespace inkling::models::text_polarity {
namespace {

bool is_blank(char32_t character) {
  return character <= U' ' || character == 0x3000 || character == 0xA0;
}

bool is_denial(char32_t character) {
  return std::u32string_view(U"不没无未别").find(character) != std::u32string_view::npos;
}

// Of plain forms.
bool is_mark(char32_t character) {
  return std::u32string_view(U",.!?;~。、").find(character) != std::u32string_view::npos;
}

// Which kind of feature some characters are: the same ones are another feature of another kind.
enum class Kind : std::uint64_t { kBegins = 1, kEnds, kDenied, kDeniedPair };

class Reader {
 public:
  Reader(std::span<const base::CodePoint> text, const FeatureSpace& space, std::vector<std::uint32_t>& out)
      : text_(text), shift_(64 - space.bucket_bits), out_(out) {}

  void runs(std::size_t max_length) {
    for (std::size_t begin = 0; begin < text_.size(); ++begin) {
      std::uint64_t hash = 0;
      const std::size_t end = std::min(text_.size(), begin + max_length);
      for (std::size_t i = begin; i < end; ++i) put(hash = with(hash, i));
    }
  }

  void edges(std::size_t length) {
    for (std::size_t i = 0; i + 1 < text_.size(); ++i) {
      if (i < length) put(of(Kind::kBegins, i, i + 1));
      if (i + length >= text_.size()) put(of(Kind::kEnds, i, i + 1));
    }
  }

  void denied(std::size_t length) {
    std::size_t left = 0;
    for (std::size_t i = 0; i + 1 < text_.size(); ++i) {
      const char32_t character = at(i);
      if (is_denial(character)) {
        left = length;
      } else if (is_mark(character)) {
        left = 0;
      } else if (left > 0) {
        --left;
        put(of(Kind::kDenied, i));
        put(of(Kind::kDeniedPair, i, i + 1));
      }
    }
  }

 private:
  [[nodiscard]] char32_t at(std::size_t i) const { return base::plain_form(text_[i].value); }
  [[nodiscard]] std::uint64_t with(std::uint64_t hash, std::size_t i) const {
    return base::mix64(hash + at(i) + 0x9e3779b97f4a7c15ULL);
  }
  template <typename... Places>
  [[nodiscard]] std::uint64_t of(Kind kind, Places... places) const {
    std::uint64_t hash = static_cast<std::uint64_t>(kind) << 32U;
    ((hash = with(hash, places)), ...);
    return hash;
  }
  void put(std::uint64_t hash) { out_.push_back(static_cast<std::uint32_t>(hash >> shift_)); }

  std::span<const base::CodePoint> text_;
  std::uint32_t shift_;
  std::vector<std::uint32_t>& out_;
};

}  // namespace

void read_features(std::string_view text, const FeatureSpace& space, std::vector<base::CodePoint>& room,
                   std::vector<std::uint32_t>& out) {
  room.clear();
  out.clear();
  base::append_code_points(text, kMaxTaggedCharacters, room);
  std::erase_if(room, [](const base::CodePoint& character) { return is_blank(character.value); });
  Reader reader(room, space, out);
  reader.runs(space.max_length);
  reader.edges(space.edge_length);
  reader.denied(space.denied_length);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

}  // namespace inkling::models::text_polarity
