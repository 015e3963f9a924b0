package dev.rolewright.directory;

import java.util.Set;

/// What must hold for a change to happen (`If-Match`, RFC 7644 §3.14). When it does not, the answer is 412.
public sealed interface Precondition {

    Precondition NONE = new None();

    /// The client does not mind.
    record None() implements Precondition {}

    /// `If-Match: *`: the resource exists.
    record Any() implements Precondition {}

    /// The resource has one of these versions.
    record Versions(Set<Long> versions) implements Precondition {
        public Versions {
            versions = Set.copyOf(versions);
        }
    }
}
