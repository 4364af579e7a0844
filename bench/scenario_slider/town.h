// A made-up town of local services with planted needs, for bench/figures/scenario-slider: every need is served by
// some tags, every post serves some needs and says so in words, most of them and not only those. Everything in it is
// drawn from a seed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "index/world_builder.h"
#include "scene/tagged_items.h"

namespace inkling::bench {

struct TownSize {
  int categories = 8;
  int needs = 14;           // of a category
  int tags = 30;            // of a category
  int general_tags = 10;    // that any post may carry
  int posts = 120;          // of a category
  int passers_by = 20'000;  // views of others
};

struct Need {
  std::string id;
  std::vector<int> tags;  // of the category, those that serve it
  double wanted = 0;      // share of the category's people
};

struct Post {
  std::string item;
  std::vector<int> needs;  // that it serves, of its category
};

struct TownCategory {
  std::string name;
  std::vector<Need> needs;
  std::vector<Post> posts;
};

class Town {
 public:
  Town(const TownSize& size, std::uint64_t seed);

  [[nodiscard]] const std::vector<TownCategory>& categories() const { return categories_; }
  [[nodiscard]] const std::shared_ptr<const index::World>& world() const { return world_; }
  [[nodiscard]] const std::shared_ptr<const scene::TaggedItems>& items() const { return items_; }
  [[nodiscard]] std::int64_t now_ms() const { return kNowMs; }
  // A need of the category, as its people want them.
  [[nodiscard]] std::size_t draw_need(std::size_t category, base::Random& random) const;
  // A post that serves it; any when none does.
  [[nodiscard]] const Post& draw_post(std::size_t category, std::size_t need, base::Random& random) const;
  [[nodiscard]] const Post& draw_post(std::size_t category, base::Random& random) const;
  [[nodiscard]] std::string tag_word(std::size_t category, int tag) const;

 private:
  static constexpr std::int64_t kNowMs = 1'735'689'600'000;

  void plant(const TownSize& size, base::Random& random);
  [[nodiscard]] scene::LiveTags mined(const TownSize& size, base::Random& random) const;
  [[nodiscard]] std::string text_of(const TownSize& size, std::size_t category, const Post& post,
                                    base::Random& random) const;
  void open(const TownSize& size, base::Random& random);

  std::vector<TownCategory> categories_;
  std::shared_ptr<const index::World> world_;
  std::shared_ptr<const scene::TaggedItems> items_;
};

}  // namespace inkling::bench
