// The page beside a graph that categories were mined for: what is one and which signal says so, what is several, what
// people need and which tags stand for it, scenes, and which categories may be missing. Thread safety: pure.
#pragma once

#include <string>

#include "mining/categories/behaviour_reader.h"
#include "mining/categories/category_findings.h"

namespace inkling::cli {

// `graph` is the one that the findings' tags are rows of.
[[nodiscard]] std::string mine_categories_page(const categories::BehaviourLog& log,
                                               const categories::Knowledge& knowledge,
                                               const categories::CategoryFindings& findings,
                                               const tag::TagGraph& graph);

}  // namespace inkling::cli
