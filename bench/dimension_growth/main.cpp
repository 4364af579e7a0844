// Hides most words of hand-made lists and grows them back, for bench/figures/dimension-growth.
//   dimension_growth learn TEXTS LISTS OUT SEED [PRETRAINED]       vectors of the lists' words (and all others) to
//   OUT dimension_growth grow VECTORS LISTS SEED THRESHOLD MARGIN NEAREST ROUNDS   one JSON object
// TEXTS: one a line. LISTS: a JSON object: industry -> dimension -> words. Of each list a fifth stays as seeds, drawn
// by SEED; the rest is asked for.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "base/core/json.h"
#include "base/core/random.h"
#include "base/files.h"
#include "bench/run_program.h"
#include "mining/dimensions/grow.h"
#include "mining/dimensions/sentences.h"
#include "mining/vectors/skip_gram.h"

namespace inkling::bench {
namespace {

using base::Json;

constexpr double kSeedShare = 0.2;

struct Industry {
  std::string name;
  std::vector<std::string> dimensions;
  std::vector<std::vector<std::string>> words;  // by dimension, as named in vectors
};

base::Result<std::vector<Industry>> read_lists(const std::string& path) {
  INKLING_ASSIGN(const std::string text, base::read_file(path));
  INKLING_ASSIGN(const Json lists, Json::parse(text));
  std::vector<Industry> industries;
  for (const base::JsonMember& industry : *lists.if_object()) {
    Industry& made = industries.emplace_back();
    made.name = industry.key;
    for (const base::JsonMember& dimension : *industry.value.if_object()) {
      made.dimensions.push_back(dimension.key);
      std::set<std::string> words;
      for (const Json& word : *dimension.value.if_array()) words.insert(dimensions::word_token(*word.if_text()));
      made.words.emplace_back(words.begin(), words.end());
    }
  }
  return industries;
}

base::Status learn(const std::string& texts, const std::string& lists, const std::string& out, int seed,
                   const std::string& pretrained) {
  INKLING_ASSIGN(const auto industries, read_lists(lists));
  std::vector<std::string> words;
  for (const Industry& industry : industries) {
    for (const auto& each : industry.words) words.insert(words.end(), each.begin(), each.end());
  }
  INKLING_ASSIGN(auto maker, dimensions::SentenceMaker::make(words));
  INKLING_ASSIGN(const std::string text, base::read_file(texts));
  std::istringstream lines(text);
  std::vector<std::string> sentences;
  for (std::string line; std::getline(lines, line);) maker.add(line, sentences);
  vectors::SkipGramOptions options;
  options.longest_part = 2;
  options.seed = seed;
  options.pretrained = pretrained;
  INKLING_ASSIGN(const vectors::WordVectors learnt, vectors::learn_skip_gram(sentences, words, options));
  return learnt.write(out);
}

struct Hidden {
  std::vector<std::vector<std::string>> seeds;
  std::vector<std::string> words;
  std::vector<std::uint32_t> dimension;  // of each word
};

Hidden hide(const Industry& industry, base::Random& random) {
  Hidden hidden;
  for (std::uint32_t i = 0; i < industry.words.size(); ++i) {
    std::vector<std::string> words = industry.words[i];
    for (std::size_t j = words.size(); j > 1; --j) std::swap(words[j - 1], words[random.below(j)]);
    const auto kept =
        std::max<std::size_t>(2, static_cast<std::size_t>(kSeedShare * static_cast<double>(words.size())));
    hidden.seeds.emplace_back(words.begin(),
                              words.begin() + static_cast<std::ptrdiff_t>(std::min(kept, words.size())));
    for (std::size_t j = kept; j < words.size(); ++j) {
      hidden.words.push_back(words[j]);
      hidden.dimension.push_back(i);
    }
  }
  return hidden;
}

struct Tally {
  std::size_t placed = 0, right = 0, hidden = 0;
  [[nodiscard]] Json json() const {
    const auto share = [](std::size_t part, std::size_t of) {
      return of == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(of);
    };
    return Json::object().set("precision", share(right, placed)).set("recall", share(right, hidden));
  }
};

Json grow_one(const Industry& industry, const vectors::WordVectors& known, const dimensions::GrowthOptions& options,
              base::Random& random) {
  const Hidden hidden = hide(industry, random);
  const dimensions::Growth growth = dimensions::grow(known, hidden.seeds, hidden.words, options);
  Tally all{0, 0, hidden.words.size()};
  std::vector<Tally> by_dimension(industry.dimensions.size());
  for (const std::uint32_t dimension : hidden.dimension) ++by_dimension[dimension].hidden;
  Json rounds = Json::array();
  for (std::size_t i = 0; i < growth.placed.size(); ++i) {
    const dimensions::Placement& placement = growth.placed[i];
    const bool right = hidden.dimension[placement.word] == placement.dimension;
    for (Tally* tally : {&all, &by_dimension[placement.dimension]}) {
      ++tally->placed;
      tally->right += right ? 1 : 0;
    }
    if (i + 1 == growth.placed.size() || growth.placed[i + 1].round != placement.round) rounds.push(all.json());
  }
  // Whoever guesses knows how many words each dimension has, and places all.
  double chance = 0;
  Json dimensions = Json::object();
  for (std::size_t i = 0; i < by_dimension.size(); ++i) {
    const double share = static_cast<double>(by_dimension[i].hidden) / static_cast<double>(all.hidden);
    chance += share * share;
    dimensions.set(industry.dimensions[i],
                   by_dimension[i].json().set("hidden", static_cast<std::int64_t>(by_dimension[i].hidden)));
  }
  Json json = all.json();
  json.set("rounds", std::move(rounds)).set("dimensions", std::move(dimensions)).set("chance", chance);
  json.set("hidden", static_cast<std::int64_t>(all.hidden));
  json.set("without_vector", static_cast<std::int64_t>(growth.without_vector.size()));
  return json.set("missing", static_cast<std::int64_t>(growth.missing.size()));
}

base::Status grow(char** argv) {
  INKLING_ASSIGN(const vectors::WordVectors learnt, vectors::WordVectors::read(argv[0]));
  const vectors::WordVectors known = learnt.centred();
  INKLING_ASSIGN(const auto industries, read_lists(argv[1]));
  dimensions::GrowthOptions options;
  options.threshold = std::atof(argv[3]);
  options.margin = std::atof(argv[4]);
  options.nearest = std::strtoull(argv[5], nullptr, 10);
  options.rounds = std::strtoull(argv[6], nullptr, 10);
  base::Random random(std::strtoull(argv[2], nullptr, 10));
  Json json = Json::object();
  for (const Industry& industry : industries) json.set(industry.name, grow_one(industry, known, options, random));
  std::printf("%s\n", json.to_text().c_str());
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  return inkling::bench::run_program("dimension_growth", [&]() -> inkling::base::Status {
    if (mode == "learn" && (argc == 6 || argc == 7)) {
      return inkling::bench::learn(argv[2], argv[3], argv[4], std::atoi(argv[5]), argc == 7 ? argv[6] : "");
    }
    if (mode == "grow" && argc == 9) return inkling::bench::grow(argv + 2);
    return inkling::base::invalid_input(
        "expected learn TEXTS LISTS OUT SEED [PRETRAINED], or grow VECTORS LISTS SEED THRESHOLD MARGIN NEAREST "
        "ROUNDS.");
  });
}
