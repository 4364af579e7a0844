// kill_durability --folder DIR --scenes DIR [--quick] [--seed N]: kills the real server under load, again and again,
// and holds what is there against what was acknowledged. The last line is one JSON object for the figure
// kill-durability. Exit status 0: nothing was wrong, and every planted fault was found.
#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/core/json.h"
#include "bench/kill_durability/campaign.h"
#include "bench/run_program.h"

namespace inkling::bench {
namespace {

using base::Json;

CampaignOptions parse(int argc, char** argv) {
  CampaignOptions options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument(argv[i]);
    if (argument == "--quick") {
      options.kills = 6;
      options.of_each = 1;
    } else if (argument == "--folder" && i + 1 < argc) {
      options.folder = std::filesystem::absolute(argv[++i]);
    } else if (argument == "--scenes" && i + 1 < argc) {
      options.scenes = std::filesystem::absolute(argv[++i]);
    } else if (argument == "--seed" && i + 1 < argc) {
      options.seed = std::stoull(argv[++i]);
    } else {
      throw std::runtime_error("\"" + std::string(argument) +
                               "\" is no option; there are --folder, --scenes, --quick, --seed");
    }
  }
  if (options.folder.empty() || options.scenes.empty()) throw std::runtime_error("--folder and --scenes are needed");
  return options;
}

class Report {
 public:
  void count(const char* name, std::uint64_t value) {
    std::printf("%-26s %10llu\n", name, static_cast<unsigned long long>(value));
    json_.set(name, static_cast<std::int64_t>(value));
  }
  void number(const char* name, double value) {
    std::printf("%-26s %10.1f\n", name, value);
    json_.set(name, value);
  }
  void set(const char* name, Json value) { json_.set(name, std::move(value)); }
  void finish() const { std::printf("%s\n", json_.to_text().c_str()); }

 private:
  Json json_ = Json::object();
};

void report_kills(const CampaignResult& result, Report& report) {
  report.count("kills", result.kills);
  report.count("under_load", result.under_load);
  report.count("inside_start", result.inside_start);
  report.count("inside_stop", result.inside_stop);
  report.count("inside_checkpoint", result.inside_checkpoint);
  report.count("inside_flush", result.inside_flush);
  auto start_ms = result.start_ms;
  std::sort(start_ms.begin(), start_ms.end());
  if (start_ms.empty()) return;
  report.number("start_ms_median", start_ms[start_ms.size() / 2]);
  report.number("start_ms_longest", start_ms.back());
}

void report_traffic(const Campaign& campaign, Report& report) {
  ClientLedger sum;
  for (const auto& client : campaign.clients()) {
    const ClientLedger& ledger = client->ledger();
    sum.batches += ledger.batches;
    sum.batches_sent_again += ledger.batches_sent_again;
    sum.repeated_events += ledger.repeated_events;
    sum.duplicates_dropped += ledger.duplicates_dropped;
    sum.scenes_answered += ledger.scenes_answered;
    sum.refusals += ledger.refusals;
    sum.wrong_receipts += ledger.wrong_receipts;
    if (sum.first_refusal.empty()) sum.first_refusal = ledger.first_refusal;
  }
  report.count("batches", sum.batches);
  report.count("batches_sent_again", sum.batches_sent_again);
  report.count("events_repeated", sum.repeated_events);
  report.count("duplicates_dropped", sum.duplicates_dropped);
  report.count("scenes_answered", sum.scenes_answered);
  report.count("wrong_receipts", sum.wrong_receipts);
  report.count("refusals", sum.refusals);
  if (!sum.first_refusal.empty()) std::printf("  first: %s\n", sum.first_refusal.c_str());
}

void report_findings(const CampaignResult& result, Report& report) {
  report.count("journaled", result.last.journaled);
  report.count("acknowledged", result.last.acknowledged);
  report.count("unacknowledged_present", result.last.unacknowledged_present);
  report.count("missing", result.sum.missing);
  report.count("repeated", result.sum.repeated);
  report.count("never_sent", result.sum.never_sent);
  report.count("holes", result.sum.holes);
  report.count("altered", result.sum.altered);
  report.count("disordered", result.sum.disordered);
  report.count("torn_batches", result.sum.torn_batches);
  report.count("wrong_states", result.sum.wrong_states);
  report.count("wrong_catalogue", result.sum.wrong_catalogue);
  if (!result.sum.first.empty()) std::printf("  first: %s\n", result.sum.first.c_str());
  report.count("cut_log_missing", result.cut_log_missing);
  report.count("cut_log_other", result.cut_log_other);
}

bool report_planted(const CampaignResult& result, Report& report) {
  Json found = Json::object();
  bool all = true;
  for (const Planted& planted : result.planted) {
    std::printf("planted: %-40s found %llu\n", planted.what.c_str(), static_cast<unsigned long long>(planted.found));
    found.set(planted.what, static_cast<std::int64_t>(planted.found));
    all = all && planted.found > 0;
  }
  report.set("planted", std::move(found));
  return all;
}

int run(int argc, char** argv) {
  Campaign campaign(parse(argc, argv));
  const CampaignResult result = campaign.run();
  Report report;
  report_kills(result, report);
  report_traffic(campaign, report);
  report_findings(result, report);
  const bool all_found = report_planted(result, report);
  report.finish();
  return result.sum.wrong() == 0 && all_found ? 0 : 1;
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("kill_durability", [&] { return inkling::bench::run(argc, argv); });
}
