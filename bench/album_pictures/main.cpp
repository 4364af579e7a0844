// Draws pictures and writes them as a camera's files: JPEGs of very different quality, every eighth one a PNG.
//   album_pictures FOLDER albums|tuning_foreign|tested_foreign SEED COUNT
// COUNT of each subject, as FOLDER/<subject>/<number>.jpg or .png.
#include <png.h>

#include <cstdlib>
#include <filesystem>
#include <string>

// clang-format off
#include <cstdio>  // jpeglib.h needs it before
#include <jpeglib.h>
// clang-format on

#include "base/core/hash.h"
#include "base/files.h"
#include "bench/album_pictures/subjects.h"
#include "bench/run_program.h"

namespace inkling::bench {
namespace {

std::string jpeg_of(const picture::Picture& picture, int quality) {
  jpeg_compress_struct info = {};
  jpeg_error_mgr errors = {};
  info.err = jpeg_std_error(&errors);  // ends the program, as it should
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;  // NOLINT: libjpeg's type
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = picture.width;
  info.image_height = picture.height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(picture.rgb.data() + std::size_t{info.next_scanline} * picture.width * 3);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  std::string file(reinterpret_cast<const char*>(bytes), size);
  jpeg_destroy_compress(&info);
  std::free(bytes);
  return file;
}

base::Result<std::string> png_of(const picture::Picture& picture) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = picture.width;
  image.height = picture.height;
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string file(size, '\0');
  if (png_image_write_to_memory(&image, file.data(), &size, 0, picture.rgb.data(), 0, nullptr) == 0) {
    return base::internal_error(image.message);
  }
  file.resize(size);
  return file;
}

base::Status draw(const std::string& folder, std::span<const Subject> subjects, std::uint64_t seed, int count) {
  for (const Subject& subject : subjects) {
    const std::string album = folder + "/" + std::string(subject.name);
    INKLING_TRY(base::make_directories(album));
    for (int i = 0; i < count; ++i) {
      base::Random random = base::Random::stream(seed ^ base::name_hash(subject.name), static_cast<std::uint64_t>(i));
      const picture::Picture picture = take_picture(subject, random);
      const std::string path = album + "/" + std::to_string(i);
      if (i % 8 == 7) {
        INKLING_ASSIGN(const std::string file, png_of(picture));
        INKLING_TRY(base::write_file_atomic(path + ".png", file));
      } else {
        const int quality = 35 + static_cast<int>(random.below(60));
        INKLING_TRY(base::write_file_atomic(path + ".jpg", jpeg_of(picture, quality)));
      }
    }
  }
  return {};
}

base::Status run(const std::string& folder, const std::string& set, std::uint64_t seed, int count) {
  if (set == "albums") return draw(folder, album_subjects(), seed, count);
  if (set == "tuning_foreign") return draw(folder, tuning_foreign_subjects(), seed, count);
  if (set == "tested_foreign") return draw(folder, tested_foreign_subjects(), seed, count);
  return base::invalid_input("\"" + set + "\" is no set; expected albums, tuning_foreign or tested_foreign");
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("album_pictures", [&] {
    return argc == 5 ? inkling::bench::run(argv[1], argv[2], std::strtoull(argv[3], nullptr, 10), std::atoi(argv[4]))
                     : inkling::base::invalid_input("expected FOLDER SET SEED COUNT");
  });
}
