/* An index in the making: parties come in as messages, one file goes out. */
#ifndef VACATUR_BUILD_H
#define VACATUR_BUILD_H

#include "file.h"

typedef struct Builder Builder;

EXPORTED Builder *vacatur_builder_new(const Rules *rules);
EXPORTED void vacatur_builder_free(Builder *builder);

/* Take in the parties of a message (kernel/wire.py writes it); the reason why not, or FINE. */
EXPORTED uint32_t vacatur_builder_add(Builder *builder, const uint8_t *message, uint64_t length);

/* Write the file; 0, an error of the operating system (errno), or -reason. */
EXPORTED int32_t vacatur_builder_write(Builder *builder, const char *path, int64_t transaction, const uint8_t *content);

#endif
