#include "sift_internal.h"

#include <algorithm>
#include <new>
#include <vector>

namespace {

using sift::octave;

/* A Gaussian cut off where it is below 1/3000 of its middle; weights[t] is for the pixels t away. */
struct gaussian {
    int32_t radius;
    float weights[SIFT_MAX_RADIUS + 1];

    explicit gaussian(double sigma) : radius(std::min<int32_t>(SIFT_MAX_RADIUS - 1, static_cast<int32_t>(std::ceil(4 * sigma)))) {
        double sum = 0;
        for (int32_t t = 0; t <= radius; t++) {
            sum += (t == 0 ? 1 : 2) * std::exp(-0.5 * t * t / (sigma * sigma));
        }
        for (int32_t t = 0; t <= radius; t++) {
            weights[t] = static_cast<float>(std::exp(-0.5 * t * t / (sigma * sigma)) / sum);
        }
    }
};

/* Index in [0, count) of a position outside, mirrored at the middle of the first and last pixel. */
int32_t mirrored(int32_t at, int32_t count) {
    return at < 0 ? -at : at >= count ? 2 * count - 2 - at : at;
}

void blur_plane(const sift_kernels& kernels, const float* from, int32_t width, int32_t height, const gaussian& filter, float* to) {
    const int32_t stride = odm_sift_stride(width), radius = filter.radius;
    std::vector<float> padded(static_cast<size_t>(stride) + 2 * SIFT_MAX_RADIUS);
    float* middle = padded.data() + SIFT_MAX_RADIUS;
    const float* rows[2 * SIFT_MAX_RADIUS + 1];
    for (int32_t y = 0; y < height; y++) {
        rows[0] = from + static_cast<int64_t>(y) * stride;
        for (int32_t t = 1; t <= radius; t++) {
            rows[2 * t - 1] = from + static_cast<int64_t>(mirrored(y - t, height)) * stride;
            rows[2 * t] = from + static_cast<int64_t>(mirrored(y + t, height)) * stride;
        }
        kernels.blur_down(rows, filter.weights, radius, width, middle);
        for (int32_t t = 1; t <= radius; t++) {
            middle[-t] = middle[t];
            middle[width - 1 + t] = middle[width - 1 - t];
        }
        kernels.blur_across(middle, filter.weights, radius, width, to + static_cast<int64_t>(y) * stride);
    }
}

void to_float(const uint8_t* grey, int32_t width, int32_t height, float* plane) {
    const int32_t stride = odm_sift_stride(width);
    for (int32_t y = 0; y < height; y++) {
        const uint8_t* from = grey + static_cast<int64_t>(y) * width;
        float* to = plane + static_cast<int64_t>(y) * stride;
        for (int32_t x = 0; x < width; x++) {
            to[x] = from[x] * (1.0f / 255.0f);
        }
    }
}

/* Pixel centres of the doubled picture lie a quarter of a pixel beside those of the picture. */
void to_float_doubled(const uint8_t* grey, int32_t width, int32_t height, float* plane) {
    const int32_t stride = odm_sift_stride(2 * width);
    for (int32_t y = 0; y < 2 * height; y++) {
        const uint8_t* near = grey + static_cast<int64_t>(y / 2) * width;
        const uint8_t* far = grey + static_cast<int64_t>(std::clamp(y / 2 + (y % 2 == 0 ? -1 : 1), 0, height - 1)) * width;
        float* to = plane + static_cast<int64_t>(y) * stride;
        for (int32_t x = 0; x < width; x++) {
            const int32_t left = x > 0 ? x - 1 : 0, right = x < width - 1 ? x + 1 : x;
            const int32_t here = 3 * near[x] + far[x];
            to[2 * x] = (3 * here + 3 * near[left] + far[left]) * (1.0f / (16.0f * 255.0f));
            to[2 * x + 1] = (3 * here + 3 * near[right] + far[right]) * (1.0f / (16.0f * 255.0f));
        }
    }
}

/* The quadratic through the 27 differences of Gaussians around a place; false where it has no peak nearby. */
class peak_finder {
  public:
    peak_finder(const octave& planes, float contrast, float edge_ratio)
        : planes_(planes), contrast_(contrast), edge_bound_((edge_ratio + 1) * (edge_ratio + 1) / edge_ratio) {}

