#include "tests/cli/workplace.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <span>
#include <sstream>

#include "base/core/clock.h"
#include "store/store.h"

namespace inkling::cli_test {

namespace fs = std::filesystem;

std::string source_path(std::string_view path) {
  return std::string(INKLING_SOURCE_DIR) + "/" + std::string(path);
}

std::string read_text(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(text).str();
}

std::string gzipped(std::string_view text) {
  constexpr int kGzipWindow = 15 + 16;
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  std::string input(text);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

Workplace::Workplace() {
  std::string name = (fs::temp_directory_path() / "inkling-cli-test.XXXXXX").string();
  EXPECT_NE(mkdtemp(name.data()), nullptr);
  folder_ = name;
}

Workplace::~Workplace() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Workplace::write(const std::string& name, std::string_view text) const {
  std::filesystem::create_directories((folder_ / name).parent_path());
  std::ofstream(folder_ / name, std::ios::binary) << text;
}

Outcome Workplace::inkling(const std::vector<std::string>& arguments) const {
  return Program(folder_, arguments).wait();
}

Outcome Workplace::inkling_ok(const std::vector<std::string>& arguments) const {
  Outcome outcome = inkling(arguments);
  EXPECT_EQ(outcome.exit_code, 0) << arguments.front() << ": " << outcome.err;
  return outcome;
}

void Workplace::journal_one_event(const std::string& data, std::int64_t now_ms) const {
  const base::FixedClock clock(now_ms);
  const auto store = store::open_store((folder_ / data).string(), {}, clock);
  ASSERT_TRUE(store.ok()) << store.status().message();
  const domain::Event event{"before", 5, "bob", "", domain::Profile{{{"city", "Oslo"}}}, ""};
  EXPECT_TRUE((*store)->append(std::span(&event, 1)).ok());
}

std::uint64_t Workplace::journaled(const std::string& data) const {
  if (!fs::exists(folder_ / data / "store")) return 0;
  const base::FixedClock clock(0);
  const auto store = store::open_store((folder_ / data).string(), {}, clock);
  EXPECT_TRUE(store.ok()) << store.status().message();
  return store.ok() ? (*store)->statistics().last_sequence : 0;
}

std::vector<std::string> Workplace::journaled_ids(const std::string& data) const {
  std::vector<std::string> ids;
  const base::FixedClock clock(0);
  const auto store = store::open_store((folder_ / data).string(), {}, clock);
  EXPECT_TRUE(store.ok()) << store.status().message();
  if (!store.ok()) return ids;
  EXPECT_TRUE((*store)
                  ->read_journal(1,
                                 [&](const store::JournalEntry& entry) {
                                   ids.push_back(entry.event.id);
                                   return true;
                                 })
                  .ok());
  return ids;
}

void expect_refusal(const Outcome& outcome, int exit_code, const std::vector<std::string>& parts) {
  EXPECT_EQ(outcome.exit_code, exit_code) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.err, ::testing::StartsWith("inkling: "));
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  for (const std::string& part : parts) EXPECT_THAT(outcome.err, ::testing::HasSubstr(part));
}

}  // namespace inkling::cli_test
