#include "odmnode.h"

extern "C" int32_t odm_abi_version(void) {
    return ODM_ABI_VERSION;
}

extern "C" odm_isa odm_best_isa(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni")) {
        return ODM_ISA_AVX512;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return ODM_ISA_AVX2;
    }
#endif
    return ODM_ISA_SCALAR;
}
