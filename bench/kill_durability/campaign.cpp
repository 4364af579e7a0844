#include "bench/kill_durability/campaign.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "bench/kill_durability/scars.h"
#include "tests/cli/program.h"

namespace inkling::bench {
namespace {

namespace fs = std::filesystem;
using cli_test::Program;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kClients = 6;
constexpr double kLongestStartMs = 10'000;
constexpr double kLongestFlushMs = 3'000;

void wait_ms(double ms) {
  std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(ms));
}

// Checkpoints and flushes all the time, so that random moments meet them.
constexpr const char* kServerConfig = "store: {checkpoint_every_events: 300, write_buffer_bytes: 1048576}\n";

double ms_since(SteadyClock::time_point begin) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

}  // namespace

Campaign::Campaign(CampaignOptions options) : options_(std::move(options)), random_(options_.seed) {
  fs::remove_all(options_.folder);
  fs::create_directories(options_.folder);
  std::ofstream((options_.folder / "server.yaml").string()) << kServerConfig;
  for (std::size_t i = 0; i < kClients; ++i) clients_.push_back(std::make_unique<LoadClient>(i, options_.seed));
}

std::vector<std::string> Campaign::serving() const {
  return {"serve",         "--data",   data(),
          "--port",        "0",        "--scenes",
          options_.scenes, "--config", (options_.folder / "server.yaml").string()};
}

CampaignResult Campaign::run() {
  while (wants_more()) {
    kill_once(next_aim());
    look();
    if (result_.cut_log_missing == 0) try_cut_log();
  }
  end_cleanly();
  const World world = read_world(data());
  result_.last = judge_now(world);
  note(result_.last);
  std::vector<const ClientLedger*> ledgers;
  for (const auto& client : clients_) ledgers.push_back(&client->ledger());
  result_.planted = plant_and_judge(ledgers, world);
  return std::move(result_);
}

bool Campaign::wants_more() const {
  if (result_.kills < options_.kills) return true;
  const bool all_met =
      std::min({result_.inside_start, result_.inside_checkpoint, result_.inside_flush}) >= options_.of_each &&
      result_.cut_log_missing > 0;
  return !all_met && result_.kills < 4 * options_.kills;
}

Campaign::Aim Campaign::next_aim() {
  // The first start has nothing to recover.
  if (result_.kills == 0) return Aim::kLoad;
  // What is still missing at the end is aimed at.
  const bool late = result_.kills >= options_.kills;
  if (late && result_.inside_start < options_.of_each) return Aim::kStart;
  if (late && result_.inside_flush < options_.of_each) return Aim::kFlush;
  const double aim = random_.uniform();
  return aim < 0.3 ? Aim::kStart : aim < 0.4 ? Aim::kStop : aim < 0.5 ? Aim::kFlush : Aim::kLoad;
}

void Campaign::kill_once(Aim aim) {
  if (aim == Aim::kStart) {
    kill_inside_start();
  } else {
    load_and_kill(aim);
  }
  ++result_.kills;
}

void Campaign::kill_inside_start() {
  const auto before = file_names(data() / "store");
  Program server(options_.folder, serving());
  if (random_.chance(0.3)) {
    wait_ms(random_ms(0.1, 1.0) * last_start_ms_);
  } else {  // recovery is a small part of a start: wait for its first trace, then strike
    const auto begin = SteadyClock::now();
    while (file_names(data() / "store") == before && ms_since(begin) < kLongestStartMs) wait_ms(0.2);
    wait_ms(random_ms(0, 15));
  }
  server.send(SIGKILL);
  const bool listened = server.wait().out.find("listening") != std::string::npos;
  if (!listened && file_names(data() / "store") != before) ++result_.inside_start;
}

