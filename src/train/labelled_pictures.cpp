#include "train/labelled_pictures.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <span>
#include <utility>

#include "base/files.h"
#include "picture/decode.h"

namespace inkling::train {
namespace {

namespace fs = std::filesystem;
using base::Result;
using base::Status;

bool is_picture(const fs::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending == ".jpg" || ending == ".jpeg" || ending == ".png";
}

Result<std::vector<fs::path>> sorted_entries(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    if (!entries->path().filename().string().starts_with('.')) paths.push_back(entries->path());
  }
  if (error) return base::not_found(folder.string() + ": is no folder that can be read (" + error.message() + ")");
  std::ranges::sort(paths);
  return paths;
}

Result<std::vector<std::uint8_t>> read_planes(const fs::path& path) {
  INKLING_ASSIGN(const std::string file, base::read_file(path.string(), picture::kMaxBytes));
  INKLING_ASSIGN(const picture::Picture picture, picture::decode(std::as_bytes(std::span(file)), kPictureSide));
  std::vector<float> planes(3 * kPictureSide * kPictureSide);
  picture::shrink(picture, kPictureSide, planes);
  std::vector<std::uint8_t> bytes;
  for (const float value : planes) bytes.push_back(static_cast<std::uint8_t>(std::lround(255 * value)));
  return bytes;
}

Status read_album(const fs::path& folder, LabelledPictures& made) {
  INKLING_ASSIGN(const auto paths, sorted_entries(folder));
  const std::string album = folder.filename().string();
  std::size_t count = 0;
  for (const fs::path& path : paths) {
    if (!is_picture(path)) continue;
    if (made.pictures.size() == kMostPictures) {
      return base::too_large("pictures: there are more than " + std::to_string(kMostPictures) +
                             "; expected at most that many");
    }
    const std::string name = album + "/" + path.filename().string();
    auto planes = read_planes(path);
    if (planes.ok()) {
      made.pictures.push_back({name, static_cast<std::uint32_t>(made.albums.size()), *std::move(planes)});
      ++count;
    } else {
      made.left_out.push_back(name + ": " + planes.status().message());
    }
  }
  made.albums.push_back(album);
  if (count >= kLeastPictures) return {};
  return base::invalid_input(folder.string() + ": has " + std::to_string(count) + " pictures; expected at least " +
                             std::to_string(kLeastPictures));
}

}  // namespace

Result<LabelledPictures> read_labelled_pictures(const std::string& folder) {
  INKLING_ASSIGN(const auto paths, sorted_entries(folder));
  LabelledPictures made;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) INKLING_TRY(read_album(path, made));
  }
  if (made.albums.size() >= 2) return made;
  return base::invalid_input(folder + ": has " + std::to_string(made.albums.size()) +
                             " albums, folders of pictures; expected at least 2");
}

}  // namespace inkling::train
