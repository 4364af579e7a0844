// Bad circumstances, met by the program as its user runs it: a disk that is full or cannot be written, a journal that
// was cut, a clock that went back, far too many connections. Refused or survived, nothing acknowledged lost.
#include <netinet/in.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>

#include "base/core/clock.h"
#include "base/system_clock.h"
#include "server/http_client.h"
#include "store/store.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr const char* kLines = "application/x-ndjson";

std::string view_of(const std::string& id, std::int64_t ts_ms = 5, std::size_t note_bytes = 0) {
  return R"({"type":"action","id":")" + id + R"(","ts_ms":)" + std::to_string(ts_ms) +
         R"(,"shopper":"ann","action":"view","item":"coat","note":")" + std::string(note_bytes, 'x') + "\"}\n";
}

std::string views(const std::string& prefix, int count, std::size_t note_bytes = 0) {
  std::string lines;
  for (int n = 0; n < count; ++n) lines += view_of(prefix + std::to_string(n), 5, note_bytes);
  return lines;
}

// Mounts of this process and its children alone. False: this user may not.
bool own_mounts() {
  static const bool done =
      ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  return done;
}

class Hardship : public Workplace {
 protected:
  ~Hardship() override {
    if (!mounted_.empty()) ::umount2(mounted_.c_str(), MNT_DETACH);
  }

