#include "server/file_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "server/running_server.h"

namespace inkling::server {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

class FileFolderTest : public testing::Test {
 protected:
  FileFolderTest() {
    fs::remove_all(base_);
    fs::create_directories(root() / "assets");
    write("www/index.html", "<html>");
    write("www/assets/app-1.js", "let a = 1;");
    write("www/data.json", "{}");
    write("secret.txt", "secret");
  }
  ~FileFolderTest() override { fs::remove_all(base_); }

  fs::path root() const { return base_ / "www"; }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((base_ / name).parent_path());
    std::ofstream(base_ / name) << text;
  }
  HttpResponse get(const std::string& target, const std::string& if_none_match = "",
                   const std::string& accept_encoding = "") {
    HttpRequest request;
    request.method = "GET";
    request.target = target;
    request.if_none_match = if_none_match;
    request.accept_encoding = accept_encoding;
    return FileFolder::open("www", root().string(), at_)->answer(request, memory_);
  }

  fs::path base_ = fs::path(testing::TempDir()) / ("inkling-www-" + std::to_string(::getpid()));
  std::string at_;
  BoundedCount memory_{1024 * 1024};
};

TEST_F(FileFolderTest, may_lie_below_the_root) {
  at_ = "/console";
  for (const char* page : {"/console", "/console/", "/console?lang=zh", "/console/tags/edits"}) {
    EXPECT_EQ(get(page).body, "<html>") << page;
  }
  EXPECT_EQ(get("/console/assets/app-1.js").cache_control, "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/console/../secret.txt").status, 404U);
  const auto folder = FileFolder::open("console", root().string(), at_);
  EXPECT_TRUE(folder->holds("/console"));
  EXPECT_TRUE(folder->holds("/console?lang=zh"));
  EXPECT_FALSE(folder->holds("/consoles"));
  EXPECT_FALSE(folder->holds("/"));
}

TEST_F(FileFolderTest, serves_files_with_their_type_and_isolated_from_other_origins) {
  const HttpResponse page = get("/?campaign=1");
  EXPECT_EQ(page.status, 200U);
  EXPECT_EQ(page.body, "<html>");
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(page.cache_control, "no-cache");
  EXPECT_THAT(page.fields, Contains(Pair("Cross-Origin-Opener-Policy", "same-origin")));
  EXPECT_THAT(page.fields, Contains(Pair("Cross-Origin-Embedder-Policy", "require-corp")));
  EXPECT_THAT(page.fields, Contains(Pair("Cross-Origin-Resource-Policy", "same-origin")));
  const HttpResponse script = get("/assets/app-1.js");
  EXPECT_EQ(script.body, "let a = 1;");
  EXPECT_EQ(script.content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(script.cache_control, "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/data.json").content_type, "application/json");
}

TEST_F(FileFolderTest, tells_the_types_that_a_shop_needs) {
  for (const auto& [name, type] :
       std::vector<std::pair<std::string, std::string>>{{"a.css", "text/css; charset=utf-8"},
                                                        {"a.svg", "image/svg+xml"},
                                                        {"a.wasm", "application/wasm"},
                                                        {"a.png", "image/png"},
                                                        {"a.ico", "image/x-icon"},
                                                        {"a.webmanifest", "application/manifest+json"},
                                                        {"a.js.map", "application/json"},
                                                        {"A.HTML", "text/html; charset=utf-8"},
                                                        {"a.exe", "application/octet-stream"}}) {
    write("www/" + name, "x");
    EXPECT_EQ(get("/" + name).content_type, type) << name;
  }
}

TEST_F(FileFolderTest, a_path_of_the_application_answers_its_page_and_a_missing_file_does_not) {
  EXPECT_EQ(get("/item/77").body, "<html>");
  EXPECT_EQ(get("/cart/").body, "<html>");
  EXPECT_EQ(get("/missing.js").status, 404U);
  EXPECT_EQ(get("/assets/missing").status, 404U);
  EXPECT_EQ(get("/assets/app-2.js").status, 404U);
  fs::remove(root() / "index.html");
  EXPECT_EQ(get("/").status, 404U);
}

TEST_F(FileFolderTest, a_copy_that_is_still_right_is_not_sent_again) {
  const std::string etag = get("/data.json").etag;
  ASSERT_FALSE(etag.empty());
  const HttpResponse again = get("/data.json", etag);
  EXPECT_EQ(again.status, 304U);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.etag, etag);
  write("www/data.json", "{\"changed\": 1}");
  EXPECT_EQ(get("/data.json", etag).status, 200U);
}

TEST_F(FileFolderTest, a_packed_file_beside_is_for_those_who_take_it) {
  write("www/assets/app-1.js.gz", "packed");
  const HttpResponse packed = get("/assets/app-1.js", "", "br, gzip");
  EXPECT_EQ(packed.body, "packed");
  EXPECT_EQ(packed.content_encoding, "gzip");
  EXPECT_EQ(packed.content_type, "text/javascript; charset=utf-8");
  const HttpResponse plain = get("/assets/app-1.js");
  EXPECT_EQ(plain.body, "let a = 1;");
  EXPECT_NE(plain.etag, packed.etag) << "two bodies, two tags";
}