    bool find(int32_t layer, int32_t y, int32_t x, odm_sift_point* point) const {
        for (int32_t step = 0; step < steps; step++) {
            const float here = at(layer, y, x);
            const float gx = 0.5f * (at(layer, y, x + 1) - at(layer, y, x - 1));
            const float gy = 0.5f * (at(layer, y + 1, x) - at(layer, y - 1, x));
            const float gs = 0.5f * (at(layer + 1, y, x) - at(layer - 1, y, x));
            const float xx = at(layer, y, x + 1) + at(layer, y, x - 1) - 2 * here;
            const float yy = at(layer, y + 1, x) + at(layer, y - 1, x) - 2 * here;
            const float ss = at(layer + 1, y, x) + at(layer - 1, y, x) - 2 * here;
            const float xy = 0.25f * (at(layer, y + 1, x + 1) - at(layer, y + 1, x - 1) - at(layer, y - 1, x + 1) + at(layer, y - 1, x - 1));
            const float xs = 0.25f * (at(layer + 1, y, x + 1) - at(layer + 1, y, x - 1) - at(layer - 1, y, x + 1) + at(layer - 1, y, x - 1));
            const float ys = 0.25f * (at(layer + 1, y + 1, x) - at(layer + 1, y - 1, x) - at(layer - 1, y + 1, x) + at(layer - 1, y - 1, x));
            const float c0 = yy * ss - ys * ys, c1 = ys * xs - xy * ss, c2 = xy * ys - yy * xs;
            const float determinant = xx * c0 + xy * c1 + xs * c2;
            if (determinant == 0.0f) {
                return false;
            }
            const float inverse = -1.0f / determinant;
            const float dx = inverse * (c0 * gx + c1 * gy + c2 * gs);
            const float dy = inverse * (c1 * gx + (xx * ss - xs * xs) * gy + (xy * xs - xx * ys) * gs);
            const float ds = inverse * (c2 * gx + (xy * xs - xx * ys) * gy + (xx * yy - xy * xy) * gs);
            if (!(std::fabs(dx) < far_off && std::fabs(dy) < far_off && std::fabs(ds) < far_off)) {
                return false;
            }
            if (std::fabs(dx) < near && std::fabs(dy) < near && std::fabs(ds) < near) {
                const float trace = xx + yy, curvature = xx * yy - xy * xy;
                const float peak = std::fabs(here + 0.5f * (gx * dx + gy * dy + gs * ds));
                *point = {x + dx, y + dy, layer + ds, peak};
                return peak >= contrast_ && curvature > 0 && trace * trace < edge_bound_ * curvature;
            }
            x += static_cast<int32_t>(std::lround(dx));
            y += static_cast<int32_t>(std::lround(dy));
            layer += static_cast<int32_t>(std::lround(ds));
            if (layer < 1 || layer > ODM_SIFT_LAYERS || x < ODM_SIFT_BORDER || y < ODM_SIFT_BORDER ||
                x >= planes_.width - ODM_SIFT_BORDER || y >= planes_.height - ODM_SIFT_BORDER) {
                return false;
            }
        }
        return false;
    }

  private:
    static constexpr int32_t steps = 5;

    /* More than half a pixel: between two pixels, each can place the peak just on the other one's side. */
    static constexpr float near = 0.6f;
    static constexpr float far_off = 1e6f;

    const octave& planes_;
    float contrast_, edge_bound_;

    float at(int32_t layer, int32_t y, int32_t x) const {
        return planes_.row(layer + 1, y)[x] - planes_.row(layer, y)[x];
    }
};

/* The differences of Gaussians of the last three rows. */
class difference_rows {
  public:
    difference_rows(const sift_kernels& kernels, const octave& planes)
        : kernels_(kernels), planes_(planes), length_(planes.stride + SIFT_VECTOR), data_(static_cast<size_t>(length_) * 3 * count) {}

    void compute(int32_t y) {
        for (int32_t layer = 0; layer < count; layer++) {
            kernels_.subtract(planes_.row(layer + 1, y), planes_.row(layer, y), planes_.width, at(layer, y));
        }
    }

    float* at(int32_t layer, int32_t y) {
        return data_.data() + static_cast<int64_t>(layer * 3 + y % 3) * length_;
    }

  private:
    static constexpr int32_t count = ODM_SIFT_LAYERS + 2;

    const sift_kernels& kernels_;
    const octave& planes_;
    int64_t length_;
    std::vector<float> data_;
};

}  // namespace

extern "C" int32_t odm_sift_stride(int32_t width) {
    return (width + 2 * SIFT_VECTOR - 1) / (2 * SIFT_VECTOR) * (2 * SIFT_VECTOR);
}

