/* Everything that the hostile server can do wrong; the table in hostile.c says
 * on which path. */
#pragma once

#include "tests/server/visit.h"

/* framing.c: messages that are not what they say */
misdeed answer_garbage;
misdeed answer_cut;
misdeed answer_cut_chunked;
misdeed answer_bad_chunk;
misdeed answer_two_lengths;
misdeed answer_without_length;
misdeed answer_after_continue;
misdeed answer_after_hints;

/* silence.c: too slow, too late, or not at all */
misdeed answer_slowly;
misdeed answer_late;
misdeed answer_stalled;
misdeed answer_never;

/* partings.c: how a connection should not end */
misdeed part_by_reset;
misdeed part_by_early_reset;
misdeed part_without_answer;
misdeed part_at_next_request;
misdeed part_by_late_reset;

/* headers.c: too many, too long, too strange */
misdeed send_endless_headers;
misdeed send_huge_header;
misdeed send_many_headers;
misdeed send_head;
misdeed send_nul_header;
misdeed redirect_in_circle;
misdeed redirect_often;
misdeed redirect_to_file;
misdeed redirect_to_other_host;
misdeed tell_credentials;

/* bodies.c: what no reader of bodies wants */
misdeed send_endless_body;
misdeed send_bomb;
misdeed send_gzip_garbage;
misdeed send_control_bytes;
misdeed send_no_json;
misdeed send_deep_json;
misdeed send_big_numbers;
misdeed send_byte_order_mark;
misdeed send_latin1;
misdeed send_invalid_utf8;
