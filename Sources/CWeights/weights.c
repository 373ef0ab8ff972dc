#include "include/CWeights.h"

static const uint8_t cdcgan[] = {
#embed "../../weights/cdcgan.safetensors.zst"
};

static const uint8_t cgan[] = {
#embed "../../weights/cgan.safetensors.zst"
};

static const uint8_t dcgan[] = {
#embed "../../weights/dcgan.safetensors.zst"
};

static const uint8_t gan[] = {
#embed "../../weights/gan.safetensors.zst"
};

static const uint8_t ink[] = {
#embed "../../weights/ink.safetensors.zst"
};

static const char digests[] = {
#embed "../../weights/SHA256SUMS"
};

// The default first.
static const dg_shipped_bundle bundles[] = {
    {"ink", ink, sizeof ink},       {"cdcgan", cdcgan, sizeof cdcgan}, {"cgan", cgan, sizeof cgan},
    {"dcgan", dcgan, sizeof dcgan}, {"gan", gan, sizeof gan},
};

const dg_shipped_bundle *dg_shipped_bundles(size_t *count) {
    *count = sizeof bundles / sizeof bundles[0];
    return bundles;
}

const char *dg_shipped_digests(size_t *count) {
    *count = sizeof digests;
    return digests;
}
