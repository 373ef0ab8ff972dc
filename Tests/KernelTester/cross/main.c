// Compares the tiers that a processor has with the scalar one, on processors for which no Swift is at hand. The last
// line names the tiers.
//
//     kernel-tester SEED ROUNDS
#include <KernelTester.h>

#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: kernel-tester SEED ROUNDS\n");
        return 64;
    }
    const uint64_t seed = strtoull(arguments[1], NULL, 10);
    const int rounds = atoi(arguments[2]);
    const size_t last = dg_tier_count() - 1;
    int differences = 0;
    for (size_t index = 0; index < last; ++index) {
        if (!dg_is_available(index)) continue;
        char difference[256];
        const int found = kt_compare(dg_tier(index), dg_tier(last), seed, rounds, difference, sizeof difference);
        if (found) fprintf(stderr, "%s differs from scalar %d times: %s\n", dg_tier(index)->name, found, difference);
        differences += found;
    }
    printf("seed %s, %d rounds, %d differences:", arguments[1], rounds, differences);
    for (size_t index = 0; index <= last; ++index)
        if (dg_is_available(index)) printf(" %s", dg_tier(index)->name);
    printf("\n");
    return differences ? 1 : 0;
}
