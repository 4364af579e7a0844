// The training half of the add-on ranker (train/ranking_half.h). Thread safety and failure: see there.
#pragma once

#include "models/add_on_gbdt/add_on_gbdt_ranker_net.h"
#include "train/ranking_half.h"

namespace inkling::models::add_on_gbdt {

[[nodiscard]] const train::RankingHalf& ranking_half();

}  // namespace inkling::models::add_on_gbdt
