/* What this library was compiled from, so that one that was left behind is not taken for the one that fits. */
#include "kernel.h"

#ifndef VACATUR_SOURCES
#define VACATUR_SOURCES ""
#endif

EXPORTED const char *vacatur_sources(void);

const char *vacatur_sources(void) {
    return VACATUR_SOURCES;
}
