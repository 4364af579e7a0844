#include "server/worker.h"

#include <vector>

#include "server/connection.h"

namespace inkling::server {

namespace {

// Ending a connection may take it out of the set.
std::vector<Connection*> copy_of(const std::unordered_set<Connection*>& connections) {
  return {connections.begin(), connections.end()};
}

}  // namespace

void Worker::drain() {
  if (draining) return;
  draining = true;
  lag.stop();
  work.reset();
  for (Connection* connection : copy_of(connections)) connection->end_when_idle();
  if (connections.empty()) return;
  grace.expires_after(std::chrono::milliseconds(shared.options.stop_grace_ms));
  grace.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    shared.log("stop: " + std::to_string(connections.size()) + " connections outlived the grace and are closed");
    for (Connection* connection : copy_of(connections)) connection->abort();
  });
}

void Worker::remove(Connection& connection) {
  connections.erase(&connection);
  if (draining && connections.empty()) grace.cancel();
}

}  // namespace inkling::server
