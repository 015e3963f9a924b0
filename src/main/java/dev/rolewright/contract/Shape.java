package dev.rolewright.contract;

import java.util.List;

/// The keys that one part of the language has. The JSON Schema says the same for editors; a test compares the two.
enum Shape {
    CONTRACT(
            "contract",
            "contract",
            "environments targets roles mappings separation elevations lifecycle services protected brakes"),
    ENVIRONMENT("environment", "", "approvals forbid maxLease"),
    TARGET("target", "engine environment databases", "heir drift"),
    ROLE("role", "kind purpose owner target", "grants rows includes"),
    GRANT(
            "grant",
            "database privileges",
            "schema table tables columns sequence sequences function functions type types future"),
    FUTURE("future", "createdBy", ""),
    ROWS("rows", "database table using", ""),
    MAPPING("mapping", "name group roles", "when until"),
    GROUP("group", "", "displayName externalId matches source"),
    SEPARATION("separation", "name never", ""),
    ELEVATION("elevation", "role who approvers atMost", ""),
    CIRCLE("circle", "group", ""),
    LIFECYCLE("lifecycle", "", "login grace credentials rotateEvery"),
    SERVICE("service", "name owner roles", "rotateEvery connections"),
    PERSON("person", "", "userName externalId"),
    PROTECTED("protected", "logins", ""),
    BRAKES("brakes", "", "removeLogins suspendLogins revokeMemberships atLeast");

    private final String caption;
    private final String required;
    private final String optional;

    Shape(String caption, String required, String optional) {
        this.caption = caption;
        this.required = required;
        this.optional = optional;
    }

    /// The name of the definition in the JSON Schema.
    String caption() {
        return caption;
    }

    List<String> required() {
        return words(required);
    }

    List<String> keys() {
        return words((required + " " + optional).strip());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }
}
