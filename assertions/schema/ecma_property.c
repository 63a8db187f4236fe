/* \p{...}: ECMA-262, section 22.2.1, tables "Non-binary Unicode property
 * aliases", "Binary Unicode property aliases" and "Value aliases for
 * General_Category". Their names are taken exactly as they are written. */
#include <stdio.h>
#include <string.h>

#include "assertions/schema/ecma_parts.h"

/* What PCRE2 calls it, and what ECMA-262 may call it. */
struct property {
    const char *name;
    const char *aliases[3];
};

static const struct property categories[] = {
    {"L&", {"Cased_Letter", "LC"}},
    {"Pe", {"Close_Punctuation", "Pe"}},
    {"Pc", {"Connector_Punctuation", "Pc"}},
    {"Cc", {"Control", "Cc", "cntrl"}},
    {"Sc", {"Currency_Symbol", "Sc"}},
    {"Pd", {"Dash_Punctuation", "Pd"}},
    {"Nd", {"Decimal_Number", "Nd", "digit"}},
    {"Me", {"Enclosing_Mark", "Me"}},
    {"Pf", {"Final_Punctuation", "Pf"}},
    {"Cf", {"Format", "Cf"}},
    {"Pi", {"Initial_Punctuation", "Pi"}},
    {"L", {"Letter", "L"}},
    {"Nl", {"Letter_Number", "Nl"}},
    {"Zl", {"Line_Separator", "Zl"}},
    {"Ll", {"Lowercase_Letter", "Ll"}},
    {"M", {"Mark", "M", "Combining_Mark"}},
    {"Sm", {"Math_Symbol", "Sm"}},
    {"Lm", {"Modifier_Letter", "Lm"}},
    {"Sk", {"Modifier_Symbol", "Sk"}},
    {"Mn", {"Nonspacing_Mark", "Mn"}},
    {"N", {"Number", "N"}},
    {"Ps", {"Open_Punctuation", "Ps"}},
    {"C", {"Other", "C"}},
    {"Lo", {"Other_Letter", "Lo"}},
    {"No", {"Other_Number", "No"}},
    {"Po", {"Other_Punctuation", "Po"}},
    {"So", {"Other_Symbol", "So"}},
    {"Zp", {"Paragraph_Separator", "Zp"}},
    {"Co", {"Private_Use", "Co"}},
    {"P", {"Punctuation", "P", "punct"}},
    {"Z", {"Separator", "Z"}},
    {"Zs", {"Space_Separator", "Zs"}},
    {"Mc", {"Spacing_Mark", "Mc"}},
    {"Cs", {"Surrogate", "Cs"}},
    {"S", {"Symbol", "S"}},
    {"Lt", {"Titlecase_Letter", "Lt"}},
    {"Cn", {"Unassigned", "Cn"}},
    {"Lu", {"Uppercase_Letter", "Lu"}},
};

/* "Assigned" has no name of its own in PCRE2: see read_lone(). */
static const struct property binaries[] = {
    {"ASCII", {"ASCII"}},
    {"ASCII_Hex_Digit", {"ASCII_Hex_Digit", "AHex"}},
    {"Alphabetic", {"Alphabetic", "Alpha"}},
    {"Any", {"Any"}},
    {"Bidi_Control", {"Bidi_Control", "Bidi_C"}},
    {"Bidi_Mirrored", {"Bidi_Mirrored", "Bidi_M"}},
    {"Case_Ignorable", {"Case_Ignorable", "CI"}},
    {"Cased", {"Cased"}},
    {"Changes_When_Casefolded", {"Changes_When_Casefolded", "CWCF"}},
    {"Changes_When_Casemapped", {"Changes_When_Casemapped", "CWCM"}},
    {"Changes_When_Lowercased", {"Changes_When_Lowercased", "CWL"}},
    {"Changes_When_NFKC_Casefolded", {"Changes_When_NFKC_Casefolded", "CWKCF"}},
    {"Changes_When_Titlecased", {"Changes_When_Titlecased", "CWT"}},
    {"Changes_When_Uppercased", {"Changes_When_Uppercased", "CWU"}},
    {"Dash", {"Dash"}},
    {"Default_Ignorable_Code_Point", {"Default_Ignorable_Code_Point", "DI"}},
    {"Deprecated", {"Deprecated", "Dep"}},
    {"Diacritic", {"Diacritic", "Dia"}},
    {"Emoji", {"Emoji"}},
    {"Emoji_Component", {"Emoji_Component", "EComp"}},
    {"Emoji_Modifier", {"Emoji_Modifier", "EMod"}},
    {"Emoji_Modifier_Base", {"Emoji_Modifier_Base", "EBase"}},
    {"Emoji_Presentation", {"Emoji_Presentation", "EPres"}},
    {"Extended_Pictographic", {"Extended_Pictographic", "ExtPict"}},
    {"Extender", {"Extender", "Ext"}},
    {"Grapheme_Base", {"Grapheme_Base", "Gr_Base"}},
    {"Grapheme_Extend", {"Grapheme_Extend", "Gr_Ext"}},
    {"Hex_Digit", {"Hex_Digit", "Hex"}},
    {"IDS_Binary_Operator", {"IDS_Binary_Operator", "IDSB"}},
    {"IDS_Trinary_Operator", {"IDS_Trinary_Operator", "IDST"}},
    {"ID_Continue", {"ID_Continue", "IDC"}},
    {"ID_Start", {"ID_Start", "IDS"}},
    {"Ideographic", {"Ideographic", "Ideo"}},
    {"Join_Control", {"Join_Control", "Join_C"}},
    {"Logical_Order_Exception", {"Logical_Order_Exception", "LOE"}},
    {"Lowercase", {"Lowercase", "Lower"}},
    {"Math", {"Math"}},
    {"Noncharacter_Code_Point", {"Noncharacter_Code_Point", "NChar"}},
    {"Pattern_Syntax", {"Pattern_Syntax", "Pat_Syn"}},
    {"Pattern_White_Space", {"Pattern_White_Space", "Pat_WS"}},
    {"Quotation_Mark", {"Quotation_Mark", "QMark"}},
    {"Radical", {"Radical"}},
    {"Regional_Indicator", {"Regional_Indicator", "RI"}},
    {"Sentence_Terminal", {"Sentence_Terminal", "STerm"}},
    {"Soft_Dotted", {"Soft_Dotted", "SD"}},
    {"Terminal_Punctuation", {"Terminal_Punctuation", "Term"}},
    {"Unified_Ideograph", {"Unified_Ideograph", "UIdeo"}},
    {"Uppercase", {"Uppercase", "Upper"}},
    {"Variation_Selector", {"Variation_Selector", "VS"}},
    {"White_Space", {"White_Space", "space"}},
    {"XID_Continue", {"XID_Continue", "XIDC"}},
    {"XID_Start", {"XID_Start", "XIDS"}},
};

