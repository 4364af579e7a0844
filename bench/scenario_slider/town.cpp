#include "bench/scenario_slider/town.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "scene/replay_tags.h"
#include "tag/tag_graph_builder.h"

namespace inkling::bench {
namespace {

using tag::EdgeType;
using tag::NodeKind;

constexpr double kSaysItsTags = 0.7;     // how probable it is that a post says a tag of a need that it serves
constexpr double kSaysOtherTags = 0.06;  // and any other tag of its category
constexpr double kSaysGeneralTags = 0.4;
constexpr double kEdgeNoise = 0.15;   // served_by edges that mining made of nothing, as a share of the true ones
constexpr double kEdgeMissed = 0.15;  // and those that it did not find

template <typename T>
T must(base::Result<T> result) {
  if (!result.ok()) std::abort();
  return *std::move(result);
}
void must(const base::Status& status) {
  if (!status.ok()) std::abort();
}

std::string name_of(std::string_view kind, std::size_t category, int number) {
  return std::string(kind) + std::to_string(category) + "x" + std::to_string(number);
}

}  // namespace

Town::Town(const TownSize& size, std::uint64_t seed) {
  base::Random random(seed);
  plant(size, random);
  open(size, random);
}

std::string Town::tag_word(std::size_t category, int tag) const {
  return name_of("tag", category, tag);
}

void Town::plant(const TownSize& size, base::Random& random) {
  const auto draw = [&](int below) { return static_cast<int>(random.below(static_cast<std::uint64_t>(below))); };
  for (std::size_t c = 0; c < static_cast<std::size_t>(size.categories); ++c) {
    TownCategory& category = categories_.emplace_back();
    category.name = "category" + std::to_string(c);
    double all = 0;
    for (int n = 0; n < size.needs; ++n) {
      Need& need = category.needs.emplace_back();
      need.id = "need/" + name_of("need", c, n);
      need.wanted = 1.0 / (1 + n);
      all += need.wanted;
      while (need.tags.size() < 4) {
        const int tag = draw(size.tags);
        if (std::ranges::find(need.tags, tag) == need.tags.end()) need.tags.push_back(tag);
      }
    }
    for (Need& need : category.needs) need.wanted /= all;
    for (int p = 0; p < size.posts; ++p) {
      Post& post = category.posts.emplace_back();
      post.item = name_of("post", c, p);
      for (int i = 0; i < 2; ++i) post.needs.push_back(draw(size.needs));
    }
  }
}

std::string Town::text_of(const TownSize& size, std::size_t category, const Post& post, base::Random& random) const {
  std::string text;
  const auto say = [&](const std::string& word) { text += (text.empty() ? "" : ", ") + word; };
  for (int tag = 0; tag < size.tags; ++tag) {
    const bool is_its = std::ranges::any_of(post.needs, [&](int need) {
      const auto& tags = categories_[category].needs[static_cast<std::size_t>(need)].tags;
      return std::ranges::find(tags, tag) != tags.end();
    });
    if (random.chance(is_its ? kSaysItsTags : kSaysOtherTags)) say(tag_word(category, tag));
  }
  for (int tag = 0; tag < size.general_tags; ++tag) {
    if (random.chance(kSaysGeneralTags)) say("general" + std::to_string(tag));
  }
  return text;
}

// The graph as mining might find it: edges too many and too few, weights that are no truth.
scene::LiveTags Town::mined(const TownSize& size, base::Random& random) const {
  tag::TagGraphBuilder builder;
  for (std::size_t c = 0; c < categories_.size(); ++c) {
    const TownCategory& category = categories_[c];
    const auto page = must(builder.add({NodeKind::kCategory, category.name, ""}));
    std::vector<tag::TagGraphBuilder::Handle> tags;
    for (int t = 0; t < size.tags; ++t) {
      tags.push_back(must(builder.add({NodeKind::kTag, tag_word(c, t), ""})));
      builder.add_count(tags.back(), tag::Source::kTitle, 1 + static_cast<std::uint32_t>(random.below(100)));
      must(
          builder.add_edge(tags.back(), page, EdgeType::kInCategory, static_cast<float>(random.uniform(0.3, 1)), {}));
    }
    for (const Need& need : category.needs) {
      const auto node = must(builder.add({NodeKind::kNeed, need.id.substr(5), ""}));
      must(builder.add_edge(node, page, EdgeType::kNeedOf, static_cast<float>(random.uniform(0.5, 1)), {}));
      for (const int t : need.tags) {
        if (random.chance(kEdgeMissed)) continue;
        must(builder.add_edge(node, tags[static_cast<std::size_t>(t)], EdgeType::kServedBy,
                              static_cast<float>(random.uniform(0.4, 1)), {}));
      }
      for (std::size_t i = 0; i < need.tags.size(); ++i) {
        if (!random.chance(kEdgeNoise)) continue;
        must(builder.add_edge(node, tags[random.below(tags.size())], EdgeType::kServedBy,
                              static_cast<float>(random.uniform(0.1, 0.6)), {}));
      }
    }
  }
  for (int t = 0; t < size.general_tags; ++t) {
    const auto node = must(builder.add({NodeKind::kTag, "general" + std::to_string(t), ""}));
    builder.add_count(node, tag::Source::kTitle, 1000);
    for (const TownCategory& category : categories_) {
      const auto page = must(builder.find({NodeKind::kCategory, category.name, ""}));
      must(builder.add_edge(node, page, EdgeType::kInCategory, 0.5F, {}));
    }
  }
  return scene::live_tags(must(tag::TagGraph::make(must(builder.arrays()))), "town");
}

void Town::open(const TownSize& size, base::Random& random) {
  index::WorldBuilder builder;
  std::vector<domain::Event> items;
  std::uint64_t sequence = 0;
  for (std::size_t c = 0; c < categories_.size(); ++c) {
    for (const Post& post : categories_[c].posts) {
      domain::Item facts;
      facts.item = post.item;
      facts.kind = domain::ItemKind::kPost;
      facts.category = {"town", categories_[c].name};
      facts.title = text_of(size, c, post, random);
      items.push_back(
          {.id = {}, .ts_ms = 1, .shopper = {}, .session = {}, .body = std::move(facts), .unknown_json = {}});
      builder.fold(++sequence, items.back());
    }
  }
  for (int i = 0; i < size.passers_by; ++i) {
    const std::size_t c = random.below(categories_.size());
    domain::Action action;
    action.item = draw_post(c, draw_need(c, random), random).item;
    builder.fold(++sequence, {.id = {},
                              .ts_ms = kNowMs - static_cast<std::int64_t>(random.below(1'000'000)),
                              .shopper = "p" + std::to_string(i),
                              .session = {},
                              .body = std::move(action),
                              .unknown_json = {}});
  }
  world_ = builder.publish();
  items_ = scene::tag_items(mined(size, random), *world_, items);
}

std::size_t Town::draw_need(std::size_t category, base::Random& random) const {
  double left = random.uniform();
  const auto& needs = categories_[category].needs;
  for (std::size_t n = 0; n + 1 < needs.size(); ++n) {
    left -= needs[n].wanted;
    if (left < 0) return n;
  }
  return needs.size() - 1;
}

const Post& Town::draw_post(std::size_t category, std::size_t need, base::Random& random) const {
  const auto& posts = categories_[category].posts;
  std::vector<const Post*> fitting;
  for (const Post& post : posts) {
    if (std::ranges::find(post.needs, static_cast<int>(need)) != post.needs.end()) fitting.push_back(&post);
  }
  return fitting.empty() ? draw_post(category, random) : *fitting[random.below(fitting.size())];
}

const Post& Town::draw_post(std::size_t category, base::Random& random) const {
  const auto& posts = categories_[category].posts;
  return posts[random.below(posts.size())];
}

}  // namespace inkling::bench
