/* Internationalized labels: libidn2 behind one door. RFC 5891 and RFC 5892,
 * with the contexts of its appendix A. Private to assertions/schema. */
#pragma once

#include "assertions/pattern.h"

enum { IDN_LABEL_MOST = 63, IDN_TEXT_MOST = 4 * IDN_LABEL_MOST };

/* The two ways to write a label, NUL-ended. Where it is plain ASCII both are
 * the same. */
struct idn_label {
    char ascii[IDN_LABEL_MOST + 1];
    char text[IDN_TEXT_MOST + 1]; /* UTF-8 */
};

enum idn_form {
    IDN_EXACT,     /* the label is in Unicode's NFC, as section 4.1 asks */
    IDN_NORMALIZE, /* it is first brought there */
};

/* Whether the label, without NULs, is a U-label, or an A-label that stands for
 * one and is written as that one is (RFC 5890, section 2.3.2.1). An "xn--" in
 * any case begins an A-label. */
bool idn_label_read(struct text label, enum idn_form form,
                    struct idn_label *result) NODISCARD;
