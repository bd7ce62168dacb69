#include "odmnode.h"

#include <meshoptimizer.h>

#include <algorithm>
#include <new>

extern "C" odm_status odm_mesh_simplify(const float* positions, int32_t vertices, const uint32_t* indices,
                                        int64_t index_count, int64_t target_indices, float max_error,
                                        int32_t lock_border, uint32_t* simplified, int64_t* simplified_count) {
    if (positions == nullptr || indices == nullptr || simplified == nullptr || simplified_count == nullptr ||
        vertices < 0 || index_count < 0 || index_count % 3 != 0 || target_indices < 0 || !(max_error >= 0.0f)) {
        return ODM_INVALID_ARGUMENT;
    }
    if (std::any_of(indices, indices + index_count,
                    [vertices](uint32_t index) { return index >= static_cast<uint32_t>(vertices); })) {
        return ODM_INVALID_ARGUMENT;
    }
    *simplified_count = 0;
    if (index_count == 0) {
        return ODM_OK;
    }
    try {
        const size_t stride = 3 * sizeof(float);
        const size_t count = static_cast<size_t>(vertices);
        const float scale = meshopt_simplifyScale(positions, count, stride);
        const size_t target = static_cast<size_t>(std::min(target_indices, index_count));
        *simplified_count = static_cast<int64_t>(meshopt_simplify(
            simplified, indices, static_cast<size_t>(index_count), positions, count, stride, target / 3 * 3,
            scale > 0.0f ? max_error / scale : 0.0f, lock_border != 0 ? meshopt_SimplifyLockBorder : 0, nullptr));
        return ODM_OK;
    } catch (const std::bad_alloc&) {
        return ODM_OUT_OF_MEMORY;
    } catch (...) {
        return ODM_FAILED;
    }
}
