#include "bench/baskets/purchase_file.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <string_view>

#include "base/core/hash.h"

namespace inkling::bench {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view cut(std::string_view& text, char at) {
  const std::size_t end = std::min(text.find(at), text.size());
  const std::string_view head = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return head;
}

std::optional<basket::Purchase> parse(std::string_view line) {
  basket::Purchase purchase;
  const auto ts_ms = whole_number(cut(line, '\t'));
  const std::string_view shopper = cut(line, '\t');
  if (!ts_ms || shopper.empty()) return std::nullopt;
  purchase.ts_ms = *ts_ms;
  purchase.shopper = shopper == "-" ? 0 : base::name_hash(shopper);
  while (!line.empty()) {
    std::string_view word = cut(line, ' ');
    const std::string_view item = cut(word, ':');
    const auto price = word.empty() ? basket::kNoPrice : whole_number(word);
    if (item.empty() || !price) return std::nullopt;
    purchase.lines.push_back({base::name_hash(item), *price});
  }
  return purchase;
}

}  // namespace

base::Result<std::vector<basket::Purchase>> read_purchases(const std::string& path) {
  std::ifstream in(path);
  if (!in) return base::not_found("there is no file " + path);
  std::vector<basket::Purchase> purchases;
  for (std::string line; std::getline(in, line);) {
    auto purchase = parse(line);
    if (!purchase) {
      return base::invalid_input(path + ":" + std::to_string(purchases.size() + 1) +
                                 ": is no time, shopper and items with tabs between them");
    }
    purchases.push_back(*std::move(purchase));
  }
  return purchases;
}

}  // namespace inkling::bench
