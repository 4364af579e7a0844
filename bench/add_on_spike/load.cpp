#include "bench/add_on_spike/load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <deque>
#include <memory>
#include <span>
#include <utility>

#include "base/core/random.h"

namespace inkling::bench {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr int kMostEvents = 256;
constexpr std::int64_t kMostWaitUs = 10'000;

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

struct Due {
  std::int64_t at_us = 0;
  std::size_t phase = 0;
};

struct Connection {
  int socket = -1;
  bool connected = false;
  const std::string* to_send = nullptr;  // once it is connected
  bool busy = false;
  Due due;
  std::int64_t times_out_us = 0;
  std::string received;
};

// The next answer at the start of `received`: its status and body; false while it is not whole.
bool whole_answer(const std::string& received, unsigned& status, std::string_view& body) {
  constexpr std::string_view kLength = "Content-Length: ";
  const std::size_t end = received.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  const std::size_t at = received.find(kLength);
  std::size_t length = 0;
  if (at < end) std::from_chars(received.data() + at + kLength.size(), received.data() + end, length);
  if (received.size() < end + 4 + length) return false;
  std::from_chars(received.data() + 9, received.data() + 12, status);
  body = std::string_view(received).substr(end + 4, length);
  return true;
}

class Load {
 public:
  Load(const LoadOptions& options, const std::vector<std::string>& requests, const std::vector<Phase>& phases)
      : options_(options), requests_(requests), phases_(phases), tallies_(phases.size()), random_(options.seed) {
    epoll_ = ::epoll_create1(0);
  }
  ~Load() {
    for (const auto& connection : connections_) drop(*connection);
    ::close(epoll_);
  }

  void run(const std::function<void(const Phase&, const Tally&)>& done) {
    for (std::size_t i = 0; i < phases_.size(); ++i) {
      phases_[i].closed_loop > 0 ? run_closed(i) : run_open(i);
      // The next phase begins with what is left of this one under way; it is told once that was answered.
      while (is_under_way(i)) turn(now_us() + 1000);
      done(phases_[i], tallies_[i]);
    }
  }

 private:
  void run_open(std::size_t phase) {
    const Phase& plan = phases_[phase];
    const std::int64_t start_us = now_us();
    double at_s = 0;
    while (true) {
      // By the rate of that moment; a phase that begins at nothing begins with one a second.
      const double rate = plan.from_rate + (plan.to_rate - plan.from_rate) * at_s / plan.seconds;
      at_s += -std::log(1 - random_.uniform()) / std::max(rate, 1.0);
      if (at_s >= plan.seconds) break;
      const std::int64_t due_us = start_us + static_cast<std::int64_t>(at_s * 1e6);
      while (now_us() < due_us) turn(due_us);
      tallies_[phase].most_late_us = std::max(tallies_[phase].most_late_us, now_us() - due_us);
      ++tallies_[phase].due;
      ask({due_us, phase});
      if (++since_turn_ >= kAskedBetweenTurns) turn(0);
    }
    const std::int64_t end_us = start_us + static_cast<std::int64_t>(plan.seconds * 1e6);
    while (now_us() < end_us) turn(end_us);
  }

  void run_closed(std::size_t phase) {
    const std::int64_t end_us = now_us() + static_cast<std::int64_t>(phases_[phase].seconds * 1e6);
    while (now_us() < end_us) {
      while (busy_ < phases_[phase].closed_loop) {
        ++tallies_[phase].due;
        ask({now_us(), phase});
      }
      turn(end_us);
    }
  }

  [[nodiscard]] bool is_under_way(std::size_t phase) const {
    for (const auto& connection : connections_) {
      if (connection->busy && connection->due.phase == phase) return true;
    }
    return !waiting_.empty() && waiting_.front().phase <= phase;
  }

  void ask(Due due) {
    Connection* free = free_connection();
    free == nullptr ? waiting_.push_back(due) : send(*free, due);
  }

  Connection* free_connection() {
    if (!free_.empty()) {
      Connection* connection = free_.back();
      free_.pop_back();
      return connection;
    }
    if (connections_.size() >= options_.connections) return nullptr;
    return connections_.emplace_back(std::make_unique<Connection>()).get();
  }

