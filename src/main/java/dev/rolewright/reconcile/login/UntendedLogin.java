package dev.rolewright.reconcile.login;

import java.time.Instant;

/// A login on a target that the contract has no more, so nobody looks after it.
///
/// @param since when the target left the contract
public record UntendedLogin(KnownLogin login, Instant since) {}