void Campaign::load_and_kill(Aim aim) {
  const auto begin = SteadyClock::now();
  Program server(options_.folder, serving());
  const std::uint16_t port = server.await_port();
  if (port == 0) throw std::runtime_error("the server does not start: " + server.wait().err);
  if (result_.kills > 0) {
    last_start_ms_ = ms_since(begin);
    result_.start_ms.push_back(last_start_ms_);
  }
  const std::atomic<bool> enough{false};
  std::vector<std::thread> threads;
  for (auto& client : clients_) threads.emplace_back([&] { client->run(port, enough); });
  await_kill_moment(aim);
  if (aim == Aim::kStop) {
    server.send(SIGTERM);
    wait_ms(random_ms(0, 40));
  }
  server.send(SIGKILL);
  for (auto& thread : threads) thread.join();
  const bool was_killed = server.wait().exit_code == -1;
  ++(aim == Aim::kStop ? result_.inside_stop : result_.under_load);
  if (!was_killed && aim == Aim::kStop) --result_.inside_stop;  // it had ended by itself
}

void Campaign::await_kill_moment(Aim aim) {
  wait_ms(random_ms(30, 700));
  if (aim != Aim::kFlush) return;
  // A new table is one being written, for a moment.
  const auto begin = SteadyClock::now();
  const auto before = file_names(data() / "store");
  const auto is_new_table = [&](const std::string& name) { return name.ends_with(".sst") && !before.contains(name); };
  while (ms_since(begin) < kLongestFlushMs) {
    const auto names = file_names(data() / "store");
    if (std::any_of(names.begin(), names.end(), is_new_table)) return;
    wait_ms(0.1);
  }
}

void Campaign::count_scars() {
  auto tables = unfinished_tables(data() / "store");
  if (!std::includes(known_tables_.begin(), known_tables_.end(), tables.begin(), tables.end()))
    ++result_.inside_flush;
  known_tables_.merge(tables);
  copy_data();
  const std::uint64_t checkpoint = unfinished_checkpoint(copy() / "store");
  if (checkpoint > known_checkpoint_) ++result_.inside_checkpoint;
  known_checkpoint_ = std::max(known_checkpoint_, checkpoint);
}

void Campaign::look() {
  count_scars();
  const Findings findings = judge_now(read_world(copy()));
  note(findings);
  std::printf("kill %2llu: %7llu events there, %7llu acknowledged, %llu wrong\n",
              static_cast<unsigned long long>(result_.kills), static_cast<unsigned long long>(findings.journaled),
              static_cast<unsigned long long>(findings.acknowledged),
              static_cast<unsigned long long>(findings.wrong()));
  std::fflush(stdout);
}

// A disk that lost the end of the newest log: the judge must miss acknowledged events, and nothing else may be wrong.
void Campaign::try_cut_log() {
  copy_data();
  if (!cut_newest_log(copy() / "store")) return;
  const Findings findings = judge_now(read_world(copy()));
  result_.cut_log_missing = findings.missing;
  result_.cut_log_other = findings.wrong() - findings.missing;
}

void Campaign::end_cleanly() {
  Program server(options_.folder, serving());
  const std::uint16_t port = server.await_port();
  if (port == 0) throw std::runtime_error("the server does not start: " + server.wait().err);
  for (auto& client : clients_) client->settle(port);
  const auto outcome = server.stop();
  if (outcome.exit_code != 0) throw std::runtime_error("the server does not stop cleanly: " + outcome.err);
}

Findings Campaign::judge_now(const World& world) const {
  std::vector<const ClientLedger*> ledgers;
  for (const auto& client : clients_) ledgers.push_back(&client->ledger());
  return judge(ledgers, world);
}

void Campaign::note(const Findings& findings) {
  Findings& sum = result_.sum;
  sum.missing += findings.missing;
  sum.repeated += findings.repeated;
  sum.never_sent += findings.never_sent;
  sum.holes += findings.holes;
  sum.altered += findings.altered;
  sum.disordered += findings.disordered;
  sum.torn_batches += findings.torn_batches;
  sum.wrong_states += findings.wrong_states;
  sum.wrong_catalogue += findings.wrong_catalogue;
  if (sum.first.empty()) sum.first = findings.first;
}

void Campaign::copy_data() const {
  fs::remove_all(copy());
  fs::copy(data(), copy(), fs::copy_options::recursive);
}

}  // namespace inkling::bench
