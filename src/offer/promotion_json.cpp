#include "offer/promotion_json.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/core/file_mistakes.h"
#include "offer/selection.h"

namespace inkling::offer {

namespace {

using base::Json;
using base::JsonView;
using base::Refusals;
using base::Result;
using base::Status;

// Reads a definition member by member and goes on after a mistake, so that all of them are told.
class Reader {
 public:
  Reader(std::string_view id, const JsonView& view) : view_(view) { made_.id = id; }

  Result<std::optional<Promotion>> read() {
    INKLING_TRY(view_.only_keys({"title", "currency", "starts_ms", "ends_ms", "tiers", "every", "cap_cents", "scope",
                                 "exclude", "group", "alone", "withdrawn"}));
    if (view_.has("withdrawn")) return read_withdrawal();
    refused_.note(read_names());
    refused_.note(read_times());
    refused_.note(read_form());
    if (refused_.empty()) refused_.note(read_cap());
    if (view_.has("scope")) refused_.note(read_selection(at("scope"), false, made_.scope));
    if (view_.has("exclude")) refused_.note(read_selection(at("exclude"), true, made_.excluded));
    if (refused_.empty()) refused_.note(check_exclusions());
    if (!refused_.empty()) return refused_.status();
    return std::optional(std::move(made_));
  }

 private:
  Result<std::optional<Promotion>> read_withdrawal() const {
    INKLING_TRY(view_.only_keys({"withdrawn"}));
    INKLING_ASSIGN(const bool withdrawn, view_.boolean("withdrawn"));
    if (withdrawn) return std::optional<Promotion>();
    return at("withdrawn").refuse("false is not said; expected true, or a definition");
  }

  [[nodiscard]] JsonView at(std::string_view key) const { return *view_.member(key); }

  Status read_text(std::string_view key, std::size_t least, std::size_t most, std::string& into) const {
    if (!view_.has(key)) return {};
    INKLING_ASSIGN(into, bounded_text(at(key), least, most));
    return {};
  }

