package dev.rolewright.model;

/// Whether a login may be used.
public enum Standing {
    ACTIVE,
    SUSPENDED
}
