// Reviews by hand for tests of what is learnt without labels: two things are judged in words that no seed has.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::mining::sample {

// 面 and 服务 are judged by seeds; 地道 and 敷衍 behind them by others, 地道 beside good ones and 敷衍 beside bad
// ones.
inline std::vector<std::string> reviews() {
  std::vector<std::string> texts;
  for (int i = 0; i < 8; ++i) {
    texts.push_back("面很好,面很地道,服务很热情。");
    texts.push_back("服务太差,服务很敷衍,面很贵。");
    texts.push_back("面不错,但是服务很敷衍。");
    texts.push_back("走路去,然后回家。");
  }
  return texts;
}

inline std::vector<std::string_view> views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace inkling::mining::sample
