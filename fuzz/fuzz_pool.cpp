// Pools beside a scene. A refusal is one sentence a line, each with file and line. A pool that is read is a list or a
// rule, within its bounds, and is on at one moment at least.
#include "fuzz/property.h"
#include "scene/pool_file.h"

namespace inkling::fuzz {
namespace {

constexpr std::string_view kFile = "pool.yaml";

void check_mistakes(const base::Status& status) {
  std::string_view lines = status.message();
  must(!lines.empty(), "a refusal says why");
  while (!lines.empty()) {
    const std::string_view line = take_until(lines, "\n");
    must(line.starts_with(kFile), "every mistake names the file", status.message());
  }
}

void check(std::string_view yaml) {
  const auto pool = scene::parse_pool(yaml, std::string(kFile));
  if (!pool.ok()) return check_mistakes(pool.status());
  must(!pool->name.empty(), "a pool has a name");
  must(pool->items.size() <= scene::kMaxPoolItems, "a list is bounded");
  must(pool->categories.size() <= scene::kMaxPoolNames && pool->shops.size() <= scene::kMaxPoolNames,
       "a rule is bounded");
  must(pool->items.empty() || (pool->categories.empty() && pool->shops.empty() && pool->any_price),
       "a list is no rule");
  must(pool->prices.low_cents >= 0 && pool->prices.low_cents <= pool->prices.high_cents, "some price is meant");
  must(pool->is_on(pool->starts_ms) && !pool->is_on(pool->ends_ms), "it is on from its start, until before its end");
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
