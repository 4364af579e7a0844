// Which categories are really several: the posts of a group of categories are joined by three layers of edges, each
// scaled to the same sum of weights, and its communities are its parts:
//   behaviour  posts that shoppers click or convert on one soon after the other in a session; conversions weigh more
//   vectors    posts that random walks over that graph see in the same company (DeepWalk): the nearest by cosine
//   hyponyms   posts whose titles name the same kind, by a knowledge file
// Parts whose vectors are alike are joined again, and a group is split only where the behaviour layer has clearly
// more weight inside its parts than the best parts of graphs with the same degrees but chance edges have. Not for
// merging (category_groups.h).
//
// Deterministic. Thread safety: pure. Cost: walks over all posts, once; of each group the square of its posts.
// Failure: kIo where there is no room for temporary files.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "mining/categories/behaviour.h"
#include "mining/categories/knowledge.h"
#include "mining/categories/weighted_graph.h"
#include "mining/vectors/word_vectors.h"

namespace inkling::categories {

enum class SplitSignal : std::uint8_t { kBehaviour, kVectors, kHyponyms };
inline constexpr std::array<std::string_view, 3> kSplitSignalNames = {"behaviour", "vectors", "hyponyms"};
inline constexpr std::size_t kSplitSignals = kSplitSignalNames.size();

struct SplitOptions {
  std::array<double, kSplitSignals> weight = {1, 1, 1};  // 0: the signal is not asked
  std::size_t least_posts = 5;                           // of a part
  double least_share = 0.08;                             // of a group's posts in a part
  double alike = 0.95;                                   // cosine from which two parts are one
  double least_excess = 0.1;                             // of modularity over graphs of chance
  std::uint64_t seed = 1;
};

struct Part {
  std::vector<std::uint32_t> posts;
  std::string kind;       // the hyponym that its titles name; "": none stands out
  double kind_share = 0;  // of its titles that do
};

struct GroupSplit {
  std::vector<Part> parts;       // one when the group stays whole
  double modularity = 0;         // of the parts found, in the behaviour layer
  double chance_modularity = 0;  // the mean over graphs of chance
};

// Posts beside each other in sessions, of all categories, and what walks over them say: the same for all groups.
struct PostCompany {
  WeightedGraph graph;
  vectors::WordVectors vectors;  // by node_word()
};
[[nodiscard]] base::Result<PostCompany> post_company(const Behaviour& behaviour, std::uint64_t seed);

// Which kinds each title names, as numbers of `kinds`; those of `doubtful` posts name none.
struct NamedKinds {
  std::vector<std::string> kinds;
  std::vector<std::vector<std::uint32_t>> of_post;
};
[[nodiscard]] NamedKinds named_kinds(const Behaviour& behaviour, const Knowledge& knowledge,
                                     const std::vector<bool>& doubtful);

// By group. `group_of_category` numbers them from 0 to groups - 1.
[[nodiscard]] std::vector<GroupSplit> split_groups(const Behaviour& behaviour, const PostCompany& company,
                                                   const NamedKinds& named,
                                                   std::span<const std::uint32_t> group_of_category,
                                                   std::uint32_t groups, const SplitOptions& options);

}  // namespace inkling::categories
