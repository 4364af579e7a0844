// rerank/windows: no leaf category, shop or price band fills what a shopper sees at once, across pages too.
#include <algorithm>
#include <array>
#include <string>

#include "scene/item_classes.h"
#include "scene/page_order.h"
#include "scene/stage.h"

namespace inkling::stages::rerank::windows {
namespace {

using scene::ItemClasses;
using scene::kClassKindNames;
using scene::kClassKinds;
using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::size_t kMaxWindow = 50;

constexpr ParameterSpec cap_of(std::string_view name, std::string_view meaning, std::string_view cap) {
  return {.name = name,
          .type = ParameterType::kInteger,
          .unit = "items",
          .meaning = meaning,
          .default_text = cap,
          .min = 0,
          .max = kMaxWindow};
}

constexpr std::array kParameters = {
    ParameterSpec{.name = "window",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "neighbouring places that a shopper sees at once",
                  .default_text = "6",
                  .min = 2,
                  .max = kMaxWindow},
    cap_of("per_category", "most items of one leaf category in a window; 0: any number", "2"),
    cap_of("per_shop", "most items of one shop in a window; 0: any number", "2"),
    cap_of("per_price_band", "most items of one price band in a window; 0: any number", "3"),
    scene::kPriceRatio,
    ParameterSpec{.name = "relax",
                  .type = ParameterType::kTexts,
                  .meaning = "which cap gives way first when nothing keeps them all; else price_band, shop, category",
                  .choices = kClassKindNames}};

struct Settings {
  std::size_t window = 0;
  std::array<std::size_t, kClassKinds> caps{};  // by ClassKind; 0: none
  // How many caps have given way when this kind's has, 1 .. kClassKinds; by ClassKind.
  std::array<std::size_t, kClassKinds> gives_way{};
  std::array<std::string_view, kClassKinds> relax{};
  scene::PriceBands bands;
};

// The classes of what was shown last, and those that no further item may be of.
class Window {
 public:
  Window(const Settings& settings, std::vector<ItemClasses> shown) : settings_(settings), shown_(std::move(shown)) {}

  void show(const ItemClasses& classes) { shown_.push_back(classes); }

  // Before asking for the next place.
  void look_back() {
    const auto last = std::span(shown_).last(std::min(shown_.size(), settings_.window - 1));
    for (std::size_t kind = 0; kind < kClassKinds; ++kind) {
      full_[kind] = {};
      for (const ItemClasses& classes : last) {
        if (!is_full(kind, classes) && stands_as_often_as_it_may(last, kind, classes.of[kind])) {
          static_cast<void>(full_[kind].push(classes.of[kind]));  // there is room for a window
        }
      }
    }
  }

  // How many caps have to give way for this item to come next; 0: it breaks none.
  [[nodiscard]] std::size_t caps_in_the_way(const ItemClasses& classes) const {
    std::size_t given = 0;
    for (std::size_t kind = 0; kind < kClassKinds; ++kind) {
      if (is_full(kind, classes)) given = std::max(given, settings_.gives_way[kind]);
    }
    return given;
  }

 private:
  [[nodiscard]] bool is_full(std::size_t kind, const ItemClasses& classes) const {
    return std::find(full_[kind].begin(), full_[kind].end(), classes.of[kind]) != full_[kind].end();
  }
  [[nodiscard]] bool stands_as_often_as_it_may(std::span<const ItemClasses> last, std::size_t kind,
                                               std::uint64_t of) const {
    if (of == 0 || settings_.caps[kind] == 0) return false;
    const auto count =
        std::ranges::count_if(last, [&](const ItemClasses& classes) { return classes.of[kind] == of; });
    return static_cast<std::size_t>(count) >= settings_.caps[kind];
  }

