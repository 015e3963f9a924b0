package dev.rolewright.plan;

/// How much we manage on a target; the whole that the brakes' shares are of.
///
/// @param memberships of people
public record Census(long logins, long active, long memberships) {}
