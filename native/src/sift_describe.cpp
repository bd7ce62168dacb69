#include "sift_internal.h"

#include <algorithm>
#include <new>
#include <vector>

namespace {

using sift::octave;

constexpr float turn = 6.28318531f;
constexpr int32_t direction_bins = 36;
constexpr float second_direction = 0.8f;

constexpr int32_t cells = 4;
constexpr int32_t angles = 8;
constexpr float cell_blurs = 3.0f;   /* width of a cell, blurs of the point */
constexpr float largest_share = 0.2f;

/* exp(-t * t / (2 * sigma * sigma)) for t from 0 to radius: the weight of a pixel is the product of two. */
void fill_weights(float sigma, int32_t radius, std::vector<float>& weights) {
    weights.resize(static_cast<size_t>(radius) + 1);
    for (int32_t t = 0; t <= radius; t++) {
        weights[static_cast<size_t>(t)] = std::exp(-0.5f * static_cast<float>(t * t) / (sigma * sigma));
    }
}

/* Rows of gradients around a point, in buffers that are used again. */
class gradient_reader {
  public:
    gradient_reader(const sift_kernels& kernels, const octave& planes) : kernels_(kernels), planes_(planes) {}

    /* Gradients of the columns from first to last of a row; none of them at the border. */
    void read(int32_t plane, int32_t y, int32_t first, int32_t last) {
        const size_t count = static_cast<size_t>(last - first) + 1;
        if (size.size() < count) {
            size.resize(count);
            angle.resize(count);
        }
        kernels_.gradient(planes_.row(plane, y - 1) + first, planes_.row(plane, y) + first, planes_.row(plane, y + 1) + first,
                          static_cast<int32_t>(count), size.data(), angle.data());
    }

    std::vector<float> size, angle;

  private:
    const sift_kernels& kernels_;
    const octave& planes_;
};

class orienter {
  public:
    orienter(const sift_kernels& kernels, const octave& planes) : planes_(planes), gradients_(kernels, planes) {}

    /* The smoothed histogram of directions around a point. */
    void gather(const odm_sift_point& point, float* histogram) {
        const float sigma = 1.5f * sift::blur_of(point);
        const int32_t radius = std::max(1, static_cast<int32_t>(std::lround(3 * sigma)));
        const int32_t plane = sift::plane_of(point);
        const int32_t column = static_cast<int32_t>(std::lround(point.x)), row = static_cast<int32_t>(std::lround(point.y));
        fill_weights(sigma, radius, weights_);
        float sums[direction_bins + 4] = {};
        float* bins = sums + 2;
        const int32_t first = std::max(1, column - radius), last = std::min(planes_.width - 2, column + radius);
        for (int32_t y = std::max(1, row - radius); y <= std::min(planes_.height - 2, row + radius); y++) {
            gradients_.read(plane, y, first, last);
            const float down = weights_[static_cast<size_t>(std::abs(y - row))];
            for (int32_t x = first; x <= last; x++) {
                const size_t i = static_cast<size_t>(x - first);
                const int32_t bin = static_cast<int32_t>(gradients_.angle[i] * (direction_bins / turn) + 0.5f);
                bins[bin < direction_bins ? bin : 0] += down * weights_[static_cast<size_t>(std::abs(x - column))] * gradients_.size[i];
            }
        }
        bins[-2] = bins[direction_bins - 2];
        bins[-1] = bins[direction_bins - 1];
        bins[direction_bins] = bins[0];
        bins[direction_bins + 1] = bins[1];
        for (int32_t i = 0; i < direction_bins; i++) {
            histogram[i] = (bins[i - 2] + bins[i + 2]) * (1.0f / 16) + (bins[i - 1] + bins[i + 1]) * (4.0f / 16) + bins[i] * (6.0f / 16);
        }
    }

  private:
    const octave& planes_;
    gradient_reader gradients_;
    std::vector<float> weights_;
};

/* Narrows [low, high] to the t for which |offset + slope * t| < limit. */
void narrow(float offset, float slope, float limit, float& low, float& high) {
    if (std::fabs(slope) < 1e-6f) {
        if (std::fabs(offset) >= limit) {
            high = low - 1;
        }
        return;
    }
    const float a = (-limit - offset) / slope, b = (limit - offset) / slope;
    low = std::max(low, std::min(a, b));
    high = std::min(high, std::max(a, b));
}

class describer {
  public:
    describer(const sift_kernels& kernels, const octave& planes) : planes_(planes), gradients_(kernels, planes) {}