  void send(Connection& connection, Due due) {
    connection.due = due;
    connection.busy = true;
    ++busy_;
    connection.times_out_us = due.at_us + options_.timeout_ms * 1000;
    connection.received.clear();
    if (connection.socket < 0 && !open(connection)) return lose(connection);
    connection.to_send = &requests_[next_request_++ % requests_.size()];
    if (connection.connected) write(connection);
  }

  // Smaller than any socket's buffer, and the connection has nothing under way.
  void write(Connection& connection) {
    const std::string& request = *std::exchange(connection.to_send, nullptr);
    const auto sent = ::send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(request.size())) lose(connection);
  }

  bool open(Connection& connection) {
    connection.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(options_.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(connection.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const int begun = ::connect(connection.socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (begun != 0 && errno != EINPROGRESS) return false;
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLET;
    event.data.ptr = &connection;
    return ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event) == 0;
  }

  static void drop(Connection& connection) {
    if (connection.socket >= 0) ::close(connection.socket);
    connection.socket = -1;
    connection.connected = false;
    connection.to_send = nullptr;
  }

  void lose(Connection& connection) {
    ++tallies_[connection.due.phase].broken;
    drop(connection);
    release(connection);
  }

  void release(Connection& connection) {
    connection.busy = false;
    --busy_;
    if (waiting_.empty()) return free_.push_back(&connection);
    const Due due = waiting_.front();
    waiting_.pop_front();
    send(connection, due);
  }

  // Reads what has come, and waits for it until then at most.
  void turn(std::int64_t until_us) {
    since_turn_ = 0;
    const std::int64_t wait_us = until_us - now_us();
    std::array<epoll_event, kMostEvents> events;
    const timespec wait{0, std::clamp<std::int64_t>(wait_us, 0, kMostWaitUs) * 1000};
    const int count = ::epoll_pwait2(epoll_, events.data(), kMostEvents, &wait, nullptr);
    for (const epoll_event& event : std::span(events).first(static_cast<std::size_t>(std::max(count, 0)))) {
      Connection& connection = *static_cast<Connection*>(event.data.ptr);
      if ((event.events & EPOLLOUT) != 0) connection.connected = connection.socket >= 0;
      if (connection.connected && connection.to_send != nullptr) write(connection);
      if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) read(connection);
    }
    if (const std::int64_t now = now_us(); now >= next_look_us_) time_out(now);
  }

  void read(Connection& connection) {
    while (connection.socket >= 0) {
      const auto got = ::recv(connection.socket, buffer_.data(), buffer_.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) break;
      if (got <= 0) return connection.busy ? lose(connection) : drop(connection);  // the next request opens another
      connection.received.append(buffer_.data(), static_cast<std::size_t>(got));
      if (static_cast<std::size_t>(got) < buffer_.size()) break;
    }
    unsigned status = 0;
    std::string_view body;
    if (!connection.busy || !whole_answer(connection.received, status, body)) return;
    tallies_[connection.due.phase].answer(status, body, now_us() - connection.due.at_us);
    if (connection.received.find("Connection: close") < connection.received.find("\r\n\r\n")) drop(connection);
    release(connection);
  }

  // Ten times a second.
  void time_out(std::int64_t now) {
    next_look_us_ = now + 100'000;
    for (const auto& connection : connections_) {
      if (!connection->busy || now < connection->times_out_us) continue;
      ++tallies_[connection->due.phase].timeouts;
      drop(*connection);
      release(*connection);
    }
    while (!waiting_.empty() && now >= waiting_.front().at_us + options_.timeout_ms * 1000) {
      ++tallies_[waiting_.front().phase].timeouts;
      waiting_.pop_front();
    }
  }

  static constexpr int kAskedBetweenTurns = 16;
  const LoadOptions options_;
  const std::vector<std::string>& requests_;
  const std::vector<Phase>& phases_;
  std::vector<Tally> tallies_;
  base::Random random_;
  int epoll_ = -1;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<Connection*> free_;
  std::deque<Due> waiting_;  // for a free connection
  std::size_t busy_ = 0;
  std::size_t next_request_ = 0;
  int since_turn_ = 0;
  std::int64_t next_look_us_ = 0;
  std::array<char, kReadBytes> buffer_{};
};

}  // namespace

void run_load(const LoadOptions& options, const std::vector<std::string>& requests, const std::vector<Phase>& phases,
              const std::function<void(const Phase&, const Tally&)>& done) {
  Load(options, requests, phases).run(done);
}

}  // namespace inkling::bench
