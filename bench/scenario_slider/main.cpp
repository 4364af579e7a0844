// What the scenes scenario-slider, local-list and similar-posts are worth, and what they cost, in a made-up town.
//   scenario_slider worth SHOPPERS SEED      whether the wanted need is offered, and what a pick leads to
//   scenario_slider cost POSTS REQUESTS SEED how long an answer takes
// Writes one JSON object. Runs in the repository's root: it reads scenes/.
#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

#include "base/files.h"
#include "bench/run_program.h"
#include "bench/scenario_slider/town.h"
#include "scene/fixed_knowledge.h"
#include "scene/runner.h"
#include "scene/scene_file.h"
#include "scene/stage_registry.h"

namespace inkling::bench {
namespace {

namespace json = boost::json;
using base::Result;
using base::Status;

constexpr std::int64_t kFirst = 8;   // scene tags that fit a phone's row
constexpr std::int64_t kPosts = 20;  // posts of a first page
constexpr double kReturns = 0.4;     // shoppers whose earlier visits were about what they want now
constexpr double kViewFits = 0.6;    // how probable it is that a post looked at in this visit serves what is wanted
constexpr double kSearches = 0.15;   // who typed a word of it before

// The shipped scene with other weights, "popular: 0.5, profile: 0.7, live_intent: 1" being its own.
Result<scene::Plan> slider(std::string_view weights) {
  constexpr std::string_view kOwn = "popular: 0.5, profile: 0.7, live_intent: 1";
  INKLING_ASSIGN(std::string text, base::read_file("scenes/scenario-slider/scene.yaml"));
  const std::size_t at = text.find(kOwn);
  if (at == std::string::npos) return base::not_found("scenes/scenario-slider/scene.yaml has other weights now");
  text.replace(at, kOwn.size(), weights);
  return scene::parse_scene(text, "scenario-slider", plugins::stages());
}

struct Shopper {
  std::size_t category = 0;
  std::size_t need = 0;
  state::ShopperState state;
  scene::ToldWords words;
};

class Life {
 public:
  Life(const Town& town, base::Random& random) : town_(town), random_(random) {}

  Shopper draw() {
    Shopper shopper;
    shopper.category = random_.below(town_.categories().size());
    shopper.need = town_.draw_need(shopper.category, random_);
    before(shopper);
    now(shopper);
    return shopper;
  }

 private:
  void before(Shopper& shopper) {
    const bool returns = random_.chance(kReturns);
    for (int visit = 0; visit < 3; ++visit) {
      const std::size_t category = returns ? shopper.category : random_.below(town_.categories().size());
      const std::size_t need = returns ? shopper.need : town_.draw_need(category, random_);
      const std::int64_t at_ms = town_.now_ms() - (9 - 3 * visit) * base::kDayMs;
      for (int view = 0; view < 2; ++view) look(shopper, category, need, at_ms + view * base::kMinuteMs);
    }
  }

  void now(Shopper& shopper) {
    const auto views = static_cast<std::int64_t>(random_.below(4));
    for (std::int64_t view = 0; view < views; ++view) {
      look(shopper, shopper.category, shopper.need, town_.now_ms() - (views - view) * base::kMinuteMs);
    }
    if (!random_.chance(kSearches)) return;
    const auto& tags = town_.categories()[shopper.category].needs[shopper.need].tags;
    domain::Action action;
    action.action = domain::ActionKind::kSearch;
    action.query = town_.tag_word(shopper.category, tags[random_.below(tags.size())]);
    tell(shopper, town_.now_ms() - 1000, std::move(action));
  }

  void look(Shopper& shopper, std::size_t category, std::size_t need, std::int64_t at_ms) {
    domain::Action action;
    action.item =
        (random_.chance(kViewFits) ? town_.draw_post(category, need, random_) : town_.draw_post(category, random_))
            .item;
    action.category = {"town", town_.categories()[category].name};
    tell(shopper, at_ms, std::move(action));
  }