enum { NAME_MOST = 64 };

static const char *find_property(const struct property *list, size_t count,
                                 const char *alias)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < COUNT(list->aliases) && list[i].aliases[k];
             k++) {
            if (strcmp(list[i].aliases[k], alias) == 0)
                return list[i].name;
        }
    }
    return NULL;
}

/* Letters, digits and "_"; empty where there are none or too many. */
static void read_name(struct ecma *ecma, char name[NAME_MOST])
{
    size_t length = 0;

    while (length < NAME_MOST - 1 && ecma->at < ecma->end) {
        char c = *ecma->at;

        if (c != '_' && !(c >= '0' && c <= '9') &&
            !((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
            break;
        name[length++] = c;
        ecma->at++;
    }
    name[length] = '\0';
}

/* Names of scripts are PCRE2's to know: each Unicode brings more of them. It
 * does not mind their case, but the standard does. */
static bool script_is_known(const char *kind, const char *name)
{
    char pattern[NAME_MOST + 16];
    struct pattern_trouble trouble;
    struct pattern *compiled;
    int length;

    if (!(name[0] >= 'A' && name[0] <= 'Z') || strstr(name, "__"))
        return false;
    length = snprintf(pattern, sizeof(pattern), "\\p{%s:%s}", kind, name);
    compiled = pattern_compile(pattern, (size_t)length, &trouble);
    pattern_free(compiled);
    return compiled != NULL;
}

/* "Script=Greek", behind the "=". */
static bool read_value(struct ecma *ecma, const char *property, char letter,
                       struct ecma_item *item)
{
    const char *at = ecma->at, *category, *kind = NULL;
    char value[NAME_MOST];

    read_name(ecma, value);
    if (strcmp(property, "General_Category") == 0 ||
        strcmp(property, "gc") == 0) {
        category = find_property(categories, COUNT(categories), value);
        if (!category)
            return ecma_refuse(ecma, at, "no general category of this name");
        snprintf(item->set, sizeof(item->set), "\\%c{%s}", letter, category);
        return true;
    }
    if (strcmp(property, "Script") == 0 || strcmp(property, "sc") == 0)
        kind = "sc";
    if (strcmp(property, "Script_Extensions") == 0 ||
        strcmp(property, "scx") == 0)
        kind = "scx";
    if (!kind) {
        return ecma_refuse(ecma, at,
                           "only General_Category, Script and "
                           "Script_Extensions have values");
    }
    if (!script_is_known(kind, value))
        return ecma_refuse(ecma, at, "no script of this name");
    snprintf(item->set, sizeof(item->set), "\\%c{%s:%s}", letter, kind, value);
    return true;
}

/* A general category by itself, or a binary property. */
static bool read_lone(struct ecma *ecma, const char *name, const char *at,
                      struct ecma_item *item)
{
    char letter = at[-2];
    const char *known = find_property(categories, COUNT(categories), name);

    if (!known)
        known = find_property(binaries, COUNT(binaries), name);
    if (strcmp(name, "Assigned") == 0) {
        known = "Cn";
        letter = letter == 'p' ? 'P' : 'p';
    }
    if (known) {
        snprintf(item->set, sizeof(item->set), "\\%c{%s}", letter, known);
        return true;
    }
    if (script_is_known("sc", name))
        return ecma_refuse(ecma, at, "a script is written \\p{Script=%s}",
                           name);
    return ecma_refuse(ecma, at, "no property of this name");
}

bool ecma_read_property(struct ecma *ecma, char letter, struct ecma_item *item)
{
    char name[NAME_MOST];
    const char *at;

    item->is_set = true;
    if (!ecma_take(ecma, '{')) {
        return ecma_refuse(ecma, ecma->at,
                           "\"{\" expected: a property is written \\%c{...}",
                           letter);
    }
    at = ecma->at;
    read_name(ecma, name);
    if (ecma_take(ecma, '=') ? !read_value(ecma, name, letter, item)
                             : !read_lone(ecma, name, at, item))
        return false;
    return ecma_take(ecma, '}') ||
           ecma_refuse(ecma, ecma->at, "\"}\" expected, of the property");
}
