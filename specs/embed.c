/* Writes a file as a C array: embed INPUT OUTPUT NAME. Runs while building. */
#include <stdio.h>
#include <stdlib.h>

static void refuse(const char *path)
{
    perror(path);
    exit(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
    FILE *in, *out;
    int byte;

    if (argc != 4)
        return EXIT_FAILURE;
    in = fopen(argv[1], "rb");
    if (!in)
        refuse(argv[1]);
    out = fopen(argv[2], "wb");
    if (!out)
        refuse(argv[2]);
    fprintf(out, "extern const char %s[];\nconst char %s[] = {\n", argv[3],
            argv[3]);
    for (size_t i = 0; (byte = getc(in)) != EOF; i++)
        fprintf(out, "%d,%c", byte < 128 ? byte : byte - 256,
                i % 16 == 15 ? '\n' : ' ');
    fputs("0};\n", out);
    if (ferror(in))
        refuse(argv[1]);
    if (fclose(out) != 0)
        refuse(argv[2]);
    fclose(in);
    return EXIT_SUCCESS;
}
