package dev.rolewright.offboarding;

import dev.rolewright.directory.Identity;

/// A fact and whom it is about, as the sender names that person.
public record Statement(Identity person, Fact fact) {}
