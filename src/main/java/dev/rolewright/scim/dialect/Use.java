package dev.rolewright.scim.dialect;

/// What a value is sent for; null and the empty string mean something else in each.
enum Use {
    /// A whole resource in a POST or PUT.
    RESOURCE,
    ADD,
    REPLACE,
    REMOVE
}
