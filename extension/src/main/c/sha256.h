/*
 * SHA-256 as in FIPS 180-4, for files of any size: begin, add what is read, finish.
 */
#ifndef SHA256_H
#define SHA256_H

#include <linux/types.h>

enum { SHA256_BLOCK = 64, SHA256_DIGEST = 32 };

struct sha256 {
    __u32 state[8];
    __u64 length;  /* of all that was added, in bytes */
    unsigned char block[SHA256_BLOCK];
};

/* The first 32 bits of the fractions of the cube roots of the first 64 primes. */
static const __u32 sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static __u32 rotated(__u32 word, int count) {
    return word >> count | word << (32 - count);
}

static void sha256_begin(struct sha256 *hash) {
    /* The same of the square roots of the first eight primes. */
    static const __u32 initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    for (int number = 0; number < 8; number++) {
        hash->state[number] = initial[number];
    }
    hash->length = 0;
}

/* Jars of some hundred megabytes go through here: worth more instructions than the rest. */
__attribute__((optimize("O2")))
static void sha256_add_block(struct sha256 *hash, const unsigned char *block) {
    __u32 words[64];
    __u32 a = hash->state[0], b = hash->state[1], c = hash->state[2], d = hash->state[3];
    __u32 e = hash->state[4], f = hash->state[5], g = hash->state[6], h = hash->state[7];

    for (int number = 0; number < 16; number++) {
        const unsigned char *bytes = block + 4 * number;
        words[number] = (__u32) bytes[0] << 24 | (__u32) bytes[1] << 16 | (__u32) bytes[2] << 8 | bytes[3];
    }
    for (int number = 16; number < 64; number++) {
        __u32 early = words[number - 15];
        __u32 late = words[number - 2];
        words[number] = words[number - 16] + words[number - 7] + (rotated(early, 7) ^ rotated(early, 18) ^ early >> 3)
                        + (rotated(late, 17) ^ rotated(late, 19) ^ late >> 10);
    }
    for (int number = 0; number < 64; number++) {
        __u32 one = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g))
                    + sha256_constants[number] + words[number];
        __u32 two = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + one;
        d = c, c = b, b = a, a = one + two;
    }
    hash->state[0] += a, hash->state[1] += b, hash->state[2] += c, hash->state[3] += d;
    hash->state[4] += e, hash->state[5] += f, hash->state[6] += g, hash->state[7] += h;
}

static void sha256_add(struct sha256 *hash, const unsigned char *bytes, long count) {
    for (long position = 0; position < count;) {
        long filled = (long) (hash->length % SHA256_BLOCK);
        if (filled == 0 && count - position >= SHA256_BLOCK) {
            sha256_add_block(hash, bytes + position);
            position += SHA256_BLOCK;
            hash->length += SHA256_BLOCK;
        } else {
            hash->block[filled] = bytes[position++];
            hash->length++;
            if (filled == SHA256_BLOCK - 1) {
                sha256_add_block(hash, hash->block);
            }
        }
    }
}

static void sha256_finish(struct sha256 *hash, unsigned char *digest) {
    static const unsigned char one_bit = 0x80;
    static const unsigned char nothing = 0;
    unsigned char length[8];
    __u64 bits = hash->length * 8;

    for (int number = 0; number < 8; number++) {
        length[number] = (unsigned char) (bits >> (56 - 8 * number));
    }
    sha256_add(hash, &one_bit, 1);
    while (hash->length % SHA256_BLOCK != SHA256_BLOCK - sizeof length) {
        sha256_add(hash, &nothing, 1);
    }
    sha256_add(hash, length, sizeof length);
    for (int number = 0; number < SHA256_DIGEST; number++) {
        digest[number] = (unsigned char) (hash->state[number / 4] >> (24 - 8 * (number % 4)));
    }
}

#endif