  [[nodiscard]] std::vector<std::string> serving(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {
        "serve", "--data", "data", "--port", "0", "--scenes", source_path("scenes")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  // A server that starts all the same is stopped: nobody would end it.
  [[nodiscard]] Outcome refused() const {
    Program server(folder(), serving());
    return server.await_port() == 0 ? server.wait() : server.stop();
  }
  [[nodiscard]] std::string config_for(std::size_t max_connections) const {
    write("server.yaml", "server: {max_connections: " + std::to_string(max_connections) + "}\n");
    return "server.yaml";
  }
  [[nodiscard]] bool mount_small_disk(const char* size) {
    mounted_ = folder() / "data";
    fs::create_directories(mounted_);
    return ::mount("none", mounted_.c_str(), "tmpfs", 0, size) == 0;
  }
  [[nodiscard]] bool mount_read_only() {
    mounted_ = folder() / "data";
    fs::create_directories(mounted_);
    return ::mount(mounted_.c_str(), mounted_.c_str(), nullptr, MS_BIND, nullptr) == 0 &&
           ::mount("none", mounted_.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }
  // A journal of `count` bodies of one event each, whose server was killed, so that all of it is in the log alone.
  void journal_and_kill(int count) {
    Program server(folder(), serving());
    server::HttpClient client(server.await_port());
    for (int n = 0; n < count; ++n)
      ASSERT_EQ(client.post("/v1/events", view_of("e" + std::to_string(n))).status, 200U);
    server.send(SIGKILL);
    static_cast<void>(server.wait());
  }
  [[nodiscard]] fs::path largest_log() const {
    fs::path largest;
    for (const auto& file : fs::directory_iterator(folder() / "data" / "store")) {
      if (file.path().extension() != ".log") continue;
      if (largest.empty() || file.file_size() > fs::file_size(largest)) largest = file.path();
    }
    return largest;
  }

  std::string mounted_;
};

TEST_F(Hardship, a_full_disk_is_told_and_everything_acknowledged_is_there_when_space_is_free) {
  if (!own_mounts()) GTEST_SKIP() << "needs the right to mount (CAP_SYS_ADMIN)";
  ASSERT_TRUE(mount_small_disk("size=12m"));
  std::uint64_t acknowledged = 0;
  {
    Program server(folder(), serving());
    const std::uint16_t port = server.await_port();
    ASSERT_NE(port, 0);
    server::HttpClient client(port);
    server::ClientAnswer answer;
    for (int n = 0; n < 1000; ++n) {
      answer = client.post("/v1/events", views("b" + std::to_string(n) + "-", 20, 2'000), kLines);
      if (answer.status != 200) break;
      acknowledged += 20;
    }
    EXPECT_EQ(answer.status, 500U);
    EXPECT_THAT(answer.body, HasSubstr("No space left on device"));
    EXPECT_THAT(answer.body, HasSubstr("data/store"));
    const auto next = client.post("/v1/events", view_of("later"));
    EXPECT_EQ(next.status, 500U);
    EXPECT_THAT(next.body, HasSubstr("free or repair the disk, then restart"));
    EXPECT_THAT(client.get("/v1/shoppers/ann").body, HasSubstr("\"event_count\":" + std::to_string(acknowledged)));
    EXPECT_EQ(client.post("/v1/scenes/coupon", R"({"shopper":"ann"})").status, 200U);
    EXPECT_EQ(client.get("/health/live").status, 200U);
    EXPECT_EQ(server.stop().exit_code, kDamagedOrIo) << "the last checkpoint cannot be written";
  }
  EXPECT_GT(acknowledged, 20U);
  ASSERT_EQ(::mount("none", mounted_.c_str(), nullptr, MS_REMOUNT, "size=100m"), 0);
  EXPECT_EQ(journaled("data"), acknowledged);
  Program server(folder(), serving());
  server::HttpClient client(server.await_port());
  EXPECT_EQ(client.post("/v1/events", view_of("later")).status, 200U);
  EXPECT_EQ(server.stop().exit_code, 0);
  EXPECT_EQ(journaled("data"), acknowledged + 1);
}

TEST_F(Hardship, a_disk_that_is_full_from_the_start_is_told) {
  if (!own_mounts()) GTEST_SKIP() << "needs the right to mount (CAP_SYS_ADMIN)";
  ASSERT_TRUE(mount_small_disk("size=1m"));
  std::ofstream(folder() / "data" / "filler") << std::string(2'000'000, 'x');
  expect_refusal(refused(), kDamagedOrIo, {"data/store", "No space left on device"});
}

TEST_F(Hardship, a_read_only_data_folder_is_told) {
  if (!own_mounts()) GTEST_SKIP() << "needs the right to mount (CAP_SYS_ADMIN)";
  journal_one_event("data");
  ASSERT_TRUE(mount_read_only());
  expect_refusal(refused(), kDamagedOrIo, {"data/store", "Read-only file system"});
  ASSERT_EQ(::umount2(mounted_.c_str(), MNT_DETACH), 0);
  EXPECT_EQ(journaled("data"), 1U);
}

TEST_F(Hardship, a_second_server_is_refused_and_the_first_goes_on) {
  Program first(folder(), serving());
  server::HttpClient client(first.await_port());
  EXPECT_EQ(client.post("/v1/events", view_of("e1")).status, 200U);
  expect_refusal(refused(), kConflict, {"data/store is in use by another"});
  EXPECT_EQ(client.post("/v1/events", view_of("e2")).status, 200U);
  first.send(SIGKILL);
  static_cast<void>(first.wait());
  EXPECT_EQ(journaled("data"), 2U);
}

// A torn end, as a power cut may leave it behind the last sync: everything before it is there, in order.
TEST_F(Hardship, a_log_with_a_torn_end_starts_with_everything_before_it) {
  journal_and_kill(30);
  const fs::path log = largest_log();
  const auto whole = fs::file_size(log);
  fs::copy(folder() / "data", folder() / "whole", fs::copy_options::recursive);
  std::size_t before = 30;
  for (const std::uintmax_t cut : {1U, 40U, 333U, 1000U, 3000U}) {
    fs::remove_all(folder() / "data");
    fs::copy(folder() / "whole", folder() / "data", fs::copy_options::recursive);
    fs::resize_file(log, whole - cut);
    Program server(folder(), serving());
    server::HttpClient client(server.await_port());
    EXPECT_EQ(client.post("/v1/events", view_of("after")).status, 200U);
    EXPECT_EQ(server.stop().exit_code, 0);
    std::vector<std::string> expected;
    const auto ids = journaled_ids("data");
    for (std::size_t n = 0; n + 1 < ids.size(); ++n) expected.push_back("e" + std::to_string(n));
    expected.emplace_back("after");
    EXPECT_EQ(ids, expected);
    const std::size_t kept = ids.size() - 1;
    EXPECT_LE(kept, before) << "a shorter log holds no more";
    EXPECT_LT(kept, 30U);
    // An event takes more of the log than its JSON: the cut met one, and those that lay in it whole.
    EXPECT_GE(kept + 1 + cut / view_of("e0").size(), 30U) << "lost although it stood before the cut of " << cut;
    before = kept;
  }
}

TEST_F(Hardship, a_log_that_is_damaged_in_the_middle_is_refused_with_file_and_remedy) {
  journal_and_kill(30);
  const fs::path log = largest_log();
  std::fstream bytes(log, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekp(static_cast<std::streamoff>(fs::file_size(log) / 2));
  bytes << "damaged";
  bytes.close();
  expect_refusal(refused(), kDamagedOrIo,
                 {"data/store/" + log.filename().string() + " is damaged at byte ", "truncate -s "});
}

TEST_F(Hardship, a_package_or_a_registry_of_a_newer_version_is_refused_with_both_versions) {
  const fs::path package = folder() / "data" / "packages" / "dipn" / "v1";
  fs::create_directories(package);
  fs::copy(source_path("tests/golden/package_v1/weights.safetensors"), package);
  std::string manifest = read_text(source_path("tests/golden/package_v1/model.yaml"));
  manifest.replace(manifest.find("format: 1"), 9, "format: 99");
  write("data/packages/dipn/v1/model.yaml", manifest);
  write("data/registry.json",
        R"({"format":1,"packages":[{"name":"dipn","version":"v1","state":"live","changed_ms":1}]})");
  expect_refusal(refused(), kBadInput, {"data/packages/dipn/v1/model.yaml: ", "format 99", "reads formats up to 1"});
  write("data/registry.json", R"({"format":99,"packages":[]})");
  expect_refusal(refused(), kBadInput, {"data/registry.json: format 99", "reads format 1"});
}

// Ids are remembered by the time of their arrival, states by their newest event: neither may trust the clock. The
// store of the program goes by the machine's clock, so what it finds is written a day ahead of that.
TEST_F(Hardship, a_clock_set_back_by_a_day_lets_no_event_in_twice) {
  const std::int64_t now_ms = base::SystemClock().now_ms();
  journal_one_event("data", now_ms + base::kDayMs);
  Program server(folder(), serving());
  server::HttpClient client(server.await_port());
  EXPECT_THAT(client.post("/v1/events", view_of("before")).body, HasSubstr("\"duplicates\":1"));
  EXPECT_THAT(client.post("/v1/events", view_of("e1", now_ms + base::kDayMs / 2)).body, HasSubstr("\"accepted\":1"));
  EXPECT_THAT(client.post("/v1/events", view_of("e2", now_ms)).body, HasSubstr("\"accepted\":1"));
  EXPECT_THAT(client.get("/v1/shoppers/ann").body, HasSubstr("\"event_count\":2"));
  EXPECT_EQ(client.post("/v1/scenes/coupon", R"({"shopper":"ann"})").status, 200U);
  EXPECT_EQ(server.stop().exit_code, 0);
  EXPECT_EQ(journaled("data"), 3U);
}

// Sockets that connect and say nothing.
class Crowd {
 public:
  // How many of `wanted` came about.
  std::size_t come(std::uint16_t port, std::size_t wanted) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    while (sockets_.size() < wanted) {
      const int one = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      if (one < 0) break;
      sockets_.push_back(one);
      if (::connect(one, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) break;
    }
    return sockets_.size();
  }
  void leave() {
    for (const int one : sockets_) ::close(one);
    sockets_.clear();
  }
  Crowd() = default;
  ~Crowd() { leave(); }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

 private:
  std::vector<int> sockets_;
};

// Raises this process's limit, which the server inherits.
bool may_open(rlim_t files) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < files) return false;
  limit.rlim_cur = std::max(limit.rlim_cur, files);
  return ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

std::uint64_t resident_mib(const Program& server) {
  std::ifstream status("/proc/" + std::to_string(server.pid()) + "/statm");
  std::uint64_t total_pages = 0;
  std::uint64_t resident_pages = 0;
  status >> total_pages >> resident_pages;
  return resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

constexpr std::size_t kCrowd = 10'000;
#ifdef __SANITIZE_THREAD__
constexpr std::uint64_t kCrowdMib = 400;  // what it keeps of every byte takes more memory than the byte
#else
constexpr std::uint64_t kCrowdMib = 100;  // 10 KiB a connection
#endif

std::uint64_t open_connections(server::HttpClient& client) {
  constexpr std::string_view kGauge = "\ninkling_http_connections ";
  const std::string metrics = client.get("/metrics").body;
  const std::size_t at = metrics.find(kGauge);
  return at == std::string::npos ? 0 : std::stoull(metrics.substr(at + kGauge.size()));
}

TEST_F(Hardship, ten_thousand_connections_are_held_while_a_client_is_answered) {
  if (!may_open(kCrowd + 1'000)) GTEST_SKIP() << "needs 11,000 open files (ulimit -n)";
  Program server(folder(), serving({"--config", config_for(kCrowd + 100)}));
  const std::uint16_t port = server.await_port();
  const std::uint64_t before_mib = resident_mib(server);
  Crowd crowd;
  ASSERT_EQ(crowd.come(port, kCrowd), kCrowd);
  server::HttpClient client(port);
  EXPECT_EQ(client.post("/v1/events", view_of("e1")).status, 200U);
  EXPECT_EQ(open_connections(client), kCrowd + 1);
  EXPECT_LT(resident_mib(server), before_mib + kCrowdMib);
  crowd.leave();
  EXPECT_EQ(client.get("/health/live").status, 200U);
  EXPECT_EQ(server.stop().exit_code, 0);
}

TEST_F(Hardship, ten_thousand_connections_beyond_the_limit_do_not_disturb_those_within) {
  if (!may_open(kCrowd + 1'000)) GTEST_SKIP() << "needs 11,000 open files (ulimit -n)";
  Program server(folder(), serving({"--config", config_for(20)}));
  const std::uint16_t port = server.await_port();
  server::HttpClient client(port);
  EXPECT_EQ(client.post("/v1/events", view_of("e1")).status, 200U);
  Crowd crowd;
  EXPECT_EQ(crowd.come(port, kCrowd), kCrowd);
  EXPECT_EQ(client.post("/v1/events", view_of("e2")).status, 200U);
  EXPECT_LT(open_connections(client), 100U) << "more than the 20 and those who are being told";
  crowd.leave();
  for (int polls = 0; polls < 10'000 && open_connections(client) > 1;) ++polls;
  EXPECT_EQ(server::HttpClient(port).post("/v1/events", view_of("e3")).status, 200U) << "who left made room";
  EXPECT_EQ(server.stop().exit_code, 0);
  EXPECT_EQ(journaled("data"), 3U);
}

TEST_F(Hardship, a_server_without_open_files_left_takes_connections_again_when_there_are) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizers in the server open files themselves, and take it for damage when they cannot";
#endif
  Program server(folder(), serving());
  const std::uint16_t port = server.await_port();
  server::HttpClient client(port);
  ASSERT_EQ(client.post("/v1/events", view_of("e1")).status, 200U);
  rlimit before{};
  ASSERT_EQ(::prlimit(server.pid(), RLIMIT_NOFILE, nullptr, &before), 0);
  const rlimit none = {1, before.rlim_max};
  ASSERT_EQ(::prlimit(server.pid(), RLIMIT_NOFILE, &none, nullptr), 0);
  Crowd crowd;
  EXPECT_EQ(crowd.come(port, 5), 5U) << "the kernel holds them";
  server::HttpClient waiting(port);
  EXPECT_EQ(client.post("/v1/events", view_of("e2")).status, 200U) << "who is connected is answered";
  // Long enough for a few attempts of the server, which it makes every 50 ms.
  const auto few_attempts = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
  while (std::chrono::steady_clock::now() < few_attempts) EXPECT_EQ(client.get("/health/live").status, 200U);
  ASSERT_EQ(::prlimit(server.pid(), RLIMIT_NOFILE, &before, nullptr), 0);
  EXPECT_EQ(waiting.get("/health/live").status, 200U);
  const Outcome outcome = server.stop();
  EXPECT_EQ(outcome.exit_code, 0);
  const std::size_t told = outcome.err.find("accept: Too many open files");
  ASSERT_NE(told, std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find("accept: ", told + 1), std::string::npos) << "told at every attempt: " << outcome.err;
}

TEST_F(Hardship, a_body_of_two_gigabytes_leaves_the_memory_as_it_was) {
  Program server(folder(), serving());
  const std::uint16_t port = server.await_port();
  const std::uint64_t before_mib = resident_mib(server);
  server::HttpClient announced(port);
  announced.write_raw("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2147483648\r\n\r\n");
  EXPECT_EQ(announced.read_answer().status, 413U);
  server::HttpClient grown(port);
  grown.write_raw("POST /v1/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "100000\r\n" + std::string(0x100000, ' ') + "\r\n";
  std::size_t sent_mib = 0;
  try {
    for (; sent_mib < 2048; ++sent_mib) grown.write_raw(chunk);
  } catch (const std::exception&) {  // closed: that is the answer to whoever does not stop
  }
  EXPECT_LT(sent_mib, 64U) << "it was not read to its end";
  EXPECT_LT(resident_mib(server), before_mib + 64);
  EXPECT_EQ(server::HttpClient(port).post("/v1/events", view_of("e1")).status, 200U);
  EXPECT_EQ(server.stop().exit_code, 0);
}

}  // namespace
}  // namespace inkling::cli_test
