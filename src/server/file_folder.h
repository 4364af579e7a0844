// A folder of files for browsers: the pages of a shop, built beforehand. Not a general web server: no lists of a
// folder, no ranges, nothing made on the fly.
//
// Never leaves the folder: a path is looked up name by name below it, and a link is followed only to where it stays
// inside. A path without a file and without a dot in its last name answers index.html, because such a path is one of
// the application's own. Ownership: none but the path. Thread safety: any thread. Cost: a few system calls, and the
// file is read whole, so call it on the store executor.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/core/result.h"
#include "server/http_message.h"

namespace inkling::server {

inline constexpr std::uint64_t kMaxFileBytes = 64 * 1024 * 1024;

class FileFolder {
 public:
  // `option`: what the folder is called where it is configured. `at`: what the targets of its files begin with, as
  // "/console"; "": they lie at the root. kNotFound when `path` is no folder.
  [[nodiscard]] static base::Result<FileFolder> open(std::string_view option, const std::string& path,
                                                     std::string at);

  // Whether the target lies where the folder is served.
  [[nodiscard]] bool holds(std::string_view target) const;

  // The file that a GET of `target` asks for, 304 when the client has it, or a problem: 404 for what is not there or
  // not to be told, 400 for no path, 413 for a file over kMaxFileBytes, 503 when `memory` has no room for it.
  // What is served: headers for a page that may use shared memory (COOP, COEP), types by ending, "<file>.gz" beside a
  // file for whoever takes gzip, no revalidation under /assets/, whose names change with their bytes.
  [[nodiscard]] HttpResponse answer(const HttpRequest& request, BoundedCount& memory) const;

 private:
  FileFolder(std::filesystem::path root, std::string at) : root_(std::move(root)), at_(std::move(at)) {}
  std::filesystem::path root_;  // canonical
  std::string at_;
};

}  // namespace inkling::server
