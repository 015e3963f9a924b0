package dev.rolewright.reconcile.hold;

/// A hold, and what a decision about it signs.
public record HoldSigned(long id, String digest) {}
