#include "offer/banner.h"

#include <algorithm>
#include <array>

namespace inkling::offer {

namespace {

// ISO 4217's exceptions from two decimals.
constexpr std::array<std::string_view, 15> kNoDecimals = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                          "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF"};
constexpr std::array<std::string_view, 7> kThreeDecimals = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

int decimals_of(std::string_view currency) {
  if (std::ranges::find(kNoDecimals, currency) != kNoDecimals.end()) return 0;
  return std::ranges::find(kThreeDecimals, currency) != kThreeDecimals.end() ? 3 : 2;
}

std::string digits_of(std::int64_t cents, std::string_view currency) {
  std::string text = std::to_string(cents);
  const auto decimals = static_cast<std::size_t>(decimals_of(currency));
  if (decimals == 0) return text;
  if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
  const std::string whole = text.substr(0, text.size() - decimals);
  const std::string part = text.substr(text.size() - decimals);
  return part.find_first_not_of('0') == std::string::npos ? whole : whole + "." + part;
}

std::string chinese_amount(std::int64_t cents, std::string_view currency) {
  const std::string digits = digits_of(cents, currency);
  return currency.empty() || currency == "CNY" ? digits + "元" : std::string(currency) + " " + digits;
}

BannerKind kind_of(const Banner& banner) {
  if (banner.more_cents > 0) return banner.saved_cents > 0 ? BannerKind::kSavedAndMore : BannerKind::kMore;
  return banner.saved_cents > 0 ? BannerKind::kSaved : BannerKind::kNothing;
}

Banner banner(const CartQuote& quote, std::int64_t saved_cents, const PromotionQuote* next) {
  Banner made{.saved_cents = saved_cents, .currency = quote.currency()};
  if (next != nullptr && next->more_cents > 0) {
    made.gap_cents = next->gap_cents().value_or(0);
    made.more_cents = next->more_cents;
  }
  made.kind = kind_of(made);
  return made;
}

}  // namespace

std::optional<std::size_t> nearest_step(const CartQuote& quote) {
  std::optional<std::size_t> best;
  const auto promotions = quote.promotions();
  for (std::size_t i = 0; i < promotions.size(); ++i) {
    if (promotions[i].more_cents <= 0) continue;
    const std::int64_t gap = *promotions[i].gap_cents();
    const std::int64_t best_gap = best ? *promotions[*best].gap_cents() : gap + 1;
    if (gap < best_gap || (gap == best_gap && promotions[i].more_cents > promotions[*best].more_cents)) best = i;
  }
  return best;
}

Banner banner_of(const CartQuote& quote, std::size_t i) {
  const PromotionQuote& told = quote.promotions()[i];
  return banner(quote, told.applied ? told.saved_now_cents : 0, &told);
}

Banner banner_of(const CartQuote& quote) {
  const auto next = nearest_step(quote);
  return banner(quote, quote.saved_cents(), next ? &quote.promotions()[*next] : nullptr);
}

std::string_view kind_name(BannerKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"nothing", "saved", "more", "saved_and_more"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string amount_text(std::int64_t cents, std::string_view currency) {
  const std::string digits = digits_of(cents, currency);
  return currency.empty() ? digits : std::string(currency) + " " + digits;
}

std::string english(const Banner& banner) {
  const auto amount = [&](std::int64_t cents) { return amount_text(cents, banner.currency); };
  switch (banner.kind) {
    case BannerKind::kNothing:
      return "";
    case BannerKind::kSaved:
      return amount(banner.saved_cents) + " saved";
    case BannerKind::kMore:
      return amount(banner.gap_cents) + " more saves " + amount(banner.more_cents);
    case BannerKind::kSavedAndMore:
      break;
  }
  return amount(banner.saved_cents) + " saved, " + amount(banner.gap_cents) + " more saves another " +
         amount(banner.more_cents);
}

std::string chinese(const Banner& banner) {
  const auto amount = [&](std::int64_t cents) { return chinese_amount(cents, banner.currency); };
  const std::string saved = "已减" + amount(banner.saved_cents);
  const std::string more = "再买" + amount(banner.gap_cents) + "减" + amount(banner.more_cents);
  switch (banner.kind) {
    case BannerKind::kNothing:
      return "";
    case BannerKind::kSaved:
      return saved;
    case BannerKind::kMore:
      return more;
    case BannerKind::kSavedAndMore:
      break;
  }
  return saved + "," + more;
}

}  // namespace inkling::offer
