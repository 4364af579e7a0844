#include "server/file_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cctype>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "server/problem.h"

namespace inkling::server {

namespace {

namespace fs = std::filesystem;

struct Type {
  std::string_view ending;
  std::string_view content_type;
};
constexpr std::string_view kAnyType = "application/octet-stream";
constexpr std::array kTypes = {
    Type{".html", "text/html; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".mjs", "text/javascript; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".svg", "image/svg+xml"},
    Type{".json", kJsonType},
    Type{".map", kJsonType},
    Type{".webmanifest", "application/manifest+json"},
    Type{".wasm", "application/wasm"},
    Type{".png", "image/png"},
    Type{".ico", "image/x-icon"},
    Type{".txt", "text/plain; charset=utf-8"},
};

std::string_view type_of(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto* found = std::ranges::find_if(kTypes, [&](const Type& type) { return lower.ends_with(type.ending); });
  return found == kTypes.end() ? kAnyType : found->content_type;
}

// The names of the target's path, decoded; nullopt for a path that could mean another place than it says.
std::optional<std::vector<std::string>> names_of(std::string_view target) {
  const auto url = boost::urls::parse_origin_form(boost::urls::string_view(target.data(), target.size()));
  if (url.has_error()) return std::nullopt;
  std::vector<std::string> names;
  for (const auto& segment : url->segments()) {
    std::string name(segment);
    const bool hidden = name.starts_with('.');  // "." and ".." too
    if (hidden || name.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos) return std::nullopt;
    names.push_back(std::move(name));
  }
  if (!names.empty() && names.back().empty()) names.pop_back();
  if (std::ranges::find(names, "") != names.end()) return std::nullopt;
  return names;
}

bool lies_in(const fs::path& path, const fs::path& root) {
  const auto mismatch = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return mismatch.first == root.end();
}

// An open regular file inside the root, and what is known of it.
class OpenFile {
 public:
  OpenFile(const fs::path& path, const fs::path& root) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error || !lies_in(real, root)) return;
    // Not following the last name: a link put there since canonical() looked is refused. Not waiting for a pipe.
    descriptor_ = ::open(real.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor_ < 0) return;
    if (::fstat(descriptor_, &facts_) == 0 && S_ISREG(facts_.st_mode)) return;
    ::close(std::exchange(descriptor_, -1));
  }
  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), facts_(other.facts_) {}
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  [[nodiscard]] bool is_there() const { return descriptor_ >= 0; }
  [[nodiscard]] std::uint64_t size_bytes() const { return static_cast<std::uint64_t>(facts_.st_size); }
  // Changes with the file; the encoding is a part, for the two forms of a file are two bodies.
  [[nodiscard]] std::string etag(std::string_view encoding) const {
    std::string tag = "\"" + std::to_string(facts_.st_ino) + "-" + std::to_string(facts_.st_size) + "-" +
                      std::to_string(facts_.st_mtim.tv_sec) + "." + std::to_string(facts_.st_mtim.tv_nsec);
    return tag.append(encoding.empty() ? "" : "-").append(encoding).append("\"");
  }
  // False when it ends before its size or cannot be read.
  [[nodiscard]] bool read(std::string& bytes) const {
    bytes.resize(size_bytes());
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t got = ::read(descriptor_, bytes.data() + done, bytes.size() - done);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      done += static_cast<std::size_t>(got);
    }
    return true;
  }

 private:
  int descriptor_ = -1;
  struct stat facts_ {};
};

// What an address stands for: the file and its name, which tells the type.
struct Found {
  OpenFile file;
  fs::path path;
  bool is_asset = false;  // its name changes with its bytes
};

Found find(const fs::path& root, const std::vector<std::string>& names) {
  fs::path path = root;
  for (const std::string& name : names) path /= name;
  const bool is_asset = names.size() > 1 && names.front() == "assets";
  Found found{OpenFile(path, root), path, is_asset};
  const bool is_page = names.empty() || names.back().find('.') == std::string::npos;
  if (found.file.is_there() || !is_page || is_asset) return found;
  return {OpenFile(root / "index.html", root), root / "index.html", false};
}

HttpResponse head_of(const Found& found, std::string_view encoding) {
  HttpResponse response;
  response.content_type = type_of(found.path.filename().string());
  response.content_encoding = encoding;
  response.etag = found.file.etag(encoding);
  response.cache_control = found.is_asset ? "public, max-age=31536000, immutable" : "no-cache";
  response.fields = {{"Cross-Origin-Opener-Policy", "same-origin"},
                     {"Cross-Origin-Embedder-Policy", "require-corp"},
                     {"Cross-Origin-Resource-Policy", "same-origin"},
                     {"X-Content-Type-Options", "nosniff"},
                     {"Vary", "Accept-Encoding"}};
  return response;
}

HttpResponse read_whole(const Found& found, std::string_view encoding, const HttpRequest& request,
                        BoundedCount& memory) {
  HttpResponse response = head_of(found, encoding);
  if (names_etag(request.if_none_match, response.etag)) return not_modified(std::move(response));
  if (found.file.size_bytes() > kMaxFileBytes) {
    return problem(413,
                   "file: has " + std::to_string(found.file.size_bytes()) + " bytes; at most " +
                       std::to_string(kMaxFileBytes) + " are served",
                   request.target);
  }
  Share share(memory);
  if (!share.grow_to(found.file.size_bytes())) {
    return problem(503, "files: the memory for bodies is in use; try again", request.target);
  }
  if (!found.file.read(response.body)) {
    return problem(base::io_error("file: changed while it was read; try again"), request.target);
  }
  response.body_share = std::move(share);
  return response;
}

}  // namespace

base::Result<FileFolder> FileFolder::open(std::string_view option, const std::string& path, std::string at) {
  std::error_code error;
  fs::path root = fs::canonical(path, error);
  if (error || !fs::is_directory(root, error)) {
    return base::not_found(std::string(option) + ": \"" + path + "\" is no folder; expected one with an index.html");
  }
  return FileFolder(std::move(root), std::move(at));
}

bool FileFolder::holds(std::string_view target) const {
  const std::string_view rest = target.substr(std::min(at_.size(), target.size()));
  return target.starts_with(at_) && (rest.empty() || rest.front() == '/' || rest.front() == '?');
}

HttpResponse FileFolder::answer(const HttpRequest& request, BoundedCount& memory) const {
  const std::string_view below = std::string_view(request.target).substr(at_.size());
  const auto names = names_of(below.starts_with('/') ? std::string(below) : "/" + std::string(below));
  if (!names) return problem(404, "path: there is no such file", request.target);
  const Found found = find(root_, *names);
  if (!found.file.is_there()) return problem(404, "path: there is no such file", request.target);
  if (accepts_gzip(request.accept_encoding)) {
    Found packed{OpenFile(found.path.string() + ".gz", root_), found.path, found.is_asset};
    if (packed.file.is_there()) return read_whole(packed, "gzip", request, memory);
  }
  return read_whole(found, "", request, memory);
}

}  // namespace inkling::server
