// The closed loop: shoppers play against a shop over several connections until the shop closes or enough visits have
// begun. The whole catalogue is told first. Each shopper belongs to one connection, and its events are told in order
// and never before their time, by the pacer's clock. SIMULATED: it proves that the machinery works, and shows models
// a truth to find; nothing of it is about real people.
//
// Thread safety: one caller; a thread a connection is started and joined. Cost: a shopper waits for nobody but their
// connection. Failure: a call that fails for good is counted in the tally and ends that shopper's visit, the rest
// goes on; a Status comes back only when nothing could begin.
#pragma once

#include <functional>
#include <memory>

#include "sim/driver_options.h"
#include "sim/pacer.h"
#include "sim/player.h"
#include "sim/shop.h"
#include "sim/tally.h"

namespace inkling::sim {

// One connection to the shop; called once a connection.
using OpenShop = std::function<std::unique_ptr<Shop>()>;

// `make`: who plays; empty: the shoppers of ordinary days (driven_shopper.h). `tally` may be read meanwhile.
[[nodiscard]] base::Status drive(const DriverOptions& options, const OpenShop& open_shop, Pacer& pacer, Tally& tally,
                                 const MakePlayer& make = {});

}  // namespace inkling::sim
