// Definitions of promotions and carts from strangers, a line each: "{...}" is told as a promotion, anything else is a
// line of the cart. What is read is written and read back equal; what is quoted adds up, promises nothing that it
// does not give, and is the same for the cart from behind.
#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "base/core/utf8.h"
#include "fuzz/property.h"
#include "offer/promotion_json.h"
#include "offer/quote_json.h"
#include "offer/shares.h"

namespace inkling::fuzz {
namespace {

constexpr std::int64_t kNowMs = 1'700'000'000'000;
constexpr std::size_t kMostPromotions = 40;
constexpr std::size_t kMostLines = 40;

struct Row {
  std::string item, shop;
  offer::CategoryPath category;
};

void check_round_trip(std::string_view definition) {
  const auto read = offer::read_promotion("p", definition, "definition");
  if (!read.ok()) return must(!read.status().message().empty(), "a refusal says why");
  if (!*read) return;
  const std::string text = offer::to_json(**read).to_text();
  const auto again = offer::read_promotion("p", text, "definition");
  must(again.ok() && *again == *read, "a written promotion reads back equal", text);
}

// "<item> <shop> <category> <cents> <quantity>", all of them optional.
offer::CartLine cart_line(std::string_view text, std::vector<Row>& rows) {
  Row& row = rows.emplace_back();
  row.item = take_until(text, " ");
  row.shop = take_until(text, " ");
  for (std::string_view path = take_until(text, " "); !path.empty();)
    row.category.emplace_back(take_until(path, "/"));
  const auto number = [&] {
    std::int64_t value = 0;
    for (const char digit : take_until(text, " "))
      value = digit >= '0' && digit <= '9' ? value * 10 % offer::kMaxCents + digit - '0' : -1;
    return value;
  };
  const std::int64_t cents = number();
  const std::int64_t quantity = number();
  return {{row.item, row.shop, row.category, cents, ""}, quantity, !text.starts_with("no")};
}

void check_shares(const offer::CartQuote& quote) {
  std::vector<std::int64_t> left(quote.line_cents().begin(), quote.line_cents().end());
  std::int64_t shared = 0;
  for (const offer::Share& share : offer::divide(quote)) {
    shared += share.saved_cents;
    left[share.line] -= share.saved_cents;
  }
  must(shared == quote.saved_cents(), "shares add up to the saving");
  must(std::ranges::all_of(left, [](std::int64_t cents) { return cents >= 0; }), "no line saves more than it costs");
}

void check_last_line(const std::shared_ptr<const offer::PromotionBook>& book, std::span<const offer::CartLine> lines,
                     const offer::CartQuote& quote) {
  if (lines.empty() || !lines.back().ticked) return;
  const auto fewer = offer::CartQuote::make(book, lines.first(lines.size() - 1), kNowMs);
  must(fewer.ok(), "a part of a cart can be quoted when all of it can");
  const auto added = fewer->with(lines.back().goods, lines.back().quantity);
  must(added && added->saved_cents == quote.saved_cents(), "a line added is quoted as in the cart");
  must(added->more_cents >= 0, "a tick never lowers the saving");
}

void check(std::string_view input) {
  if (!base::valid_utf8(input)) return;  // wire lets no such texts in
  offer::PromotionShelf shelf;
  std::vector<Row> rows;
  std::vector<offer::CartLine> lines;
  rows.reserve(kMostLines);  // lines look into it
  for (std::size_t promotions = 0; !input.empty();) {
    const std::string_view text = take_until(input, "\n");
    if (!text.starts_with('{')) {
      if (rows.size() < kMostLines) lines.push_back(cart_line(text, rows));
    } else if (promotions++ < kMostPromotions) {
      check_round_trip(text);
      shelf.tell("p" + std::to_string(promotions), text);
    }
  }
  const auto book = shelf.publish();
  const auto quote = offer::CartQuote::make(book, lines, kNowMs);
  if (!quote.ok()) return must(quote.status().message().starts_with("item "), "a refusal names the item");
  must(quote->saved_cents() >= 0 && quote->payable_cents() >= 0, "nothing costs less than nothing");
  check_shares(*quote);
  check_last_line(book, lines, *quote);
  must(base::Json::parse(offer::to_json(*quote, lines).to_text()).ok(), "a quote is JSON");
  std::ranges::reverse(lines);
  must(offer::CartQuote::make(book, lines, kNowMs)->saved_cents() == quote->saved_cents(), "order is irrelevant");
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
