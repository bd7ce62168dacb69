#include "odmnode.h"

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <vector>

namespace {

std::vector<uint8_t> ramp_jpeg(int width, int height) {
    std::vector<uint8_t> rgb(static_cast<size_t>(width) * height * 3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            uint8_t* p = &rgb[(static_cast<size_t>(y) * width + x) * 3];
            p[0] = static_cast<uint8_t>(x * 255 / width);
            p[1] = static_cast<uint8_t>(y * 255 / height);
            p[2] = 100;
        }
    }
    tjhandle handle = tjInitCompress();
    unsigned char* out = nullptr;
    unsigned long size = 0;
    tjCompress2(handle, rgb.data(), width, 0, height, TJPF_RGB, &out, &size, TJSAMP_444, 95, 0);
    std::vector<uint8_t> file(out, out + size);
    tjFree(out);
    tjDestroy(handle);
    return file;
}

}  // namespace

TEST(Jpeg, DecodesAtFullAndReducedSize) {
    std::vector<uint8_t> file = ramp_jpeg(201, 99);
    odm_jpeg_header header;
    ASSERT_EQ(ODM_OK, odm_jpeg_read_header(file.data(), static_cast<int64_t>(file.size()), &header));
    EXPECT_EQ(201, header.width);
    EXPECT_EQ(99, header.height);
    for (int denominator : {1, 2, 4, 8}) {
        int width = (201 + denominator - 1) / denominator, height = (99 + denominator - 1) / denominator;
        std::vector<uint8_t> pixels(static_cast<size_t>(width) * height * 3);
        ASSERT_EQ(ODM_OK, odm_jpeg_decode(file.data(), static_cast<int64_t>(file.size()), denominator, 3, pixels.data(),
                                          static_cast<int64_t>(pixels.size())));
        const uint8_t* middle = &pixels[(static_cast<size_t>(height / 2) * width + width / 2) * 3];
        // A pixel of the reduced picture is the mean of denominator x denominator pixels of the ramp.
        EXPECT_NEAR((width / 2 + 0.5) * denominator * 255 / 201, middle[0], 4);
        EXPECT_NEAR((height / 2 + 0.5) * denominator * 255 / 99, middle[1], 4);
        EXPECT_NEAR(100, middle[2], 4);
    }
}

TEST(Jpeg, CallsCutOffDataCorrupt) {
    std::vector<uint8_t> file = ramp_jpeg(200, 100);
    std::vector<uint8_t> pixels(200 * 100);
    for (size_t length : {size_t{1}, size_t{20}, file.size() / 2, file.size() - 40}) {
        EXPECT_EQ(ODM_CORRUPT_DATA, odm_jpeg_decode(file.data(), static_cast<int64_t>(length), 1, 1, pixels.data(),
                                                    static_cast<int64_t>(pixels.size())))
            << length;
    }
}

TEST(Jpeg, RefusesTooLittleRoom) {
    std::vector<uint8_t> file = ramp_jpeg(64, 64);
    std::vector<uint8_t> pixels(100);
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_jpeg_decode(file.data(), static_cast<int64_t>(file.size()), 1, 1, pixels.data(),
                                                    static_cast<int64_t>(pixels.size())));
}
