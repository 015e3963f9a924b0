package dev.rolewright.scim.dialect;

import java.util.Locale;

/// Every way in which clients bend the RFC and are understood all the same.
///
/// An item says whose habit it is: `O` Okta, `E` Microsoft Entra ID, `X` nobody's in particular; the recorded
/// conversations in `src/test/resources/dialects` carry the same numbers. Each rule has exactly one reading. Where a
/// request could mean two things that touch different amounts of data there is no rule, and the request is refused.
public enum Quirk {
    MISSING_SCHEMAS(
            "X1", "a body without `schemas`", "as if it named the schema its endpoint expects; a wrong one is refused"),
    OP_CASE("E5", "`op` with capital letters: `Add`, `Replace`, `Remove`", "as the lower-case word"),
    MALFORMED_URN(
            "E3",
            "an extension URN that lacks its last colon, as in `…:enterprise:2.0User`",
            "as the URN of the extension, in `schemas`, in keys and in paths"),
    FOREIGN_SCHEMA("E4", "URNs in `schemas` that no schema here has", "as absent; at least one known URN must be left"),
    FOREIGN_EXTENSION("O5", "data under the URN of an extension that is not known here", "as absent"),
    UNKNOWN_ATTRIBUTE(
            "O5",
            "an unknown attribute or sub-attribute in a whole resource (POST, PUT)",
            "as absent; in a PATCH it is refused with `invalidPath`"),
    READ_ONLY_ECHO("O4", "`id`, `meta`, `groups` and other read-only attributes in a POST or PUT", "as absent"),
    ID_IN_VALUE(
            "O8",
            "the resource's own `id` inside a path-less PATCH value",
            "as absent when it is the id of the resource addressed; another id is refused with `mutability`"),
    SCHEMAS_IN_VALUE(
            "X2",
            "`schemas` inside a path-less PATCH value",
            "as absent when all its URNs belong to the resource; otherwise refused with `mutability`"),
    PASSWORD("O4", "`password` in a POST, PUT or PATCH", "as absent: it is neither kept nor logged"),
    STRING_BOOLEAN("E5", "a boolean as a string: `\"True\"`, `\"false\"`", "as the boolean"),
    NULL_CLEARS("E10", "`replace` with the value null, or with null sub-attributes", "as removal of just those"),
    NULL_IGNORED("E8", "null inside a value: `{\"$ref\": null, \"value\": …}`", "as absent (RFC 7643 §2.5)"),
    EMPTY_STRING_CLEARS(
            "E9",
            "the empty string for a reference such as `manager`",
            "as removal by `replace`, as absent in a POST or PUT"),
    REFERENCE_AS_STRING("E9", "a bare id for a reference such as `manager`", "as `{\"value\": id}`"),
    ARRAY_FOR_SINGLE("E9", "an array of one for a single-valued attribute", "as that one value"),
    SINGLE_FOR_ARRAY(
            "X3",
            "one object where an array belongs",
            "as an array of one; in place of all `members` it is refused instead, for it could empty a group"),
    JSON_IN_STRING(
            "E11",
            "a role whose `value` is JSON text with `id`, `value` and `displayName`",
            "as the role of that `value` with `displayName` as its `display`"),
    DOTTED_KEY("E7", "`name.familyName` as a key", "as `familyName` inside `name`"),
    URN_KEY("E7", "an attribute with its URN as a key: `urn:…:User:department`", "as that attribute of that schema"),
    SELECTOR_KEY(
            "X4",
            "a whole PATCH path as a key of a path-less value: `emails[type eq \"work\"].value`",
            "as an operation of its own with that path, at the place of the key"),
    REMOVE_WITH_VALUE(
            "E8",
            "`remove` with a value that lists elements, most often of `members`",
            "as removal of exactly these; an empty or null list is refused"),
    UNQUOTED_FILTER_VALUE(
            "E2",
            "a string without quotes in a filter: `externalId eq jyoung`",
            "as the string, and digits as one where the attribute is a string"),
    FILTER_LITERAL_CASE("X5", "`True`, `FALSE` or `Null` as a bare word in a filter", "as the lower-case literal"),
    STRING_BOOLEAN_IN_FILTER("E11", "a boolean compared with a string: `roles[primary eq \"True\"]`", "as the boolean"),
    SUB_AFTER_SELECTOR(
            "E2",
            "a comparison behind a value path: `emails[type eq \"work\"].value eq \"x\"`",
            "as `emails[type eq \"work\" and value eq \"x\"]`"),
    BARE_EXTENSION_ATTRIBUTE(
            "E2",
            "an attribute of an extension without its URN in a filter: `manager eq \"…\"`",
            "as the attribute of the one extension that has it, when the core has none of that name");

    private final String item;
    private final String sent;
    private final String read;

    Quirk(String item, String sent, String read) {
        this.item = item;
        this.sent = sent;
        this.read = read;
    }

    /// Whose habit it is, with a running number.
    public String item() {
        return item;
    }

    /// What the client sends.
    public String sent() {
        return sent;
    }

    /// How it is read.
    public String read() {
        return read;
    }

    /// The name in metrics, audit rows and docs.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
