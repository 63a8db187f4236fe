/* Variables of the environment that were probably meant for us. */
#pragma once

#include <stdio.h>

/* Warns of each VOLLEY_name that is not an option's but nearly spelt like one.
 * Others are none of our business: a team has names of its own. */
void strays_warn(char **environment, FILE *out);
