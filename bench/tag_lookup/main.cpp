// How large a loaded tag graph is and how fast it answers, for bench/figures/tag-lookup.
//   tag_lookup make DATA TAGS SEED               writes the package of made-up tags
//   tag_lookup measure PACKAGE TAGS SEED ROUNDS  loads it and prints one JSON object
// Answers are held to a table that is made from the tags alone, with none of the graph's code.
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/core/json.h"
#include "bench/tag_lookup/made_up_tags.h"
#include "tag/extractor.h"
#include "tag/tag_package.h"

namespace inkling::bench {
namespace {

using base::Json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kCharacterBytes = 3;  // of all that is made up
constexpr std::size_t kQuestions = 20'000, kTexts = 500, kTextCharacters = 200;

double us_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

// What this thread was computing, whoever else had the core meanwhile.
double processor_us() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t size = 0, resident = 0;
  file >> size >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

struct Share {
  double median = 0, p99 = 0, largest = 0;
  [[nodiscard]] Json json() const {
    return Json::object().set("median", median).set("p99", p99).set("largest", largest);
  }
};

Share share_of(std::vector<double> times) {
  std::ranges::sort(times);
  return {times[times.size() / 2], times[times.size() * 99 / 100], times.back()};
}

// What is known, by the plainest means.
class Plain {
 public:
  explicit Plain(const std::vector<MadeUpTag>& tags) {
    for (const MadeUpTag& tag : tags) {
      surfaces_.insert(tag.name);
      surfaces_.insert(tag.variants.begin(), tag.variants.end());
    }
    for (const std::string& surface : surfaces_) longest_ = std::max(longest_, surface.size());
  }

  [[nodiscard]] bool knows(const std::string& surface) const { return surfaces_.contains(surface); }

  // The same as Extractor, of text that is its own normal form.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> extract(const std::string& text) const {
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t bytes = std::min(longest_, text.size() - begin);
      while (bytes > 0 && !knows(text.substr(begin, bytes))) bytes -= kCharacterBytes;
      if (bytes > 0) parts.emplace_back(begin, begin + bytes);
      begin += std::max(bytes, kCharacterBytes);
    }
    return parts;
  }

 private:
  std::unordered_set<std::string> surfaces_;
  std::size_t longest_ = 0;
};

struct Lookups {
  std::vector<double> us;
  std::vector<double> round_medians;
  std::size_t hits = 0, misses = 0;
  bool right = true;
};

// Half of what is asked is a surface of some tag, half is drawn anew and mostly none.
void look_up(const tag::TagGraph& graph, const std::vector<MadeUpTag>& tags, const Plain& plain, base::Random& random,
             Lookups& lookups) {
  std::vector<std::string> questions;
  for (std::size_t i = 0; i < kQuestions; ++i) {
    const MadeUpTag& tag = tags[random.below(tags.size())];
    const std::uint64_t which = random.below(1 + tag.variants.size());
    if (random.chance(0.5)) {
      questions.push_back(which == 0 ? tag.name : tag.variants[which - 1]);
    } else {
      questions.push_back(made_up_text(random, 2 + random.below(5)));
    }
  }
  std::vector<double> times;
  for (const std::string& question : questions) {
    const auto start = Clock::now();
    const auto row = graph.find(question, tag::kNoRow);
    times.push_back(us_since(start));
    lookups.right = lookups.right && row.has_value() == plain.knows(question);
    ++(row ? lookups.hits : lookups.misses);
  }
  lookups.us.insert(lookups.us.end(), times.begin(), times.end());
  lookups.round_medians.push_back(share_of(std::move(times)).median);
}

// Every tag answers under its own name and industry, and under its variants.
bool all_found(const tag::TagGraph& graph, const std::vector<MadeUpTag>& tags) {
  return std::ranges::all_of(tags, [&](const MadeUpTag& tag) {
    const auto industry = tag.industry.empty() ? std::optional(tag::kNoRow)
                                               : graph.node(tag::NodeKind::kCategory, tag.industry, tag::kNoRow);
    const auto row = industry ? graph.node(tag::NodeKind::kTag, tag.name, *industry) : std::nullopt;
    if (!row || graph.name(*row) != tag.name) return false;
    return std::ranges::all_of(tag.variants, [&](const std::string& variant) {
      return std::ranges::find(graph.find(variant), *row) != graph.find(variant).end();
    });
  });
}

struct Extraction {
  std::vector<double> us, processor_us;
  std::size_t matches = 0;
  bool right = true;
};

