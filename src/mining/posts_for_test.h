// Lines of posts for tests: by hand, and made up from few letters so that runs of them meet often.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/test_folder.h"
#include "base/core/random.h"

namespace inkling::mining::sample {

inline std::string line(std::string_view text, std::string_view source = "body", std::string_view industry = "") {
  std::string made = "{\"text\": \"" + std::string(text) + "\", \"source\": \"" + std::string(source) + "\"";
  if (!industry.empty()) made += ", \"industry\": \"" + std::string(industry) + "\"";
  return made + "}\n";
}

inline std::string letters(base::Random& random, std::size_t count, std::uint32_t alphabet) {
  std::string text;
  for (; count > 0; --count) {
    const auto letter = 0x4E00 + 37 * static_cast<std::uint32_t>(random.below(alphabet));
    text += static_cast<char>(0xE0 | (letter >> 12));
    text += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (letter & 0x3F));
  }
  return text;
}

// Posts of two industries; 焓擎检 stands in those of 家电, 楫运邦 in those of 搬家, 惠邻宝 in both, and 小蓝卡 in
// both beside different letters.
inline std::string posts(std::uint64_t seed, std::size_t count) {
  base::Random random(seed);
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) {
    const bool repairs = random.chance(0.5);
    std::string text = letters(random, 8, 400);
    if (random.chance(0.8)) text += repairs ? "焓擎检" : "楫运邦";
    text += letters(random, 6, 400);
    text += repairs ? ", 空调维修" : ", 长途搬家";
    if (random.chance(0.4)) text += letters(random, 2, 400) + "惠邻宝" + letters(random, 2, 400);
    const std::string_view source = random.chance(0.5) ? "title" : "review";
    lines += line(text, source, repairs ? "家电" : "搬家");
  }
  return lines;
}

inline std::string write(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

}  // namespace inkling::mining::sample
