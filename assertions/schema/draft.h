/* The versions of JSON Schema. What differs between them is decided by these
 * alone, wherever a schema of one leads to a schema of another. */
#pragma once

enum schema_draft {
    SCHEMA_DRAFT_UNSET, /* in options: what the schema says, else 2020-12 */
    SCHEMA_DRAFT_4,     /* draft-fge-json-schema-validation-00 */
    SCHEMA_DRAFT_6,     /* draft-wright-json-schema-validation-01 */
    SCHEMA_DRAFT_7,     /* draft-handrews-json-schema-validation-01 */
    SCHEMA_DRAFT_2019,  /* draft-bhutton-... 2019-09 */
    SCHEMA_DRAFT_2020,  /* draft-bhutton-json-schema-validation-01 */
};
