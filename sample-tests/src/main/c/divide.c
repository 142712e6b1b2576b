/* Divides by an instruction that ARM processors have since version 7VE: older ones call a function of the library. */
#include <stdio.h>
#include <stdlib.h>

static unsigned divide(unsigned number, unsigned by) {
#if defined(__arm__)
    unsigned quotient;
    __asm__(".arch armv7ve\n\tudiv %0, %1, %2" : "=r"(quotient) : "r"(number), "r"(by));
    return quotient;
#else
    return number / by;
#endif
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: divide NUMBER BY\n");
        return 64;
    }
    printf("%u\n", divide((unsigned) atoi(arguments[1]), (unsigned) atoi(arguments[2])));
    return 0;
}