    void describe(const odm_sift_point& point, float direction, float* histogram) {
        std::fill(std::begin(bins_), std::end(bins_), 0.0f);
        gather(point, direction);
        float sum = 0;
        for (int32_t row = 0; row < cells; row++) {
            for (int32_t column = 0; column < cells; column++) {
                const float* from = bins_ + ((row + 1) * padded + column + 1) * angles;
                float* to = histogram + (row * cells + column) * angles;
                for (int32_t angle = 0; angle < angles; angle++) {
                    to[angle] = from[angle];
                    sum += from[angle] * from[angle];
                }
            }
        }
        const float bound = largest_share * std::sqrt(sum);
        sum = 0;
        for (int32_t i = 0; i < ODM_SIFT_DESCRIPTOR; i++) {
            histogram[i] = std::min(histogram[i], bound);
            sum += histogram[i] * histogram[i];
        }
        const float scale = sum > 0 ? 1 / std::sqrt(sum) : 0;
        for (int32_t i = 0; i < ODM_SIFT_DESCRIPTOR; i++) {
            histogram[i] *= scale;
        }
    }

  private:
    /* A ring of cells around the 4 by 4 takes what is interpolated beyond them. */
    static constexpr int32_t padded = cells + 2;

    const octave& planes_;
    gradient_reader gradients_;
    std::vector<float> weights_;
    float bins_[padded * padded * angles];

    void gather(const odm_sift_point& point, float direction) {
        const float cell = cell_blurs * sift::blur_of(point), reach = 0.5f * (cells + 1);
        const int32_t radius = static_cast<int32_t>(std::lround(cell * reach * std::sqrt(2.0f)));
        const int32_t plane = sift::plane_of(point);
        const int32_t column = static_cast<int32_t>(std::lround(point.x)), row = static_cast<int32_t>(std::lround(point.y));
        const float cosine = std::cos(direction) / cell, sine = std::sin(direction) / cell;
        const float shift_x = static_cast<float>(column) - point.x, shift_y = static_cast<float>(row) - point.y;
        fill_weights(0.5f * cells * cell, radius, weights_);
        for (int32_t i = std::max(-radius, 1 - row); i <= std::min(radius, planes_.height - 2 - row); i++) {
            const float y = static_cast<float>(i) + shift_y;
            float low = static_cast<float>(std::max(-radius, 1 - column)), high = static_cast<float>(std::min(radius, planes_.width - 2 - column));
            narrow(sine * y + cosine * shift_x, cosine, reach, low, high);
            narrow(cosine * y - sine * shift_x, -sine, reach, low, high);
            const int32_t first = static_cast<int32_t>(std::ceil(low)), last = static_cast<int32_t>(std::floor(high));
            if (first > last) {
                continue;
            }
            gradients_.read(plane, row + i, column + first, column + last);
            const float down = weights_[static_cast<size_t>(std::abs(i))];
            for (int32_t j = first; j <= last; j++) {
                const size_t at = static_cast<size_t>(j - first);
                const float x = static_cast<float>(j) + shift_x;
                /* In the ring of cells: what is compared here is what is rounded down there, to the last bit. */
                const float across = cosine * x + sine * y + (0.5f * cells + 0.5f), along = cosine * y - sine * x + (0.5f * cells + 0.5f);
                if (across > 0 && across < cells + 1 && along > 0 && along < cells + 1) {
                    float angle = (gradients_.angle[at] - direction) * (angles / turn);
                    angle += angle < 0 ? angles : 0;
                    add(across, along, angle, down * weights_[static_cast<size_t>(std::abs(j))] * gradients_.size[at]);
                }
            }
        }
    }

