#include "models/text_polarity/text_polarity_features.h"

#include <algorithm>

#include "base/core/hash.h"
#include "models/tagging_model.h"

namespace inkling::models::text_polarity {
namespace {

bool is_blank(char32_t character) {
  return character <= U' ' || character == 0x3000 || character == 0xA0;
}

}  // namespace

void read_features(std::string_view text, const FeatureSpace& space, std::vector<base::CodePoint>& room,
                   std::vector<std::uint32_t>& out) {
  room.clear();
  out.clear();
  base::append_code_points(text, kMaxTaggedCharacters, room);
  std::erase_if(room, [](const base::CodePoint& character) { return is_blank(character.value); });
  for (std::size_t begin = 0; begin < room.size(); ++begin) {
    std::uint64_t hash = 0;
    const std::size_t end = std::min(room.size(), begin + space.max_length);
    for (std::size_t i = begin; i < end; ++i) {
      hash = base::mix64(hash + base::plain_form(room[i].value) + 0x9e3779b97f4a7c15ULL);
      out.push_back(static_cast<std::uint32_t>(hash >> (64 - space.bucket_bits)));
    }
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

}  // namespace inkling::models::text_polarity
