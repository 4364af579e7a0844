// From a whole request to its response: the route, the handler's steps on their threads, the deadline, the counters.
// Not for bytes on the wire: that is connection.cpp.
#pragma once

#include "server/http_message.h"
#include "server/worker.h"

namespace inkling::server {

// On the worker's thread. Never fails: exceptions of a handler become 500, a passed deadline 503. A store step that
// outlives the deadline runs to its end without anybody waiting for it.
[[nodiscard]] Task<HttpResponse> answer_request(Worker& worker, HttpRequest request);

}  // namespace inkling::server
