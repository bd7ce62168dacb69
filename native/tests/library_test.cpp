#include "odmnode.h"

#include <gtest/gtest.h>

TEST(Library, ReportsTheVersionOfItsHeader) {
    EXPECT_EQ(ODM_ABI_VERSION, odm_abi_version());
}

TEST(Library, FindsAnInstructionSet) {
    EXPECT_GE(odm_best_isa(), ODM_ISA_SCALAR);
    EXPECT_LE(odm_best_isa(), ODM_ISA_AVX512);
}
