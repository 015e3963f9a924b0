package dev.rolewright.engine.postgres;

import dev.rolewright.engine.Reach;

/// What everything that changes a server has to know about it.
///
/// @param version the major version
record Context(Reach reach, OwnRoles own, Marks marks, int version) {

    /// Whether a membership has options and remembers who gave it.
    boolean keepsGrantors() {
        return version >= 16;
    }
}
