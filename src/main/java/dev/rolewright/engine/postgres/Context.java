package dev.rolewright.engine.postgres;

import dev.rolewright.engine.Reach;

/// What everything that changes a server has to know about it.
///
/// @param version the major version
record Context(Reach reach, OwnRoles own, Marks marks, int version) {

    static Context of(Reach reach, int version) {
        return new Context(reach, OwnRoles.of(reach.installation()), new Marks(reach.installation()), version);
    }

    /// What the names of all keepers begin with.
    String keeperPrefix() {
        return reach.installation() + "_keeper_";
    }

    /// The name of the policy that lets everybody else through.
    String everybodyElse() {
        return reach.installation() + "_everybody_else";
    }

    /// Whether a membership has options and remembers who gave it.
    boolean keepsGrantors() {
        return keepsGrantors(version);
    }

    static boolean keepsGrantors(int version) {
        return version >= 16;
    }
}
