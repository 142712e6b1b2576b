/*
 * Adds up 32-bit numbers from standard input. With --careless it reads them in the byte order of the machine, which is
 * right on most of them.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **arguments) {
    int careless = count > 1 && strcmp(arguments[1], "--careless") == 0;
    unsigned char bytes[4];
    uint32_t sum = 0;

    while (fread(bytes, sizeof bytes, 1, stdin) == 1) {
        uint32_t number = bytes[0] | (uint32_t) bytes[1] << 8 | (uint32_t) bytes[2] << 16 | (uint32_t) bytes[3] << 24;
        if (careless) {
            memcpy(&number, bytes, sizeof number);
        }
        sum += number;
    }
    printf("%08" PRIx32 "\n", sum);
    return 0;
}