  const Settings& settings_;
  std::vector<ItemClasses> shown_;  // oldest first
  std::array<scene::ShortList<std::uint64_t, kMaxWindow>, kClassKinds> full_{};
};

struct Choice {
  std::size_t at = 0;
  std::size_t given = kClassKinds + 1;  // caps that gave way
};

// The best ranked that breaks no cap: so what was passed over comes back first. When nothing is left that does not,
// the best ranked of those for which the fewest caps give way.
Choice choose(const scene::PageOrder& order, std::span<const ItemClasses> classes, const Window& window) {
  Choice choice;
  const auto left = order.left();
  for (std::size_t at = 0; at < left.size() && choice.given > 0; ++at) {
    const std::size_t given = window.caps_in_the_way(classes[left[at]]);
    if (given < choice.given) choice = {at, given};
  }
  return choice;
}

class WindowsStage final : public scene::Stage {
 public:
  explicit WindowsStage(Settings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    scene::PageClasses classes = scene::classes_of_page(exchange, settings_.bands, settings_.window - 1);
    scene::PageOrder order(exchange);
    classes.before.reserve(classes.before.size() + order.places());
    Window window(settings_, std::move(classes.before));
    std::array<std::size_t, kClassKinds + 1> places_by_given{};
    while (!order.is_full()) {
      window.look_back();
      const Choice choice = choose(order, classes.candidates, window);
      ++places_by_given[choice.given];
      window.show(classes.candidates[order.place(choice.at)]);
    }
    order.finish();
    if (exchange.tracing()) exchange.note(told(places_by_given));
    return {};
  }

 private:
  [[nodiscard]] std::string told(const std::array<std::size_t, kClassKinds + 1>& places_by_given) const {
    std::string text;
    for (std::size_t given = 1; given <= kClassKinds; ++given) {
      if (places_by_given[given] == 0) continue;
      text += text.empty() ? "relaxed up to " : ", up to ";
      text += std::string(settings_.relax[given - 1]) + " at " + std::to_string(places_by_given[given]) + " places";
    }
    return text.empty() ? "no cap relaxed" : text;
  }

  Settings settings_;
};

base::Status set_relax(const scene::Parameters& parameters, Settings& settings) {
  settings.relax = {kClassKindNames[2], kClassKindNames[1], kClassKindNames[0]};
  if (parameters.has("relax")) {
    const std::vector<std::string>& given = parameters.texts("relax");
    for (std::size_t i = 0; i < kClassKinds; ++i) {
      const auto stated = std::ranges::find(given, kClassKindNames[i]);
      if (given.size() != kClassKinds || stated == given.end()) {
        return base::invalid_input("relax: " + std::to_string(given.size()) + " names given" +
                                   (stated == given.end() ? ", without " + std::string(kClassKindNames[i]) : "") +
                                   "; each of category, shop and price_band stands there once");
      }
      settings.relax[static_cast<std::size_t>(stated - given.begin())] = kClassKindNames[i];
    }
  }
  for (std::size_t i = 0; i < kClassKinds; ++i) {
    const auto kind = std::ranges::find(kClassKindNames, settings.relax[i]) - kClassKindNames.begin();
    settings.gives_way[static_cast<std::size_t>(kind)] = i + 1;
  }
  return {};
}

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto count = [&](std::string_view name) { return static_cast<std::size_t>(parameters.integer(name)); };
  Settings settings{.window = count("window"),
                    .caps = {count("per_category"), count("per_shop"), count("per_price_band")},
                    .bands = scene::PriceBands(parameters.number(scene::kPriceRatio.name))};
  const auto binds = [&](std::size_t cap) { return cap > 0 && cap < settings.window; };
  if (std::ranges::none_of(settings.caps, binds)) {
    return base::invalid_input("window: no cap lies from 1 to below " + std::to_string(settings.window) +
                               ", so none would change the order of anything");
  }
  INKLING_TRY(set_relax(parameters, settings));
  return std::unique_ptr<scene::Stage>(std::make_unique<WindowsStage>(std::move(settings)));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = scene::page_blueprint(
      "windows", "caps leaf categories, shops and price bands in what a shopper sees at once, across pages",
      kParameters, make);
  return kBlueprint;
}

}  // namespace inkling::stages::rerank::windows
