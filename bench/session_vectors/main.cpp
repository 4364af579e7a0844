// Next items of real visits: session vectors, the co-visits that a world keeps, and popularity, over the same points.
//
//   session_vectors VISITS TEST_FROM_MS SEED [name=value ...]
//
// VISITS has one touch a line, "visit<TAB>ms<TAB>item", in the order of time. Visits that begin from TEST_FROM_MS on
// are tested.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <unordered_map>

#include "base/core/hash.h"
#include "index/world_builder.h"
#include "models/session_vectors/session_vectors_next_item_net.h"
#include "models/session_vectors/session_vectors_skip_gram_net.h"

namespace {

using namespace inkling;
using namespace models::session_vectors;

constexpr std::size_t kMostPoints = 200'000;
constexpr double kItemsToHalf = 2;  // as recall/vectors

struct Line {
  std::string visit;
  std::int64_t ms = 0;
  std::string item;
};

std::vector<Line> read_lines(const char* path) {
  std::vector<Line> lines;
  std::ifstream file(path);
  Line line;
  while (file >> line.visit >> line.ms >> line.item) lines.push_back(line);
  return lines;
}

train::VisitLog visits_of(const std::vector<Line>& lines) {
  train::VisitMaker maker(std::int64_t{1} << 50);  // the data set says where visits end
  for (const Line& line : lines) maker.add(base::name_hash(line.visit), line.ms, {base::name_hash(line.item), false});
  return maker.finish();
}

std::size_t first_from(const train::VisitLog& log, std::int64_t ms) {
  std::size_t first = 0;
  while (first < log.size() && log.starts_ms[first] < ms) ++first;
  return first;
}

// The world as it was when the test began.
std::shared_ptr<const index::World> world_until(const std::vector<Line>& lines, std::int64_t ms) {
  index::WorldBuilder builder;
  std::uint64_t sequence = 0;
  std::unordered_map<std::string, std::int64_t> starts;
  for (const Line& line : lines) {
    if (starts.try_emplace(line.visit, line.ms).first->second >= ms) continue;
    domain::Event event;
    event.ts_ms = line.ms;
    if (!builder.knows(line.item)) {
      domain::Item item;
      item.item = line.item;
      event.body = item;
      builder.fold(++sequence, event);
    }
    domain::Action action;
    action.item = line.item;
    event.shopper = line.visit;
    event.body = action;
    builder.fold(++sequence, event);
  }
  return builder.publish();
}

Found search_co_visits(const index::World& world, std::span<const NextItem> points) {
  Found found;
  std::array<index::Neighbour, index::kMaxCoVisits> room;
  for (const NextItem& point : points) {
    const auto row = world.find_name(point.before.back().item), next = world.find_name(point.item);
    std::optional<std::size_t> rank;
    if (row && next) {
      const auto near = world.similar(*row, std::span(room).first(kBestItems));
      for (std::size_t i = 0; i < near.size(); ++i) {
        if (near[i].row == *next) rank = i + 1;
      }
    }
    found.add(rank);
  }
  return found;
}

bool set(const std::string& assignment, SkipGramOptions& options) {
  const auto equals = assignment.find('=');
  const std::string name = assignment.substr(0, equals);
  const double value = std::strtod(assignment.c_str() + equals + 1, nullptr);
  const auto count = static_cast<std::size_t>(value);
  if (name == "dim") return options.dim = count, true;
  if (name == "window") return options.window = count, true;
  if (name == "negatives") return options.negatives = count, true;
  if (name == "epochs") return options.epochs = count, true;
  if (name == "min_count") return options.min_count = count, true;
  if (name == "learning_rate") return options.learning_rate = value, true;
  if (name == "subsample") return options.subsample = value, true;
  if (name == "negative_power") return options.negative_power = value, true;
  return false;
}

void print(const char* name, const Found& found, const char* behind) {
  std::printf("\"%s\": {\"hr20\": %.6f, \"mrr20\": %.6f}%s", name, found.hit_rate(), found.mean_reciprocal_rank(),
              behind);
}

int run(const std::vector<Line>& lines, std::int64_t from_ms, const SkipGramOptions& options) {
  const train::VisitLog log = visits_of(lines);
  const std::size_t first = first_from(log, from_ms);
  if (first == log.size())
    return std::fprintf(stderr, "no visit begins from %lld on\n", static_cast<long long>(from_ms)), 1;
  const std::clock_t begin = std::clock();
  const auto vectors = fit_skip_gram(log, first, options);
  if (!vectors.ok()) return std::fprintf(stderr, "%s\n", vectors.status().message().c_str()), 1;
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  const auto points = next_items(log, first, *vectors, kMostPoints);
  const auto last = search_near(*vectors, points, 0), mean = search_near(*vectors, points, kItemsToHalf);
  if (!last.ok() || !mean.ok()) return 1;
  std::printf("{\"points\": %zu, \"items\": %zu, \"visits\": %zu, \"touches\": %zu, \"seconds\": %.2f, ",
              points.size(), vectors->rows(), first, log.starts[first], seconds);
  print("last item", *last, ", ");
  print("shopper vector", *mean, ", ");
  print("co-visits", search_co_visits(*world_until(lines, from_ms), points), ", ");
  print("popularity", search_popular(log, first, points), "}\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: session_vectors VISITS TEST_FROM_MS SEED [name=value ...]\n");
    return 2;
  }
  SkipGramOptions options;
  options.seed = std::strtoull(argv[3], nullptr, 10);
  for (int i = 4; i < argc; ++i) {
    if (!set(argv[i], options)) return std::fprintf(stderr, "unknown option %s\n", argv[i]), 2;
  }
  return run(read_lines(argv[1]), std::strtoll(argv[2], nullptr, 10), options);
}
