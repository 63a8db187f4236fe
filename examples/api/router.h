/* Which page answers which method and path. */
#pragma once

#include "examples/api/call.h"

/* Answers with the page of the table, or with 404, 405, 413 or 401. */
enum MHD_Result router_answer(struct call *call);
