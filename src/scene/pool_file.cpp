#include "scene/pool_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

#include "base/core/file_mistakes.h"
#include "base/files.h"
#include "base/yaml_document.h"
#include "domain/event.h"
#include "scene/parameter_schema.h"
#include "scene/raw_parameter.h"
#include "wire/time_form.h"

namespace inkling::scene {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> kOrders = {"hot", "newest"};  // by PoolOrder

constexpr ParameterSpec names_of(std::string_view name, std::string_view meaning) {
  return {.name = name, .type = ParameterType::kTexts, .meaning = meaning};
}
constexpr ParameterSpec cents_of(std::string_view name, std::string_view meaning) {
  return {.name = name,
          .type = ParameterType::kInteger,
          .unit = "cents",
          .meaning = meaning,
          .min = 0,
          .max = static_cast<double>(offer::kMaxCents)};
}
constexpr ParameterSpec time_of(std::string_view name, std::string_view meaning) {
  return {.name = name, .type = ParameterType::kText, .meaning = meaning};
}

constexpr std::array kKeys = {
    ParameterSpec{.name = "pool", .meaning = "the name of the file", .required = true},
    ParameterSpec{.name = "description", .meaning = "what it is for, in a sentence"},
    names_of("items", "a list: these, in this order; instead of a rule"),
    names_of("categories", "a rule: of one of these leaf categories"),
    names_of("shops", "a rule: of one of these shops"),
    cents_of("from_cents", "a rule: that cost at least so much"),
    cents_of("to_cents", "a rule: that cost at most so much"),
    ParameterSpec{
        .name = "order", .meaning = "which goods of a rule come first", .default_text = "hot", .choices = kOrders},
    time_of("starts", "from when on, as 2026-11-20T00:00:00+08:00"),
    time_of("ends", "until before when, as 2026-11-28T00:00:00+08:00")};

constexpr std::array<std::string_view, 5> kRuleKeys = {"categories", "shops", "from_cents", "to_cents", "order"};

constexpr auto kKeyNames = [] {
  std::array<std::string_view, kKeys.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kKeys[i].name;
  return names;
}();

class PoolReader {
 public:
  PoolReader(const base::YamlDocument& file, base::FileMistakes& mistakes) : file_(file), mistakes_(mistakes) {}

  Pool read(std::string_view named) {
    Pool pool;
    if (!file_.root().is_object()) {
      mistakes_.add(1, "pool: the file is no mapping; allowed is one that starts with `pool: <name>`");
      return pool;
    }
    const std::vector<RawParameter> given = written();
    std::vector<ParameterMistake> found;
    const Parameters keys = check_parameters(kKeys, given, found);
    for (const ParameterMistake& mistake : found) {
      const bool missing = mistake.raw == ParameterMistake::kMissing;
      mistakes_.add(missing ? 1 : file_.line_of(given[mistake.raw].name), mistake.message);
    }
    if (!found.empty()) return pool;
    pool.name = keys.text("pool");
    if (!named.empty() && pool.name != named) {
      complain("pool",
               "\"" + pool.name + "\" is not the name of its file; allowed is \"" + std::string(named) + "\"");
    }
    take_goods(keys, pool);
    take_times(keys, pool);
    return pool;
  }

 private:
  [[nodiscard]] std::vector<RawParameter> written() const {
    std::vector<RawParameter> given;
    for (const base::JsonMember& member : *file_.root().if_object()) {
      given.push_back(raw_parameter(member.key, member.value, file_.is_quoted(member.key)));
    }
    return given;
  }

  [[nodiscard]] bool is_written(std::string_view key) const {
    const base::Json::Object& members = *file_.root().if_object();
    return std::ranges::find(members, key, &base::JsonMember::key) != members.end();
  }

  void complain(std::string_view key, const std::string& sentence) {
    mistakes_.add(file_.line_of(key), std::string(key) + ": " + sentence);
  }

  void take_goods(const Parameters& keys, Pool& pool) {
    pool.items = names(keys, "items", kMaxPoolItems);
    pool.categories = names(keys, "categories", kMaxPoolNames);
    pool.shops = names(keys, "shops", kMaxPoolNames);
    const bool has_from = keys.has("from_cents");
    const bool has_to = keys.has("to_cents");
    pool.any_price = !has_from && !has_to;
    if (has_from) pool.prices.low_cents = keys.integer("from_cents");
    if (has_to) pool.prices.high_cents = keys.integer("to_cents");
    if (pool.prices.low_cents > pool.prices.high_cents) {
      complain("from_cents", std::to_string(pool.prices.low_cents) + " is above to_cents, which is " +
                                 std::to_string(pool.prices.high_cents) + "; no price lies between");
    }
    pool.order = static_cast<PoolOrder>(std::ranges::find(kOrders, keys.text("order")) - kOrders.begin());
    check_choice();
  }