  static void tell(Shopper& shopper, std::int64_t at_ms, domain::Action action) {
    shopper.words.add(at_ms, action);
    state::apply(
        shopper.state,
        {.id = {}, .ts_ms = at_ms, .shopper = "s", .session = {}, .body = std::move(action), .unknown_json = {}});
  }

  const Town& town_;
  base::Random& random_;
};

scene::FixedKnowledge knowledge_of(const Town& town) {
  scene::FixedKnowledge knowledge;
  knowledge.set_world(town.world());
  knowledge.set_tagged_items(town.items());
  return knowledge;
}

scene::Request request_for(std::int64_t size, std::vector<domain::Attribute> context) {
  scene::Request request;
  request.shopper = "s";
  request.size = size;
  request.context = std::move(context);
  return request;
}

// A clock that stands still: no deadline passes because the machine gives the core to somebody else.
class StoppedTime final : public scene::SteadyTime {
 public:
  [[nodiscard]] std::int64_t now_us() const override { return 0; }
};

class Asker {
 public:
  explicit Asker(const Town& town) : town_(town), knowledge_(knowledge_of(town)) {}

  void be(const Shopper& shopper) {
    knowledge_.set_shopper_state(shopper.state);
    knowledge_.set_told_words(shopper.words);
  }
  scene::Answer ask(const scene::Plan& plan, const scene::Request& request) {
    return scene::run(plan, request, knowledge_, {.request_id = "r", .now_ms = town_.now_ms(), .time = time_});
  }

