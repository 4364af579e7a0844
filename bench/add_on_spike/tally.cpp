#include "bench/add_on_spike/tally.h"

#include <algorithm>
#include <cmath>

#include "base/core/json.h"

namespace inkling::bench {
namespace {

const double kStep = std::log(1.02);

// The text of the member behind `key`, which the writer of answers puts without blanks; "" when it is null.
std::string text_member(std::string_view body, std::string_view key) {
  const std::size_t at = body.find(key);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + key.size();
  return std::string(body.substr(begin, body.find('"', begin) - begin));
}

}  // namespace

void Latencies::add(std::int64_t us) {
  const auto step = static_cast<std::size_t>(std::log(static_cast<double>(std::max<std::int64_t>(us, 1))) / kStep);
  ++counts_[std::min(step, kSteps - 1)];
  ++count_;
  most_us_ = std::max(most_us_, us);
}

std::int64_t Latencies::quantile_us(double share) const {
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t passed = 0;
  for (std::size_t step = 0; step < kSteps; ++step) {
    passed += counts_[step];
    if (passed >= std::max<std::uint64_t>(wanted, 1)) {
      return std::min(most_us_, static_cast<std::int64_t>(std::exp(kStep * static_cast<double>(step + 1))));
    }
  }
  return 0;
}

void Tally::answer(unsigned status, std::string_view body, std::int64_t us) {
  if (status != 200) {
    ++statuses[status];
    return;
  }
  latencies.add(us);
  ++(body.find("\"items\":[]") == std::string_view::npos ? answered : empty);
  const bool degraded = body.find("\"degraded\":{") != std::string_view::npos;
  ++fallbacks[degraded ? text_member(body, "\"fallback\":\"") : std::string()];
}

std::string Tally::json(std::string_view phase, double seconds) const {
  using base::Json;
  Json others = Json::object();
  for (const auto& [status, count] : statuses) others.set(std::to_string(status), static_cast<std::int64_t>(count));
  Json rungs = Json::object();
  for (const auto& [rung, count] : fallbacks) rungs.set(rung, static_cast<std::int64_t>(count));
  const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  return Json::object()
      .set("phase", phase)
      .set("seconds", seconds)
      .set("due", number(due))
      .set("answered", number(answered))
      .set("empty", number(empty))
      .set("timeouts", number(timeouts))
      .set("broken", number(broken))
      .set("statuses", std::move(others))
      .set("rungs", std::move(rungs))
      .set("p50_us", latencies.quantile_us(0.5))
      .set("p99_us", latencies.quantile_us(0.99))
      .set("p999_us", latencies.quantile_us(0.999))
      .set("most_us", latencies.most_us())
      .set("most_late_us", most_late_us)
      .to_text();
}

}  // namespace inkling::bench
