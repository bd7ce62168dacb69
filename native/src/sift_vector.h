/* The bodies of the kernels, compiled once per instruction set: the including file names the table. Sums are in the
 * same order and never contracted, so that every instruction set gives the same bits. */
#include "sift_kernels.h"

namespace {

typedef float floats __attribute__((vector_size(4 * SIFT_VECTOR), may_alias));
typedef int32_t masks __attribute__((vector_size(4 * SIFT_VECTOR), may_alias));

inline floats load(const float* at) {
    floats value;
    __builtin_memcpy(&value, at, sizeof value);
    return value;
}

inline void store(float* at, floats value) {
    __builtin_memcpy(at, &value, sizeof value);
}

inline floats larger(floats a, floats b) {
    return a > b ? a : b;
}

inline floats smaller(floats a, floats b) {
    return a < b ? a : b;
}

inline bool any(masks mask) {
    int64_t words[SIFT_VECTOR / 2];
    __builtin_memcpy(words, &mask, sizeof words);
    return (words[0] | words[1] | words[2] | words[3]) != 0;
}

void blur_down(const float* const* rows, const float* weights, int32_t radius, int32_t width, float* out) {
    for (int32_t x = 0; x < width; x += 2 * SIFT_VECTOR) {
        floats low = weights[0] * load(rows[0] + x), high = weights[0] * load(rows[0] + x + SIFT_VECTOR);
        for (int32_t t = 1; t <= radius; t++) {
            const float *a = rows[2 * t - 1] + x, *b = rows[2 * t] + x;
            low += weights[t] * (load(a) + load(b));
            high += weights[t] * (load(a + SIFT_VECTOR) + load(b + SIFT_VECTOR));
        }
        store(out + x, low);
        store(out + x + SIFT_VECTOR, high);
    }
}

void blur_across(const float* row, const float* weights, int32_t radius, int32_t width, float* out) {
    for (int32_t x = 0; x < width; x += 2 * SIFT_VECTOR) {
        const float* at = row + x;
        floats low = weights[0] * load(at), high = weights[0] * load(at + SIFT_VECTOR);
        for (int32_t t = 1; t <= radius; t++) {
            low += weights[t] * (load(at - t) + load(at + t));
            high += weights[t] * (load(at - t + SIFT_VECTOR) + load(at + t + SIFT_VECTOR));
        }
        store(out + x, low);
        store(out + x + SIFT_VECTOR, high);
    }
}

void subtract(const float* a, const float* b, int32_t width, float* out) {
    for (int32_t x = 0; x < width; x += SIFT_VECTOR) {
        store(out + x, load(a + x) - load(b + x));
    }
}

int32_t extrema(const float* const* rows, int32_t first, int32_t last, float threshold, int32_t* columns) {
    int32_t found = 0;
    const float* middle = rows[4];
    for (int32_t x = first; x < last; x += SIFT_VECTOR) {
        floats value = load(middle + x);
        masks strong = (value >= threshold) | (value <= -threshold);
        if (!any(strong)) {
            continue;
        }
        floats highest = larger(load(middle + x - 1), load(middle + x + 1));
        floats lowest = smaller(load(middle + x - 1), load(middle + x + 1));
        for (int32_t i = 0; i < 9; i++) {
            if (i == 4) {
                continue;
            }
            floats left = load(rows[i] + x - 1), center = load(rows[i] + x), right = load(rows[i] + x + 1);
            highest = larger(highest, larger(center, larger(left, right)));
            lowest = smaller(lowest, smaller(center, smaller(left, right)));
        }
        masks extreme = ((value >= threshold) & (value >= highest)) | ((value <= -threshold) & (value <= lowest));
        if (!any(extreme)) {
            continue;
        }
        for (int32_t lane = 0; lane < SIFT_VECTOR && x + lane < last; lane++) {
            if (extreme[lane]) {
                columns[found++] = x + lane;
            }
        }
    }
    return found;
}

/* Arc tangent on [0, 1] by the polynomial 4.4.47 of Abramowitz and Stegun, Handbook of Mathematical Functions (1964). */
void gradient(const float* above, const float* row, const float* below, int32_t count, float* size, float* angle) {
    const float pi = 3.14159265f;
    for (int32_t i = 0; i < count; i++) {
        float dx = row[i + 1] - row[i - 1], dy = below[i] - above[i];
        float ax = __builtin_fabsf(dx), ay = __builtin_fabsf(dy);
        float large = ax > ay ? ax : ay, small = ax > ay ? ay : ax;
        float ratio = small / (large + 1e-30f), square = ratio * ratio;
        float turn = ratio * (0.9998660f + square * (-0.3302995f + square * (0.1801410f + square * (-0.0851330f + square * 0.0208351f))));
        turn = ay > ax ? 0.5f * pi - turn : turn;
        turn = dx < 0.0f ? pi - turn : turn;
        turn = dy < 0.0f ? 2.0f * pi - turn : turn;
        size[i] = __builtin_sqrtf(dx * dx + dy * dy);
        angle[i] = turn >= 2.0f * pi ? 0.0f : turn;
    }
}

}  // namespace