 private:
  const Town& town_;
  scene::FixedKnowledge knowledge_;
  StoppedTime time_;
};

bool has(const scene::Answer& answer, std::string_view item) {
  return std::ranges::any_of(answer.items, [&](const scene::AnswerItem& each) { return each.item == item; });
}

// Of the posts that serve the need (or as many as fit the page), the share that is on the page.
double recall_of(const scene::Answer& answer, const TownCategory& category, std::size_t need) {
  std::size_t fitting = 0, shown = 0;
  for (const Post& post : category.posts) {
    if (std::ranges::find(post.needs, static_cast<int>(need)) == post.needs.end()) continue;
    ++fitting;
    shown += has(answer, post.item) ? 1 : 0;
  }
  const std::size_t possible = std::min(fitting, static_cast<std::size_t>(kPosts));
  return possible == 0 ? 1 : static_cast<double>(shown) / static_cast<double>(possible);
}

Status measure_worth(int shoppers, std::uint64_t seed) {
  const Town town({}, seed);
  INKLING_ASSIGN(const auto popular, slider("popular: 1, profile: 0, live_intent: 0"));
  INKLING_ASSIGN(const auto profile, slider("popular: 0.5, profile: 0.7, live_intent: 0"));
  INKLING_ASSIGN(const auto live, slider("popular: 0.5, profile: 0.7, live_intent: 1"));
  INKLING_ASSIGN(const auto list, scene::load_scene("scenes/local-list", plugins::stages()));
  base::Random random = base::Random::stream(seed, 1);
  Life life(town, random);
  Asker asker(town);
  double offered[3] = {}, picked = 0, unpicked = 0;
  for (int i = 0; i < shoppers; ++i) {
    const Shopper shopper = life.draw();
    asker.be(shopper);
    const TownCategory& category = town.categories()[shopper.category];
    const std::string& want = category.needs[shopper.need].id;
    const auto row = request_for(kFirst, {{"category", category.name}});
    const scene::Plan* plans[3] = {&popular, &profile, &live};
    for (int p = 0; p < 3; ++p) offered[p] += has(asker.ask(*plans[p], row), want) ? 1 : 0;
    picked += recall_of(asker.ask(list, request_for(kPosts, {{"category", category.name}, {"pick", want}})), category,
                        shopper.need);
    unpicked +=
        recall_of(asker.ask(list, request_for(kPosts, {{"category", category.name}})), category, shopper.need);
  }
  const json::value told = {{"shoppers", shoppers},
                            {"popular", offered[0] / shoppers},
                            {"profile", offered[1] / shoppers},
                            {"live_intent", offered[2] / shoppers},
                            {"picked_recall", picked / shoppers},
                            {"default_recall", unpicked / shoppers}};
  std::puts(json::serialize(told).c_str());
  return {};
}

// Of the wall, and of this thread's share of the processor, which does not count what a busy machine gives to others.
double now_us(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

json::value shares_of(std::vector<double>& us) {
  std::ranges::sort(us);
  const auto at = [&](double share) {
    return us[static_cast<std::size_t>(share * static_cast<double>(us.size() - 1))];
  };
  return {{"median", at(0.5)}, {"p99", at(0.99)}, {"largest", us.back()}};
}

json::value costs_of(std::vector<double>& us, std::vector<double>& processor_us) {
  return {{"us", shares_of(us)}, {"processor_us", shares_of(processor_us)}};
}

Status measure_cost(int posts, int requests, std::uint64_t seed) {
  TownSize size;
  size.categories = 50;
  size.posts = posts / size.categories;
  size.tags = 60;
  const Town town(size, seed);
  INKLING_ASSIGN(const auto slide, scene::load_scene("scenes/scenario-slider", plugins::stages()));
  INKLING_ASSIGN(const auto list, scene::load_scene("scenes/local-list", plugins::stages()));
  INKLING_ASSIGN(const auto alike, scene::load_scene("scenes/similar-posts", plugins::stages()));
  base::Random random = base::Random::stream(seed, 1);
  Life life(town, random);
  Asker asker(town);
  std::vector<double> us[4], processor_us[4];
  std::size_t answered = 0;
  const auto time = [&](std::size_t kind, const scene::Plan& plan, const scene::Request& request) {
    const double start = now_us(CLOCK_MONOTONIC), processor_start = now_us(CLOCK_THREAD_CPUTIME_ID);
    const scene::Answer answer = asker.ask(plan, request);
    processor_us[kind].push_back(now_us(CLOCK_THREAD_CPUTIME_ID) - processor_start);
    us[kind].push_back(now_us(CLOCK_MONOTONIC) - start);
    answered += !answer.items.empty() && !answer.degraded ? 1 : 0;
  };
  for (int i = 0; i < requests; ++i) {
    const Shopper shopper = life.draw();
    asker.be(shopper);
    const TownCategory& category = town.categories()[shopper.category];
    time(0, slide, request_for(kFirst, {{"category", category.name}}));
    time(1, slide, request_for(kFirst, {}));
    time(2, list, request_for(kPosts, {{"category", category.name}, {"pick", category.needs[shopper.need].id}}));
    time(3, alike, request_for(kPosts, {{"item", town.draw_post(shopper.category, random).item}}));
  }
  const tag::CarriedTags& carried = town.items()->carried();
  std::size_t tags = 0;
  for (std::uint32_t row = 0; row < carried.rows(); ++row) tags += carried.tags_of(row).size();
  const json::value told = {{"posts", carried.rows()},
                            {"tags_per_post", static_cast<double>(tags) / static_cast<double>(carried.rows())},
                            {"nodes", town.items()->graph().nodes()},
                            {"answered", static_cast<double>(answered) / (4.0 * requests)},
                            {"slider", costs_of(us[0], processor_us[0])},
                            {"slider_anywhere", costs_of(us[1], processor_us[1])},
                            {"picked_list", costs_of(us[2], processor_us[2])},
                            {"similar", costs_of(us[3], processor_us[3])}};
  std::puts(json::serialize(told).c_str());
  return {};
}

Status run(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what == "worth" && argc == 4) return measure_worth(std::atoi(argv[2]), std::strtoull(argv[3], nullptr, 10));
  if (what == "cost" && argc == 5) {
    return measure_cost(std::atoi(argv[2]), std::atoi(argv[3]), std::strtoull(argv[4], nullptr, 10));
  }
  return base::invalid_input("expected: worth SHOPPERS SEED, or cost POSTS REQUESTS SEED");
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("scenario_slider", [&] { return inkling::bench::run(argc, argv); });
}
