package dev.rolewright.model;

/// What a contract role promises to be; the contract's checks hold it to the promise.
public enum RoleKind {
    READ_ONLY,
    READ_WRITE,
    MAINTENANCE,
    BACKUP,
    ADMIN
}
