#include "train/labelled_pictures.h"

#include <cmath>
#include <filesystem>
#include <utility>

#include "picture/files.h"

namespace inkling::train {
namespace {

namespace fs = std::filesystem;
using base::Result;
using base::Status;

Result<std::vector<std::uint8_t>> read_planes(const fs::path& path) {
  INKLING_ASSIGN(const std::vector<float> planes, picture::read_square(path, kPictureSide));
  std::vector<std::uint8_t> bytes;
  for (const float value : planes) bytes.push_back(static_cast<std::uint8_t>(std::lround(255 * value)));
  return bytes;
}

Status read_album(const fs::path& folder, LabelledPictures& made) {
  INKLING_ASSIGN(const auto paths, picture::picture_files(folder.string()));
  const std::string album = folder.filename().string();
  std::size_t count = 0;
  for (const fs::path& path : paths) {
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
  INKLING_ASSIGN(const auto paths, picture::entries_of(folder));
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
