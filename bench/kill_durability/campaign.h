// Kill after kill on one data folder: start the real server, load it, kill it at a random moment, look at what is
// there, start it again. Not for what the figures mean: main.cpp prints them, the figure judges them.
// Throws std::runtime_error when something does not work at all (a start that is refused).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "bench/kill_durability/judge.h"
#include "bench/kill_durability/load_client.h"
#include "bench/kill_durability/plant.h"

namespace inkling::bench {

struct CampaignOptions {
  std::filesystem::path folder;  // emptied; on a real disk
  std::filesystem::path scenes;
  std::uint64_t seed = 1;
  std::uint64_t kills = 20;  // at least
  std::uint64_t of_each =
      2;  // at least so many inside a start, a checkpoint and a flush; more kills are added for it
};

struct CampaignResult {
  std::uint64_t kills = 0;
  std::uint64_t under_load = 0;
  std::uint64_t inside_start = 0;       // recovery had begun to change files, the server did not listen yet
  std::uint64_t inside_stop = 0;        // after SIGTERM, before the end
  std::uint64_t inside_checkpoint = 0;  // by what lay on the disk, whatever the kill was aimed at
  std::uint64_t inside_flush = 0;       // likewise
  std::vector<double> start_ms;         // from exec to listening, after a kill
  Findings sum;                         // of all looks after a kill: only the wrong things
  Findings last;                        // after the clean end
  std::uint64_t cut_log_missing = 0;    // acknowledged events that the judge misses in a log cut on purpose
  std::uint64_t cut_log_other = 0;      // other wrong things there: none, a cut tail is a tail
  std::vector<Planted> planted;
};

class Campaign {
 public:
  explicit Campaign(CampaignOptions options);
  [[nodiscard]] CampaignResult run();
  [[nodiscard]] const std::vector<std::unique_ptr<LoadClient>>& clients() const { return clients_; }

 private:
  enum class Aim : std::uint8_t { kLoad, kFlush, kStart, kStop };
  [[nodiscard]] bool wants_more() const;
  [[nodiscard]] Aim next_aim();
  void kill_once(Aim aim);
  void kill_inside_start();
  void load_and_kill(Aim aim);
  void await_kill_moment(Aim aim);
  void count_scars();
  void look();
  void try_cut_log();
  void end_cleanly();
  [[nodiscard]] Findings judge_now(const World& world) const;
  void note(const Findings& findings);
  [[nodiscard]] std::filesystem::path data() const { return options_.folder / "data"; }
  [[nodiscard]] std::filesystem::path copy() const { return options_.folder / "copy"; }
  void copy_data() const;
  [[nodiscard]] std::vector<std::string> serving() const;
  [[nodiscard]] double random_ms(double low, double high) { return random_.uniform(low, high); }

  CampaignOptions options_;
  base::Random random_;
  std::vector<std::unique_ptr<LoadClient>> clients_;
  CampaignResult result_;
  double last_start_ms_ = 100;
  // Scars stay for a while: each is counted once.
  std::set<std::string> known_tables_;
  std::uint64_t known_checkpoint_ = 0;
};

}  // namespace inkling::bench
