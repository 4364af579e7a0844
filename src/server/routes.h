// The routes, one function a family: each stands in its own file beside the handlers that answer it.
#pragma once

#include <vector>

#include "server/route_table.h"

namespace inkling::server {

[[nodiscard]] std::vector<Route> event_routes();      // POST /v1/events
[[nodiscard]] std::vector<Route> shopper_routes();    // GET /v1/shoppers/{id}
[[nodiscard]] std::vector<Route> item_routes();       // GET /v1/items, /v1/items/{item}
[[nodiscard]] std::vector<Route> cart_routes();       // GET, PATCH /v1/carts/{shopper}
[[nodiscard]] std::vector<Route> promotion_routes();  // GET, PUT, DELETE /v1/promotions
[[nodiscard]] std::vector<Route> quote_routes();      // POST /v1/quote
[[nodiscard]] std::vector<Route> edge_routes();       // GET /v1/models/{model}/edge
[[nodiscard]] std::vector<Route> scene_routes();      // POST /v1/scenes/{scene}
[[nodiscard]] std::vector<Route> tag_routes();        // /v1/tags
[[nodiscard]] std::vector<Route> template_routes();   // /v1/templates
[[nodiscard]] std::vector<Route> post_routes();       // PUT, DELETE /v1/posts/{post}
[[nodiscard]] std::vector<Route> system_routes();     // models, health, metrics, openapi

[[nodiscard]] std::vector<Route> all_routes();

}  // namespace inkling::server
