/* The part of libffi's interface that the VM links. See lib.rs. */

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    size_t size;
    unsigned short alignment;
    unsigned short type;
    void *elements;
} ffi_type;

#define TYPE(name, of, number) ffi_type ffi_type_##name = {sizeof(of), sizeof(of), number, NULL}

ffi_type ffi_type_void = {1, 1, 0, NULL};
TYPE(float, float, 2);
TYPE(double, double, 3);
TYPE(uint8, unsigned char, 5);
TYPE(sint8, signed char, 6);
TYPE(uint16, unsigned short, 7);
TYPE(sint16, short, 8);
TYPE(uint32, unsigned int, 9);
TYPE(sint32, int, 10);
TYPE(uint64, unsigned long long, 11);
TYPE(sint64, long long, 12);
TYPE(pointer, void *, 14);

#define CALL(name)                                                                                                     \
    void name(void) {                                                                                                  \
        fputs("quecpy: " #name " was called, and there is no libffi\n", stderr);                                       \
        abort();                                                                                                       \
    }

CALL(ffi_call)
CALL(ffi_closure_alloc)
CALL(ffi_closure_free)
CALL(ffi_get_struct_offsets)
CALL(ffi_prep_cif)
CALL(ffi_prep_cif_var)
CALL(ffi_prep_closure)
CALL(ffi_prep_closure_loc)
