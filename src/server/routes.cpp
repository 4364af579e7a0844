#include "server/routes.h"

#include <utility>

namespace inkling::server {

std::vector<Route> all_routes() {
  std::vector<Route> all;
  for (auto family : {event_routes, shopper_routes, item_routes, cart_routes, promotion_routes, quote_routes,
                      edge_routes, scene_routes, tag_routes, template_routes, post_routes, system_routes}) {
    for (auto& route : family()) all.push_back(std::move(route));
  }
  return all;
}

}  // namespace inkling::server
