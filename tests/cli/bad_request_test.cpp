// Command lines and places that are wrong: one sentence, the right exit code, nothing left behind.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

namespace fs = std::filesystem;

// A port of this machine that somebody listens on.
class TakenPort {
 public:
  TakenPort() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(socket_, any, size), 0);
    EXPECT_EQ(listen(socket_, 1), 0);
    EXPECT_EQ(getsockname(socket_, any, &size), 0);
    port_ = std::to_string(ntohs(address.sin_port));
  }
  ~TakenPort() { close(socket_); }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;
  [[nodiscard]] const std::string& port() const { return port_; }

 private:
  int socket_;
  std::string port_;
};

class BadRequest : public Workplace {
 protected:
  [[nodiscard]] std::vector<std::string> serve(std::vector<std::string> more) const {
    std::vector<std::string> arguments = {"serve",       "--data", "data", "--scenes", source_path("scenes"),
                                          "--port-file", "port"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
};

TEST_F(BadRequest, tells_the_nearest_verb_to_an_unknown_one) {
  expect_refusal(inkling({"improt"}), kBadInput, {"\"improt\" is no verb", "did you mean import?"});
}

TEST_F(BadRequest, names_an_option_that_is_missing) {
  expect_refusal(inkling({"import", "log.jsonl"}), kBadInput, {"--data is required"});
}

TEST_F(BadRequest, names_an_option_that_does_not_exist) {
  expect_refusal(inkling({"import", "--data", "data", "--maping", "m.yaml", "log.jsonl"}), kBadInput, {"--maping"});
  EXPECT_FALSE(fs::exists(folder() / "data"));
}

TEST_F(BadRequest, refuses_a_market_without_shoppers) {
  expect_refusal(inkling({"simulate", "--data", "data", "--shoppers", "0"}), kBadInput,
                 {"shoppers: 0 is not between 1 and"});
  EXPECT_EQ(journaled("data"), 0U);
}

TEST_F(BadRequest, refuses_gesture_switches_that_would_do_nothing) {
  const auto simulate = [this](std::vector<std::string> more) {
    more.insert(more.begin(), {"simulate", "--data", "data", "--shoppers", "2", "--days", "1"});
    return inkling(std::move(more));
  };
  expect_refusal(simulate({"--gestures", "--without", "tempi"}), kBadInput, {"\"tempi\"", "did you mean tempo?"});
  expect_refusal(simulate({"--without", "tempo"}), kBadInput, {"add --gestures"});
  expect_refusal(simulate({"--gestures", "--coupons", "random:1.5"}), kBadInput, {"random:1.5", "between 0 and 1"});
  expect_refusal(simulate({"--coupons", "random:0.5"}), kBadInput, {"coupons need gestures"});
}

TEST_F(BadRequest, cannot_write_a_data_folder_below_a_file) {
  write("file", "");
  expect_refusal(inkling({"simulate", "--data", "file/data", "--shoppers", "2", "--days", "1"}), kDamagedOrIo,
                 {"file/data", "cannot be created"});
  EXPECT_TRUE(fs::is_regular_file(folder() / "file"));
}

TEST_F(BadRequest, needs_a_store_to_train_evaluate_or_replay) {
  for (const std::string verb : {"train", "evaluate"}) {
    expect_refusal(inkling({verb, "--data", "nowhere"}), kBadInput, {"--data nowhere: holds no store"});
  }
  expect_refusal(inkling({"replay", "--data", "nowhere", "--table", "table.csv"}), kBadInput,
                 {"--data nowhere: holds no store"});
  EXPECT_FALSE(fs::exists(folder() / "nowhere"));
  EXPECT_FALSE(fs::exists(folder() / "table.csv"));
}

TEST_F(BadRequest, names_address_and_port_that_are_taken) {
  const TakenPort taken;
  expect_refusal(inkling(serve({"--port", taken.port()})), kConflict,
                 {"port " + taken.port() + " is taken", "choose another port"});
  EXPECT_FALSE(fs::exists(folder() / "port"));
}

TEST_F(BadRequest, refuses_an_address_that_is_none) {
  expect_refusal(inkling(serve({"--address", "nowhere"})), kBadInput, {"address: \"nowhere\""});
}

TEST_F(BadRequest, names_a_folder_of_scenes_that_is_not_there) {
  expect_refusal(inkling({"serve", "--data", "data", "--port", "0", "--scenes", "no-scenes"}), kBadInput,
                 {"no-scenes: "});
}

TEST_F(BadRequest, refuses_a_data_folder_that_another_process_holds) {
  inkling_ok({"simulate", "--data", "data", "--shoppers", "2", "--days", "1", "--items", "20"});
  const std::uint64_t before = journaled("data");
  Program server(folder(), serve({"--port", "0"}));
  ASSERT_NE(server.await_port(), 0);
  expect_refusal(inkling({"simulate", "--data", "data", "--seed", "2"}), kConflict,
                 {"data/store is in use by another"});
  EXPECT_EQ(server.stop().exit_code, 0);
  EXPECT_EQ(journaled("data"), before);
}

TEST_F(BadRequest, tells_the_nearest_model_to_an_unknown_one) {
  expect_refusal(inkling({"models", "params", "dipm"}), kBadInput, {"\"dipm\"", "did you mean dipn?"});
}

}  // namespace
}  // namespace inkling::cli_test
