// Learnt prices of strangers. The input is either a byte 0xff and a weights.safetensors, or changes of arrays that
// were learnt (their number, then column, place, value and what to do, a byte each) and a text. Either they are
// refused by the name of a tensor, or whatever is estimated is a number and in order.
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "content/price_arrays.h"
#include "content/price_package.h"
#include "content/priced_posts_for_test.h"
#include "fuzz/property.h"
#include "text/normal_form.h"

namespace inkling::fuzz {
namespace {

using content::Estimate;
using content::PriceArrays;
using content::PriceEstimator;

constexpr char kFileMark = '\xFF';

const PriceEstimator& sample() {
  static const PriceEstimator learnt = [] {
    auto posts = content::moves(24, 1);
    for (auto& post : posts) post.texts = {{"note", "小心钢琴"}};
    return PriceEstimator::learn(posts, {}).value();
  }();
  return learnt;
}

std::uint8_t take_byte(std::string_view& text) {
  if (text.empty()) return 0;
  const auto byte = static_cast<std::uint8_t>(text.front());
  text.remove_prefix(1);
  return byte;
}

struct Change {
  std::uint8_t column = 0, place = 0, value = 0, action = 0;
};

template <typename T>
void apply(const Change& change, std::vector<T>& column) {
  if (change.action % 8 == 0) column.resize(change.place);
  if (change.action % 8 == 1) column.push_back(static_cast<T>(change.value));
  if (column.empty()) return;
  T& entry = column[change.place % column.size()];
  if (change.action % 8 == 2) std::memset(&entry, change.value, sizeof(T));
  if (change.action % 8 == 3) entry = static_cast<T>(change.value / 16);
  if (change.action % 8 >= 4) entry = static_cast<T>(change.value);
}

void apply(const Change& change, PriceArrays& arrays) {
  std::size_t number = 0;
  const auto visit = [&](std::string_view, auto& column) {
    if (number++ == change.column) apply(change, column);
    return base::Status();
  };
  must(content::each_column(visit, arrays).ok(), "columns are visited");
}

void check_estimate(const PriceEstimator& estimator, const content::PricedPost& post) {
  const Estimate estimate = estimator.estimate(post);
  must(estimate.far_low_cents > 0 && estimate.far_low_cents <= estimate.low_cents,
       "the far interval holds the other");
  must(estimate.low_cents <= estimate.high_cents && estimate.high_cents <= estimate.far_high_cents,
       "bounds are in order");
  for (const content::OptionMove& move : estimate.moves) {
    must(std::isfinite(move.factor) && move.factor > 0, "a factor is a number", move.field);
  }
  for (const content::LikePost& like : estimate.like_posts) {
    must(like.likeness >= 0 && like.likeness <= 1, "likeness is a share", like.id);
  }
}

void judge(const base::Result<PriceEstimator>& prices, std::string_view text) {
  if (!prices.ok()) {
    must(prices.status().message().find("tensor \"") != std::string::npos, "a refusal names the tensor",
         prices.status().message());
    return;
  }
  check_estimate(*prices, {});
  for (content::PricedPost post : content::moves(3, 2)) {
    post.texts = {{"note", std::string(text)}};
    post.numbers.push_back({"distance_km", static_cast<double>(text.size()) * 1e30});
    check_estimate(*prices, post);
  }
  const auto left = prices->left_out();
  must(left.estimated.coverage >= 0 && left.estimated.coverage <= 1, "coverage is a share");
  must(content::check_arrays(prices->arrays()).ok(), "what was taken is given back");
}

void check_file(std::string_view bytes) {
  std::vector<std::uint64_t> aligned(bytes.size() / 8 + 9);
  const auto address = reinterpret_cast<std::uintptr_t>(aligned.data());
  auto* start = reinterpret_cast<std::byte*>((address + 63) / 64 * 64);
  if (!bytes.empty()) std::memcpy(start, bytes.data(), bytes.size());
  const auto weights = artifact::Safetensors::parse({start, bytes.size()});
  if (!weights.ok()) return;
  static const artifact::PackageManifest manifest = content::price_manifest({}, "moving", sample());
  judge(content::read_price_tensors(manifest, *weights), "小心钢琴");
}

void check(std::string_view input) {
  if (input.starts_with(kFileMark)) return check_file(input.substr(1));
  static const PriceArrays kLearnt = sample().arrays();
  PriceArrays arrays = kLearnt;
  for (int changes = take_byte(input) % 16; changes > 0; --changes) {
    Change change;
    for (std::uint8_t* member : {&change.column, &change.place, &change.value, &change.action})
      *member = take_byte(input);
    apply(change, arrays);
  }
  judge(PriceEstimator::over(arrays, {}), input);
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