  // A list or a rule, and not nothing.
  void check_choice() {
    std::string_view rule;
    for (const std::string_view key : kRuleKeys) {
      if (rule.empty() && is_written(key)) rule = key;
    }
    if (is_written("items") && !rule.empty()) {
      complain(rule, "stands beside items; allowed is a list of items or a rule, not both");
    } else if (!is_written("items") && rule.empty()) {
      mistakes_.add(
          1, "items: is missing; a pool needs items, or one of categories, shops, from_cents, to_cents, order");
    }
  }

  std::vector<std::string> names(const Parameters& keys, std::string_view key, std::size_t most) {
    if (!keys.has(key)) return {};
    const std::vector<std::string>& given = keys.texts(key);
    if (given.empty() || given.size() > most) {
      complain(key, "holds " + std::to_string(given.size()) + " names; allowed are 1 to " + std::to_string(most));
    }
    std::set<std::string_view> known;
    for (const std::string& name : given) {
      if (name.empty() || name.size() > domain::kMaxIdBytes) {
        complain(key, "a name of " + std::to_string(name.size()) + " bytes; allowed are 1 to " +
                          std::to_string(domain::kMaxIdBytes));
      } else if (!known.insert(name).second) {
        complain(key, "\"" + name + "\" stands there twice; allowed is once");
      }
    }
    return given;
  }

  void take_times(const Parameters& keys, Pool& pool) {
    const auto starts_ms = time(keys, "starts");
    const auto ends_ms = time(keys, "ends");
    if (starts_ms) pool.starts_ms = *starts_ms;
    if (ends_ms) pool.ends_ms = *ends_ms;
    if (starts_ms && ends_ms && *starts_ms >= *ends_ms) {
      complain("ends", "\"" + keys.text("ends") + "\" is not after starts, \"" + keys.text("starts") + "\"");
    }
  }

  std::optional<std::int64_t> time(const Parameters& keys, std::string_view key) {
    if (!keys.has(key)) return std::nullopt;
    const auto form = wire::TimeForm::parse("iso8601");
    const auto time_ms = form.ok() ? form->read(keys.text(key), 0) : std::nullopt;
    if (!time_ms) {
      complain(key, "\"" + keys.text(key) +
                        "\" is no time; allowed is a day or a moment as 2026-11-20 or 2026-11-20T00:00:00+08:00 (UTC "
                        "where no zone is said)");
    }
    return time_ms;
  }

  const base::YamlDocument& file_;
  base::FileMistakes& mistakes_;
};

base::Result<std::vector<std::string>> pool_paths(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> paths;
  fs::directory_iterator entries(folder, error);
  if (error) return base::not_found(folder + ": is no folder of pools (" + error.message() + ")");
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const fs::path& path = entries->path();
    const bool is_yaml = path.extension() == ".yaml" || path.extension() == ".yml";
    if (is_yaml && !path.filename().string().starts_with('.')) paths.push_back(path.string());
  }
  if (error) return base::io_error(folder + ": listing it failed (" + error.message() + ")");
  std::ranges::sort(paths);
  if (!paths.empty() && paths.size() <= kMaxPools) return paths;
  return base::invalid_input(folder + ": holds " + std::to_string(paths.size()) +
                             " pools, files that end in .yaml or .yml; allowed are 1 to " +
                             std::to_string(kMaxPools));
}

}  // namespace

std::span<const std::string_view> pool_keys() {
  return kKeyNames;
}

base::Result<Pool> parse_pool(std::string_view yaml, const std::string& shown_name, std::string_view named) {
  base::FileMistakes mistakes(shown_name);
  INKLING_ASSIGN(const base::YamlDocument file,
                 base::YamlDocument::parse(yaml, shown_name, {.scalars_as_text = true, .mistakes = &mistakes}));
  Pool pool = PoolReader(file, mistakes).read(named);
  if (!mistakes.empty()) return mistakes.status();
  return pool;
}

base::Result<Pool> load_pool(const std::string& path) {
  INKLING_ASSIGN(const std::string yaml, base::read_file(path, kMaxPoolBytes));
  return parse_pool(yaml, path, fs::path(path).stem().string());
}

base::Result<std::vector<Pool>> load_pools(const std::string& folder) {
  INKLING_ASSIGN(const std::vector<std::string> paths, pool_paths(folder));
  std::vector<Pool> pools;
  base::Refusals refusals;
  for (const std::string& path : paths) {
    auto pool = load_pool(path);
    if (refusals.note(pool.status())) pools.push_back(*std::move(pool));
  }
  INKLING_TRY(refusals.status());
  return pools;
}

base::Json pool_schema() {
  return schema_document("A pool of Inkling", parameters_schema(kKeys));
}

}  // namespace inkling::scene