extern "C" odm_status odm_sift_base(odm_isa isa, const uint8_t* grey, int32_t width, int32_t height, int32_t doubled, float* planes) {
    const int32_t columns = doubled != 0 ? 2 * width : width, rows = doubled != 0 ? 2 * height : height;
    if (grey == nullptr || planes == nullptr || !sift::sides_fit(width, height) || !sift::sides_fit(columns, rows)) {
        return ODM_INVALID_ARGUMENT;
    }
    const sift_kernels* kernels = sift::kernels_for(isa);
    if (kernels == nullptr) {
        return ODM_UNSUPPORTED;
    }
    try {
        float* scratch = planes + static_cast<int64_t>(rows) * odm_sift_stride(columns);
        doubled != 0 ? to_float_doubled(grey, width, height, scratch) : to_float(grey, width, height, scratch);
        const double blurred = sift::camera_blur * (doubled != 0 ? 2 : 1);
        blur_plane(*kernels, scratch, columns, rows, gaussian(std::sqrt(sift::first_blur * sift::first_blur - blurred * blurred)), planes);
        return ODM_OK;
    } catch (const std::bad_alloc&) {
        return ODM_OUT_OF_MEMORY;
    }
}

extern "C" odm_status odm_sift_halve(const float* planes, int32_t width, int32_t height, float* next) {
    if (planes == nullptr || next == nullptr || !sift::sides_fit(width, height)) {
        return ODM_INVALID_ARGUMENT;
    }
    const octave from(planes, width, height);
    const int32_t columns = (width + 1) / 2, rows = (height + 1) / 2, stride = odm_sift_stride(columns);
    for (int32_t y = 0; y < rows; y++) {
        const float* row = from.row(ODM_SIFT_LAYERS, 2 * y);
        float* to = next + static_cast<int64_t>(y) * stride;
        for (int32_t x = 0; x < columns; x++) {
            to[x] = row[2 * x];
        }
    }
    return ODM_OK;
}

extern "C" odm_status odm_sift_blur(odm_isa isa, float* planes, int32_t width, int32_t height) {
    if (planes == nullptr || !sift::sides_fit(width, height)) {
        return ODM_INVALID_ARGUMENT;
    }
    const sift_kernels* kernels = sift::kernels_for(isa);
    if (kernels == nullptr) {
        return ODM_UNSUPPORTED;
    }
    try {
        const int64_t size = static_cast<int64_t>(height) * odm_sift_stride(width);
        for (int32_t plane = 1; plane < ODM_SIFT_PLANES; plane++) {
            const double before = sift::first_blur * std::exp2((plane - 1.0) / ODM_SIFT_LAYERS);
            const double after = sift::first_blur * std::exp2(static_cast<double>(plane) / ODM_SIFT_LAYERS);
            blur_plane(*kernels, planes + (plane - 1) * size, width, height, gaussian(std::sqrt(after * after - before * before)),
                       planes + plane * size);
        }
        return ODM_OK;
    } catch (const std::bad_alloc&) {
        return ODM_OUT_OF_MEMORY;
    }
}

extern "C" odm_status odm_sift_detect(odm_isa isa, const float* planes, int32_t width, int32_t height, float contrast,
                                      float edge_ratio, odm_sift_point* points, int32_t capacity, int32_t* found) {
    if (planes == nullptr || points == nullptr || found == nullptr || capacity < 0 || !sift::sides_fit(width, height) ||
        !(contrast > 0) || !(edge_ratio > 0)) {
        return ODM_INVALID_ARGUMENT;
    }
    const sift_kernels* kernels = sift::kernels_for(isa);
    if (kernels == nullptr) {
        return ODM_UNSUPPORTED;
    }
    try {
        const octave from(planes, width, height);
        const peak_finder peaks(from, contrast, edge_ratio);
        difference_rows differences(*kernels, from);
        std::vector<int32_t> columns(static_cast<size_t>(width));
        differences.compute(ODM_SIFT_BORDER - 1);
        differences.compute(ODM_SIFT_BORDER);
        *found = 0;
        for (int32_t y = ODM_SIFT_BORDER; y < height - ODM_SIFT_BORDER; y++) {
            differences.compute(y + 1);
            for (int32_t layer = 1; layer <= ODM_SIFT_LAYERS; layer++) {
                const float* rows[9];
                for (int32_t i = 0; i < 9; i++) {
                    rows[i] = differences.at(layer - 1 + i / 3, y - 1 + i % 3);
                }
                /* The peak of the quadratic may be higher than the pixel. */
                const int32_t count = kernels->extrema(rows, ODM_SIFT_BORDER, width - ODM_SIFT_BORDER, 0.5f * contrast, columns.data());
                for (int32_t i = 0; i < count; i++) {
                    odm_sift_point point;
                    if (peaks.find(layer, y, columns[static_cast<size_t>(i)], &point)) {
                        if (*found < capacity) {
                            points[*found] = point;
                        }
                        ++*found;
                    }
                }
            }
        }
        return ODM_OK;
    } catch (const std::bad_alloc&) {
        return ODM_OUT_OF_MEMORY;
    }
}
