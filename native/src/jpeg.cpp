#include "odmnode.h"

#include <turbojpeg.h>

#include <cstring>
#include <limits>

namespace {

// Owns a decompressor for the length of one call.
class Decompressor {
public:
    Decompressor() : handle_(tjInitDecompress()) {}
    ~Decompressor() {
        if (handle_ != nullptr) {
            tjDestroy(handle_);
        }
    }
    Decompressor(const Decompressor&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;
    tjhandle get() const { return handle_; }

private:
    tjhandle handle_;
};

struct Header {
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colorspace = 0;
};

bool fits(int64_t length) {
    return length > 0 && static_cast<uint64_t>(length) <= std::numeric_limits<unsigned long>::max();
}

odm_status read_header(tjhandle handle, const uint8_t* file, int64_t length, Header& header) {
    int result = tjDecompressHeader3(handle, file, static_cast<unsigned long>(length), &header.width, &header.height,
                                     &header.subsampling, &header.colorspace);
    bool damaged = result != 0 && tjGetErrorCode(handle) == TJERR_FATAL;
    return damaged || header.width <= 0 || header.height <= 0 ? ODM_CORRUPT_DATA : ODM_OK;
}

// libjpeg goes on after a warning. Stray bytes between segments do no harm; anything else has cost pixels.
bool harmless(tjhandle handle) {
    return tjGetErrorCode(handle) == TJERR_WARNING &&
           std::strstr(tjGetErrorStr2(handle), "extraneous bytes before marker") != nullptr;
}

}  // namespace

extern "C" odm_status odm_jpeg_read_header(const uint8_t* file, int64_t length, odm_jpeg_header* header) {
    if (file == nullptr || header == nullptr || !fits(length)) {
        return ODM_INVALID_ARGUMENT;
    }
    Decompressor decompressor;
    if (decompressor.get() == nullptr) {
        return ODM_OUT_OF_MEMORY;
    }
    Header found;
    odm_status status = read_header(decompressor.get(), file, length, found);
    if (status != ODM_OK) {
        return status;
    }
    *header = odm_jpeg_header{found.width, found.height, found.colorspace == TJCS_GRAY ? 1 : 0, 0};
    return ODM_OK;
}

extern "C" odm_status odm_jpeg_decode(const uint8_t* file, int64_t length, int32_t denominator, int32_t channels,
                                      uint8_t* pixels, int64_t capacity) {
    bool known_scale = denominator == 1 || denominator == 2 || denominator == 4 || denominator == 8;
    if (file == nullptr || pixels == nullptr || !fits(length) || !known_scale || (channels != 1 && channels != 3)) {
        return ODM_INVALID_ARGUMENT;
    }
    Decompressor decompressor;
    if (decompressor.get() == nullptr) {
        return ODM_OUT_OF_MEMORY;
    }
    Header header;
    odm_status status = read_header(decompressor.get(), file, length, header);
    if (status != ODM_OK) {
        return status;
    }
    if (header.colorspace == TJCS_CMYK || header.colorspace == TJCS_YCCK) {
        return ODM_UNSUPPORTED;
    }
    const tjscalingfactor scale{1, denominator};
    int width = TJSCALED(header.width, scale);
    int height = TJSCALED(header.height, scale);
    if (static_cast<int64_t>(width) * height * channels > capacity) {
        return ODM_INVALID_ARGUMENT;
    }
    int result = tjDecompress2(decompressor.get(), file, static_cast<unsigned long>(length), pixels, width,
                               width * channels, height, channels == 1 ? TJPF_GRAY : TJPF_RGB, 0);
    return result == 0 || harmless(decompressor.get()) ? ODM_OK : ODM_CORRUPT_DATA;
}