// 200 characters, of which about half are surfaces.
std::string some_post(const std::vector<MadeUpTag>& tags, base::Random& random) {
  std::string text;
  while (text.size() < kTextCharacters * kCharacterBytes) {
    text += random.chance(0.5) ? tags[random.below(tags.size())].name : made_up_text(random, 1 + random.below(6));
  }
  text.resize(kTextCharacters * kCharacterBytes);
  return text;
}

void extract(const tag::TagGraph& graph, const std::vector<MadeUpTag>& tags, const Plain& plain, base::Random& random,
             Extraction& extraction) {
  tag::Extractor extractor;
  for (std::size_t i = 0; i < kTexts; ++i) {
    const std::string text = some_post(tags, random);
    const double processor_start = processor_us();
    const auto start = Clock::now();
    const auto matches = extractor.extract(graph, text, tag::kNoRow);
    extraction.us.push_back(us_since(start));
    extraction.processor_us.push_back(processor_us() - processor_start);
    const auto expected = plain.extract(text);
    extraction.matches += matches.size();
    extraction.right = extraction.right && std::ranges::equal(matches, expected, {}, [](const tag::TagMatch& match) {
                         return std::pair<std::size_t, std::size_t>(match.begin, match.end);
                       });
  }
}

Share completion_times(const tag::TagGraph& graph, base::Random& random) {
  std::vector<double> times;
  for (int i = 0; i < 2000; ++i) {
    const std::string prefix = made_up_text(random, 1 + random.below(2));
    const auto start = Clock::now();
    const auto rows = graph.complete(prefix, 10);
    times.push_back(us_since(start));
  }
  return share_of(std::move(times));
}

base::Status make(const std::string& data, std::size_t count, std::uint64_t seed) {
  INKLING_ASSIGN(const tag::TagArrays arrays, made_up_graph(made_up_tags(count, seed), seed));
  artifact::PackageManifest manifest;
  manifest.version = "v1";
  manifest.seed = seed;
  return write_tag_package(data, manifest, arrays).status();
}

base::Status measure(const std::string& package, std::size_t count, std::uint64_t seed, int rounds) {
  const std::int64_t before = resident_bytes();
  const auto start = Clock::now();
  INKLING_ASSIGN(const tag::TagGraph graph, tag::open_tag_package(package));
  const double load_s = us_since(start) * 1e-6;
  const std::int64_t grown = resident_bytes() - before;
  const std::vector<MadeUpTag> tags = made_up_tags(count, seed);
  const Plain plain(tags);
  base::Random random = base::Random::stream(seed, 2);
  Lookups lookups;
  Extraction extraction;
  for (int round = 0; round < rounds; ++round) {
    look_up(graph, tags, plain, random, lookups);
    extract(graph, tags, plain, random, extraction);
  }
  Json json = Json::object();
  json.set("nodes", static_cast<std::int64_t>(graph.nodes()))
      .set("surfaces", static_cast<std::int64_t>(graph.surfaces()));
  json.set("edges", static_cast<std::int64_t>(graph.edge_count())).set("load_s", load_s).set("resident_bytes", grown);
  json.set("all_found", all_found(graph, tags)).set("lookups_right", lookups.right);
  json.set("hits", static_cast<std::int64_t>(lookups.hits)).set("misses", static_cast<std::int64_t>(lookups.misses));
  json.set("lookup_us", share_of(lookups.us).json());
  Json medians = Json::array();
  for (const double median : lookups.round_medians) medians.push(median);
  json.set("lookup_round_us", std::move(medians)).set("extraction_right", extraction.right);
  json.set("matches", static_cast<std::int64_t>(extraction.matches))
      .set("extraction_us", share_of(extraction.us).json());
  json.set("extraction_processor_us", share_of(extraction.processor_us).json());
  json.set("texts", static_cast<std::int64_t>(extraction.us.size()));
  json.set("completion_us", completion_times(graph, random).json());
  std::printf("%s\n", json.to_text().c_str());
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  const bool makes = mode == "make" && argc == 5, measures = mode == "measure" && argc == 6;
  if (!makes && !measures) {
    std::fprintf(stderr, "tag_lookup: expected make DATA TAGS SEED, or measure PACKAGE TAGS SEED ROUNDS\n");
    return 2;
  }
  const auto count = std::strtoull(argv[3], nullptr, 10), seed = std::strtoull(argv[4], nullptr, 10);
  const auto status = makes ? inkling::bench::make(argv[2], count, seed)
                            : inkling::bench::measure(argv[2], count, seed, std::atoi(argv[5]));
  if (!status.ok()) std::fprintf(stderr, "tag_lookup: %s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