TEST_F(FileFolderTest, never_leaves_its_folder) {
  for (const char* path : {"/../secret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/..%2fsecret.txt",
                           "/assets/../../secret.txt", "/..%5csecret.txt", "//etc/passwd", "/%2fetc%2fpasswd",
                           "/assets/%2e%2e/%2E%2E/secret.txt", "/secret.txt", "/.%2e/secret.txt"}) {
    const HttpResponse answer = get(path);
    EXPECT_NE(answer.body, "secret") << path;
    EXPECT_NE(answer.status, 200U) << path;
  }
  EXPECT_EQ(get("/%252e%252e/secret.txt").status, 404U);
  EXPECT_EQ(get("/data.json%00.html").status, 404U);
  EXPECT_EQ(get("/%zz").status, 404U);
}

TEST_F(FileFolderTest, follows_a_link_only_to_where_it_stays_inside) {
  fs::create_symlink("data.json", root() / "inside.json");
  fs::create_symlink(base_ / "secret.txt", root() / "outside.txt");
  fs::create_directory_symlink(base_, root() / "up");
  write("www-other/a.txt", "other");
  fs::create_symlink(base_ / "www-other/a.txt", root() / "beside.txt");
  EXPECT_EQ(get("/inside.json").body, "{}");
  EXPECT_EQ(get("/outside.txt").status, 404U);
  EXPECT_EQ(get("/up/secret.txt").status, 404U);
  EXPECT_EQ(get("/beside.txt").status, 404U) << "a folder whose name begins alike is another one";
}

TEST_F(FileFolderTest, a_folder_a_pipe_and_a_hidden_file_are_no_files) {
  fs::create_directories(root() / "shelf.d");
  write("www/.env", "secret");
  ASSERT_EQ(::mkfifo((root() / "pipe.txt").c_str(), 0600), 0);
  EXPECT_EQ(get("/shelf.d").status, 404U);
  EXPECT_EQ(get("/pipe.txt").status, 404U);
  EXPECT_EQ(get("/.env").status, 404U);
  EXPECT_EQ(get("/assets").status, 200U) << "a name without a dot is a page of the application";
}

TEST_F(FileFolderTest, a_huge_file_and_one_too_many_are_refused) {
  write("www/huge.bin", "");
  fs::resize_file(root() / "huge.bin", kMaxFileBytes + 1);
  EXPECT_EQ(get("/huge.bin").status, 413U);
  write("www/large.bin", std::string(700 * 1024, 'x'));
  const HttpResponse held = get("/large.bin");
  EXPECT_EQ(held.status, 200U);
  EXPECT_EQ(memory_.used(), 700U * 1024);
  EXPECT_EQ(get("/large.bin").status, 503U);
}

TEST_F(FileFolderTest, a_folder_that_is_none_is_told_at_the_start) {
  EXPECT_THAT(FileFolder::open("www", (base_ / "nowhere").string(), "").status().message(),
              HasSubstr("nowhere\" is no folder"));
  EXPECT_FALSE(FileFolder::open("www", (base_ / "secret.txt").string(), "").ok());
}

TEST_F(FileFolderTest, a_server_serves_them_beside_the_api) {
  ServerOptions options = test_options();
  options.www = root().string();
  RunningServer running(options);
  HttpClient client = running.client();
  EXPECT_EQ(client.get("/").body, "<html>");
  EXPECT_EQ(client.get("/item/7").body, "<html>");
  EXPECT_EQ(client.get("/health/live").status, 200U);
  EXPECT_EQ(client.get("/v1/event").status, 404U) << "no page where the API is asked for";
  EXPECT_EQ(client.get("/missing.js").fields.at("content-type"), "application/problem+json");
  const ClientAnswer head = client.send("HEAD", "/data.json", "", "");
  EXPECT_EQ(head.status, 200U);
  EXPECT_EQ(head.fields.at("content-length"), "2");
  EXPECT_EQ(client.post("/data.json", "{}").status, 404U);
  client.write_raw("GET /data.json HTTP/1.1\r\nHost: x\r\nIf-None-Match: " + head.fields.at("etag") + "\r\n\r\n");
  const ClientAnswer unchanged = client.read_answer();
  EXPECT_EQ(unchanged.status, 304U);
  EXPECT_TRUE(unchanged.body.empty());
  client.write_raw("GET /../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 404U);
  EXPECT_THAT(client.get("/metrics").body,
              HasSubstr(R"(inkling_http_requests_total{method="GET",route="www",status="304"} 1)"));
}

}  // namespace
}  // namespace inkling::server
