/* Tells what a C program can see of the machine that it was compiled for. */
#include <stddef.h>
#include <stdio.h>

struct padded {
    char first;
    double second;
};

int main(void) {
    const unsigned one = 1;
    const int minus = (char) -1;

    printf("word %d bits\n", (int) sizeof(void *) * 8);
    printf("order %s\n", *(const unsigned char *) &one ? "little" : "big");
    printf("double aligned to %d\n", (int) offsetof(struct padded, second));
    printf("char %s\n", minus < 0 ? "signed" : "unsigned");
    printf("long double %d bytes\n", (int) sizeof(long double));
    return 0;
}
