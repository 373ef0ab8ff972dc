#include "include/CWeights.h"



#if __has_embed("../../weights/cdcgan.safetensors.zst") == __STDC_EMBED_FOUND__
#define HAS_CDCGAN
static const uint8_t cdcgan[] = {
#embed "../../weights/cdcgan.safetensors.zst"
};
#endif

#if __has_embed("../../weights/cgan.safetensors.zst") == __STDC_EMBED_FOUND__
#define HAS_CGAN
static const uint8_t cgan[] = {
#embed "../../weights/cgan.safetensors.zst"
};
#endif

#if __has_embed("../../weights/dcgan.safetensors.zst") == __STDC_EMBED_FOUND__
#define HAS_DCGAN
static const uint8_t dcgan[] = {
#embed "../../weights/dcgan.safetensors.zst"
};
#endif

#if __has_embed("../../weights/gan.safetensors.zst") == __STDC_EMBED_FOUND__
#define HAS_GAN
static const uint8_t gan[] = {
#embed "../../weights/gan.safetensors.zst"
};
#endif

#if __has_embed("../../weights/SHA256SUMS") == __STDC_EMBED_FOUND__
static const char digests[] = {
#embed "../../weights/SHA256SUMS" suffix(, )
    0};
#else
static const char digests[] = "";
#endif

static const dg_shipped_bundle bundles[] = {
#ifdef HAS_CDCGAN
    {"cdcgan", cdcgan, sizeof cdcgan},
#endif
#ifdef HAS_CGAN
    {"cgan", cgan, sizeof cgan},
#endif
#ifdef HAS_DCGAN
    {"dcgan", dcgan, sizeof dcgan},
#endif
#ifdef HAS_GAN
    {"gan", gan, sizeof gan},
#endif
    {0, 0, 0},
};

const dg_shipped_bundle *dg_shipped_bundles(size_t *count) {
    *count = sizeof bundles / sizeof bundles[0] - 1;
    return bundles;
}

const char *dg_shipped_digests(size_t *count) {
    *count = sizeof digests - 1;
    return digests;
}
