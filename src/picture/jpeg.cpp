#include "picture/jpeg.h"

#include <algorithm>
#include <csetjmp>
#include <string>

// clang-format off
#include <cstdio>  // jpeglib.h needs it before
#include <jpeglib.h>
// clang-format on

#include "picture/orientation.h"

namespace inkling::picture {
namespace {

using base::Result;
using base::Status;

struct Errors {
  jpeg_error_mgr manager = {};  // first: libjpeg hands back its address
  std::jmp_buf leave = {};
  char message[JMSG_LENGTH_MAX] = {};
};

[[noreturn]] void leave(j_common_ptr info) {
  auto* errors = reinterpret_cast<Errors*>(info->err);
  (*info->err->format_message)(info, errors->message);
  std::longjmp(errors->leave, 1);
}

// A warning is a damaged or cut off file, which libjpeg would fill with grey.
void warn(j_common_ptr info, int level) {
  if (level < 0) leave(info);
}

struct Watch {
  jpeg_progress_mgr manager = {};
  bool too_many_scans = false;
};

void watch_scans(j_common_ptr info) {
  auto* watch = reinterpret_cast<Watch*>(info->progress);
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= kMaxScans) return;
  watch->too_many_scans = true;
  leave(info);
}

// libjpeg's state; what may leave by longjmp is called in read() alone, which has nothing to destroy.
struct Decoder {
  jpeg_decompress_struct info = {};
  Errors errors;
  Watch watch;
  Status refusal;
  int orientation = kUpright;

  Decoder() {
    info.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = leave;
    errors.manager.emit_message = warn;
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder() { jpeg_destroy_decompress(&info); }

  // False: `errors` or `refusal` says why.
  bool read(std::span<const std::byte> file, std::uint32_t least_side, Picture& picture) {
    if (setjmp(errors.leave) != 0) return false;
    jpeg_create_decompress(&info);
    info.progress = &watch.manager;
    watch.manager.progress_monitor = watch_scans;
    jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    jpeg_save_markers(&info, kApp1, kWholeMarker);
    jpeg_read_header(&info, TRUE);
    if (!accepts()) return false;
    info.out_color_space = JCS_RGB;
    info.scale_num = 1;
    info.scale_denom = 1;
    while (info.scale_denom < 8 &&
           std::min(info.image_width, info.image_height) / (2 * info.scale_denom) >= least_side) {
      info.scale_denom *= 2;
    }
    jpeg_start_decompress(&info);
    make_room(picture);
    while (info.output_scanline < info.output_height) {
      JSAMPROW row = picture.rgb.data() + std::size_t{info.output_scanline} * info.output_width * 3;
      jpeg_read_scanlines(&info, &row, 1);
    }
    orientation = told_orientation();
    jpeg_finish_decompress(&info);
    return true;
  }

 private:
  static constexpr int kApp1 = JPEG_APP0 + 1;
  static constexpr unsigned kWholeMarker = 0xFFFF;

  // The first marker that says how the camera was held counts. Before libjpeg forgets its markers.
  [[nodiscard]] int told_orientation() const {
    for (const jpeg_marker_struct* marker = info.marker_list; marker != nullptr; marker = marker->next) {
      const int told = orientation_of({reinterpret_cast<const std::byte*>(marker->data), marker->data_length});
      if (told != kUpright) return told;
    }
    return kUpright;
  }
  // Not inlined: strings must not live in the function that longjmp comes back to.
  [[gnu::noinline]] bool accepts() {
    refusal = check_size(info.image_width, info.image_height);
    if (refusal.ok() && (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK)) {
      refusal = base::unsupported("picture: the JPEG is for print (CMYK); expected RGB or grey");
    }
    return refusal.ok();
  }
  [[gnu::noinline]] void make_room(Picture& picture) const {
    picture.width = info.output_width;
    picture.height = info.output_height;
    picture.rgb.resize(std::size_t{picture.width} * picture.height * 3);
  }
};

}  // namespace

Result<Picture> decode_jpeg(std::span<const std::byte> file, std::uint32_t least_side) {
  Picture picture;
  Decoder decoder;
  if (decoder.read(file, std::max(1U, least_side), picture)) {
    set_upright(picture, decoder.orientation);
    return picture;
  }
  if (!decoder.refusal.ok()) return decoder.refusal;
  if (decoder.watch.too_many_scans) {
    return base::too_large("picture: the JPEG has more than " + std::to_string(kMaxScans) +
                           " scans; expected at most that many");
  }
  return base::invalid_input("picture: the JPEG is damaged (" + std::string(decoder.errors.message) +
                             "); expected a whole file");
}

}  // namespace inkling::picture