    /* Shares a weight between the two nearest cells along each axis, both places in (0, cells + 1), and the two nearest angles. */
    void add(float across, float along, float angle, float weight) {
        const int32_t column = static_cast<int32_t>(across), row = static_cast<int32_t>(along), bin = static_cast<int32_t>(angle);
        const float fx = across - static_cast<float>(column), fy = along - static_cast<float>(row), fa = angle - static_cast<float>(bin);
        const int32_t a0 = bin & (angles - 1), a1 = (bin + 1) & (angles - 1);
        const float lower = weight * fy, upper = weight - lower;
        const float w01 = upper * fx, w00 = upper - w01, w11 = lower * fx, w10 = lower - w11;
        float* at = bins_ + (row * padded + column) * angles;
        const float v00 = w00 * fa, v01 = w01 * fa, v10 = w10 * fa, v11 = w11 * fa;
        at[a0] += w00 - v00;
        at[a1] += v00;
        at[angles + a0] += w01 - v01;
        at[angles + a1] += v01;
        at[padded * angles + a0] += w10 - v10;
        at[padded * angles + a1] += v10;
        at[(padded + 1) * angles + a0] += w11 - v11;
        at[(padded + 1) * angles + a1] += v11;
    }
};

bool inside(const octave& planes, const odm_sift_point& point) {
    return point.x >= 0 && point.y >= 0 && point.x < static_cast<float>(planes.width) && point.y < static_cast<float>(planes.height) &&
           point.layer >= 0 && point.layer <= ODM_SIFT_LAYERS + 1;
}

}  // namespace

extern "C" odm_status odm_sift_orient(odm_isa isa, const float* planes, int32_t width, int32_t height,
                                      const odm_sift_point* points, int32_t count, odm_sift_direction* directions,
                                      int32_t capacity, int32_t* found) {
    if (planes == nullptr || points == nullptr || directions == nullptr || found == nullptr || count < 0 || capacity < 0 ||
        !sift::sides_fit(width, height)) {
        return ODM_INVALID_ARGUMENT;
    }
    const sift_kernels* kernels = sift::kernels_for(isa);
    if (kernels == nullptr) {
        return ODM_UNSUPPORTED;
    }
    try {
        const octave from(planes, width, height);
        orienter surroundings(*kernels, from);
        *found = 0;
        for (int32_t index = 0; index < count; index++) {
            if (!inside(from, points[index])) {
                return ODM_INVALID_ARGUMENT;
            }
            float histogram[direction_bins];
            surroundings.gather(points[index], histogram);
            const float bound = second_direction * *std::max_element(histogram, histogram + direction_bins);
            for (int32_t bin = 0; bin < direction_bins; bin++) {
                const float left = histogram[(bin + direction_bins - 1) % direction_bins], right = histogram[(bin + 1) % direction_bins];
                const float here = histogram[bin];
                if (!(here > left && here > right && here >= bound)) {
                    continue;
                }
                float peak = static_cast<float>(bin) + 0.5f * (left - right) / (left - 2 * here + right);
                peak += peak < 0 ? direction_bins : peak >= direction_bins ? -direction_bins : 0;
                if (*found < capacity) {
                    directions[*found] = {index, peak * (turn / direction_bins)};
                }
                ++*found;
            }
        }
        return ODM_OK;
    } catch (const std::bad_alloc&) {
        return ODM_OUT_OF_MEMORY;
    }
}

extern "C" odm_status odm_sift_describe(odm_isa isa, const float* planes, int32_t width, int32_t height,
                                        const odm_sift_point* points, int32_t count, const odm_sift_direction* directions,
                                        int32_t direction_count, float* histograms) {
    if (planes == nullptr || points == nullptr || directions == nullptr || histograms == nullptr || count < 0 ||
        direction_count < 0 || !sift::sides_fit(width, height)) {
        return ODM_INVALID_ARGUMENT;
    }
    const sift_kernels* kernels = sift::kernels_for(isa);
    if (kernels == nullptr) {
        return ODM_UNSUPPORTED;
    }
    try {
        const octave from(planes, width, height);
        describer patches(*kernels, from);
        for (int32_t i = 0; i < direction_count; i++) {
            const odm_sift_direction& direction = directions[i];
            if (direction.point < 0 || direction.point >= count || !inside(from, points[direction.point])) {
                return ODM_INVALID_ARGUMENT;
            }
            patches.describe(points[direction.point], direction.angle, histograms + static_cast<int64_t>(i) * ODM_SIFT_DESCRIPTOR);
        }
        return ODM_OK;
    } catch (const std::bad_alloc&) {
        return ODM_OUT_OF_MEMORY;
    }
}
