package dev.rolewright.directory;

import dev.rolewright.scim.filter.AttributePath;

/// The order of a search. Equal values are ordered by id; a resource without the value comes last when ascending and
/// first when descending (RFC 7644 §3.4.2.3).
public record Sort(AttributePath path, boolean descending) {}
