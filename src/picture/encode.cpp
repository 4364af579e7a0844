#include "picture/encode.h"

#include <png.h>

#include <csetjmp>
#include <cstdlib>

// clang-format off
#include <cstdio>  // jpeglib.h needs it before
#include <jpeglib.h>
// clang-format on

namespace inkling::picture {
namespace {

struct Encoder {
  jpeg_compress_struct info = {};
  jpeg_error_mgr errors = {};
  std::jmp_buf leave = {};
  unsigned char* bytes = nullptr;
  unsigned long size = 0;  // libjpeg's type

  Encoder() {
    info.err = jpeg_std_error(&errors);
    info.client_data = this;
    errors.error_exit = [](j_common_ptr common) {
      std::longjmp(static_cast<Encoder*>(common->client_data)->leave, 1);
    };
  }
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
  ~Encoder() {
    jpeg_destroy_compress(&info);
    std::free(bytes);
  }

  bool write(const Picture& picture, int quality) {
    if (setjmp(leave) != 0) return false;
    jpeg_create_compress(&info);
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
    return true;
  }
};

}  // namespace

base::Result<std::string> encode_png(const Picture& picture) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = picture.width;
  image.height = picture.height;
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string file(size, '\0');
  if (png_image_write_to_memory(&image, file.data(), &size, 0, picture.rgb.data(), 0, nullptr) == 0) {
    return base::internal_error(std::string("encode_png: ") + image.message);
  }
  file.resize(size);
  return file;
}

base::Result<std::string> encode_jpeg(const Picture& picture, int quality) {
  Encoder encoder;
  if (!encoder.write(picture, quality)) return base::internal_error("encode_jpeg: the picture cannot be written");
  return std::string(reinterpret_cast<const char*>(encoder.bytes), encoder.size);
}

}  // namespace inkling::picture
