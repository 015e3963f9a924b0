package dev.rolewright.engine.postgres.words;

import dev.rolewright.engine.Reach;

/// What whoever speaks to a server has to know of it.
///
/// @param version the major version
public record Context(Reach reach, OwnRoles own, Marks marks, int version) {

    public static Context of(Reach reach, int version) {
        return new Context(reach, OwnRoles.of(reach.installation()), new Marks(reach.installation()), version);
    }

    /// What the names of all keepers begin with.
    public String keeperPrefix() {
        return reach.installation() + "_keeper_";
    }

    /// The name of the policy that lets everybody else through.
    public String everybodyElse() {
        return reach.installation() + "_everybody_else";
    }

    /// Whether a membership has options and remembers who gave it.
    public boolean keepsGrantors() {
        return keepsGrantors(version);
    }

    public static boolean keepsGrantors(int version) {
        return version >= 16;
    }
}
