#include "apps/cli/price_training.h"

#include <fmt/format.h>

#include <vector>

#include "apps/cli/priced_posts.h"
#include "base/core/suggest.h"
#include "base/system_clock.h"
#include "content/price_package.h"
#include "registry/registry.h"

namespace inkling::cli {
namespace {

using artifact::PackageManifest;
using base::Result;
using base::Status;
using content::PricedPost;

// Settings are chosen on so many at most: choosing takes some fifty times as long as learning.
constexpr std::size_t kChosenOn = 1000;

Result<content::Template> find_template(const std::vector<content::Template>& templates,
                                        const PriceRequest& request) {
  std::vector<std::string> known;
  for (const content::Template& form : templates) {
    known.push_back(form.id);
    if (form.id != request.template_id) continue;
    if (!form.price.empty()) return form;
    return base::invalid_input("--prices " + form.id + ": the template names no price field");
  }
  return base::not_found("--prices " + request.template_id + ": " + request.templates + " has no such template; " +
                         base::expected_one_of(request.template_id, known));
}

Result<PricedPosts> read_posts(const PriceRequest& request, const content::Template& form,
                               const std::vector<content::Template>& all, Console& console) {
  if (!request.posts.empty()) return posts_of_file(form, all, request.posts);
  INKLING_ASSIGN(const DataFolder folder, open_existing_data_folder(request.data, console));
  return journaled_posts(form, *folder.store);
}

void say_posts(const PricedPosts& found, Console& console) {
  console.say(fmt::format("{} posts with a price", found.posts.size()));
  for (const auto& [kind, left_out] : found.left_out) {
    console.say(fmt::format("  {} left out: {}; first {}", left_out.count, kind, left_out.first));
  }
  if (found.older > 0) console.say(fmt::format("  {} older ones left out: the newest teach", found.older));
}

// Evenly over all of them.
std::vector<PricedPost> some_of(const std::vector<PricedPost>& posts) {
  if (posts.size() <= kChosenOn) return posts;
  std::vector<PricedPost> some;
  for (std::size_t i = 0; i < kChosenOn; ++i) some.push_back(posts[i * posts.size() / kChosenOn]);
  return some;
}

void say_figures(const content::LeftOutFigures& left, Console& console) {
  console.say(fmt::format("each post estimated without it: {:.1f} % inside, width {:.2f} (median {:.2f})",
                          100 * left.estimated.coverage, left.estimated.mean_width_cents / 100,
                          left.estimated.median_width_cents / 100));
  console.say(fmt::format("10 % to 90 % of all prices:     {:.1f} % inside, width {:.2f}",
                          100 * left.quantiles.coverage, left.quantiles.mean_width_cents / 100));
  if (left.estimated.mean_width_cents < left.quantiles.mean_width_cents) return;
  console.say("no narrower than that: what these posts tell says little about their prices");
}

Status publish_prices(const PriceRequest& request, const PackageManifest& manifest, Console& console) {
  const registry::Registry registry(request.data);
  INKLING_TRY(registry.publish(manifest.name, manifest.version, manifest.created_ms));
  INKLING_ASSIGN(const auto live, registry.live(manifest.name));
  const bool promote =
      request.publish == Publish::kLive || (request.publish == Publish::kWhenNoneIsLive && !live.has_value());
  if (promote) INKLING_TRY(registry.promote(manifest.name, manifest.version, manifest.created_ms));
  console.say(fmt::format("{} {} is {}", manifest.name, manifest.version,
                          promote ? "live" : "a candidate; inkling models promote makes it live"));
  return {};
}

}  // namespace

Result<PackageManifest> train_prices(const PriceRequest& request, Console& console) {
  INKLING_ASSIGN(const auto templates, content::load_templates(request.templates));
  INKLING_ASSIGN(const content::Template form, find_template(templates, request));
  INKLING_ASSIGN(const PricedPosts found, read_posts(request, form, templates, console));
  say_posts(found, console);
  const std::vector<PricedPost> posts(found.posts.begin(), found.posts.end());
  INKLING_ASSIGN(content::PriceSettings settings, content::PriceEstimator::choose(some_of(posts)));
  INKLING_ASSIGN(const auto estimator, content::PriceEstimator::learn(posts, std::move(settings)));
  say_figures(estimator.left_out(), console);
  PackageManifest manifest;
  manifest.created_ms = base::SystemClock().now_ms();
  manifest = content::price_manifest(std::move(manifest), form.id, estimator);
  INKLING_ASSIGN(manifest.version, registry::Registry(request.data).next_version(manifest.name));
  INKLING_ASSIGN(auto tensors, content::price_tensors(estimator));
  INKLING_TRY(artifact::write_package(request.data, manifest, std::move(tensors)).status());
  INKLING_TRY(publish_prices(request, manifest, console));
  return manifest;
}

}  // namespace inkling::cli