  Status read_names() {
    Refusals refused;
    refused.note(read_text("title", 0, kMaxTitleBytes, made_.title));
    refused.note(read_text("group", 1, domain::kMaxIdBytes, made_.group));
    refused.note(read_text("currency", 0, domain::kMaxIdBytes, made_.currency));
    if (!made_.currency.empty() && !domain::is_currency_code(made_.currency)) {
      refused.note(at("currency").refuse('"' + made_.currency + R"(" is no currency; expected a code like "EUR")"));
    }
    if (view_.has("alone")) made_.alone = refused.keep(view_.boolean("alone"));
    if (made_.alone && !made_.group.empty()) {
      refused.note(
          at("alone").refuse("is true beside a group; a promotion that stands alone needs none: leave out one"));
    }
    return refused.status();
  }

  Status read_times() {
    Refusals refused;
    const auto time = [&](std::string_view key, std::int64_t otherwise) {
      return view_.has(key) ? refused.keep(at(key).as_integer(0, domain::kLastTimeMs), otherwise) : otherwise;
    };
    made_.starts_ms = time("starts_ms", made_.starts_ms);
    made_.ends_ms = time("ends_ms", made_.ends_ms);
    if (refused.empty() && made_.ends_ms <= made_.starts_ms) {
      refused.note(view_.has("ends_ms")
                       ? at("ends_ms").refuse(std::to_string(made_.ends_ms) + " is not after starts_ms " +
                                              std::to_string(made_.starts_ms))
                       : at("starts_ms").refuse("is the end of time; expected an earlier one"));
    }
    return refused.status();
  }

  Status read_form() {
    if (view_.has("tiers") == view_.has("every")) {
      return view_.refuse(R"(expected either "tiers" (a list of steps) or "every" (one step that repeats))");
    }
    return view_.has("every") ? read_every() : read_tiers();
  }

  Status read_every() {
    made_.repeats = true;
    INKLING_TRY(at("every").only_keys({"spend_cents", "save_cents"}));
    INKLING_ASSIGN(Tier tier, read_tier(at("every")));
    made_.tiers.push_back(tier);
    return {};
  }

  Status read_tiers() {
    INKLING_ASSIGN(const std::vector<JsonView> views, view_.elements("tiers"));
    if (views.empty() || views.size() > kMaxTiers) {
      return at("tiers").refuse("has " + std::to_string(views.size()) + " tiers; expected 1 to " +
                                std::to_string(kMaxTiers));
    }
    for (const JsonView& view : views) {
      INKLING_ASSIGN(const Tier tier, read_tier(view));
      if (!made_.tiers.empty()) INKLING_TRY(check_above(view, made_.tiers.back(), tier));
      made_.tiers.push_back(tier);
    }
    return {};
  }

  static Result<Tier> read_tier(const JsonView& view) {
    INKLING_TRY(view.only_keys({"spend_cents", "save_cents", "save_basis_points"}));
    Tier tier;
    INKLING_ASSIGN(tier.spend_cents, view.integer("spend_cents", 1, kMaxCents));
    if (view.has("save_cents") == view.has("save_basis_points")) {
      return view.refuse("expected one of save_cents (an amount) and save_basis_points (hundredths of a percent)");
    }
    if (view.has("save_basis_points")) {
      INKLING_ASSIGN(tier.save_basis_points, view.integer("save_basis_points", 1, kWholeBasisPoints));
      return tier;
    }
    INKLING_ASSIGN(tier.save_cents, view.integer("save_cents", 1, kMaxCents));
    if (tier.save_cents <= tier.spend_cents) return tier;
    return base::invalid_input(view.path() + ".save_cents: " + std::to_string(tier.save_cents) +
                               " is above spend_cents; expected at most " + std::to_string(tier.spend_cents) + ".");
  }

  static Status check_above(const JsonView& view, const Tier& before, const Tier& tier) {
    const auto not_above = [&](std::string_view key, std::int64_t found, std::int64_t least) {
      return base::invalid_input(view.path() + "." + std::string(key) + ": " + std::to_string(found) +
                                 " is not above the tier before it; expected more than " + std::to_string(least) +
                                 ".");
    };
    if ((before.save_cents > 0) != (tier.save_cents > 0)) {
      return view.refuse(
          "mixes an amount with a percentage; expected all tiers with save_cents or all with "
          "save_basis_points");
    }
    if (tier.spend_cents <= before.spend_cents) {
      return not_above("spend_cents", tier.spend_cents, before.spend_cents);
    }
    if (tier.save_cents > 0 && tier.save_cents <= before.save_cents) {
      return not_above("save_cents", tier.save_cents, before.save_cents);
    }
    if (tier.save_cents == 0 && tier.save_basis_points <= before.save_basis_points) {
      return not_above("save_basis_points", tier.save_basis_points, before.save_basis_points);
    }
    return {};
  }

  Status read_cap() {
    if (!view_.has("cap_cents")) return {};
    INKLING_ASSIGN(const std::int64_t cap, view_.integer("cap_cents", 1, kMaxCents));
    made_.cap_cents = cap;
    const Tier& first = made_.tiers.front();
    if (!made_.repeats && first.save_cents > 0) {
      return at("cap_cents")
          .refuse(
              "has no meaning beside tiers with save_cents, whose last one is the most; expected it beside every or "
              "save_basis_points");
    }
    Promotion uncapped = made_;
    uncapped.cap_cents.reset();
    const std::int64_t least = saved_cents(uncapped, first.spend_cents);
    if (cap >= least) return {};
    return at("cap_cents")
        .refuse(std::to_string(cap) + " is below what one step saves; expected at least " + std::to_string(least));
  }

  // A promotion whose whole scope is excluded never counts: a contradiction, not a wish.
  [[nodiscard]] Status check_exclusions() const {
    const auto excluded = [this](const std::string& shop) { return holds_shop(made_.excluded, shop); };
    if (!made_.scope.shops.empty() && std::ranges::all_of(made_.scope.shops, excluded)) {
      return at("exclude").refuse("excludes every shop of the scope; expected one of them to be left");
    }
    const auto below_excluded = [this](const CategoryPath& path) { return holds_path(made_.excluded, path); };
    if (!made_.scope.categories.empty() && std::ranges::all_of(made_.scope.categories, below_excluded)) {
      return at("exclude").refuse("excludes every category of the scope; expected one of them to be left");
    }
    return {};
  }

  const JsonView& view_;
  Promotion made_;
  Refusals refused_;
};

Json tier_json(const Tier& tier) {
  Json json = Json::Object{{"spend_cents", tier.spend_cents}};
  if (tier.save_cents > 0) json.set("save_cents", tier.save_cents);
  if (tier.save_basis_points > 0) json.set("save_basis_points", tier.save_basis_points);
  return json;
}

void set_form(Json& json, const Promotion& promotion) {
  if (promotion.repeats) {
    json.set("every", tier_json(promotion.tiers.front()));
  } else {
    Json tiers = Json::array();
    for (const Tier& tier : promotion.tiers) tiers.push(tier_json(tier));
    json.set("tiers", std::move(tiers));
  }
  if (promotion.cap_cents) json.set("cap_cents", *promotion.cap_cents);
}

}  // namespace

Result<std::optional<Promotion>> read_promotion(std::string_view id, const JsonView& definition) {
  return Reader(id, definition).read();
}

Result<std::optional<Promotion>> read_promotion(std::string_view id, std::string_view definition,
                                                const std::string& path) {
  if (definition.empty()) return base::invalid_input(path + ": is missing; expected what the promotion gives.");
  auto json = Json::parse(definition);
  if (!json.ok()) return json.status().within(path);
  return read_promotion(id, JsonView(*json, path));
}

Status check_event(const domain::Event& event) {
  const auto* promotion = std::get_if<domain::Promotion>(&event.body);
  if (promotion == nullptr) return {};
  return read_promotion(promotion->promotion, promotion->definition_json, "definition").status();
}

Json to_json(const Promotion& promotion) {
  Json json = Json::object();
  if (!promotion.title.empty()) json.set("title", promotion.title);
  if (!promotion.currency.empty()) json.set("currency", promotion.currency);
  if (promotion.starts_ms > 0) json.set("starts_ms", promotion.starts_ms);
  if (promotion.ends_ms < domain::kLastTimeMs) json.set("ends_ms", promotion.ends_ms);
  set_form(json, promotion);
  if (promotion.scope != Selection()) json.set("scope", to_json(promotion.scope));
  if (promotion.excluded != Selection()) json.set("exclude", to_json(promotion.excluded));
  if (!promotion.group.empty()) json.set("group", promotion.group);
  if (promotion.alone) json.set("alone", true);
  return json;
}

std::string withdrawn_json() {
  return Json(Json::Object{{"withdrawn", true}}).to_text();
}

}  // namespace inkling::offer
