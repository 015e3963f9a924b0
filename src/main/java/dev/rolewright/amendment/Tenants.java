package dev.rolewright.amendment;

import dev.rolewright.model.Target;

/// Says whether a target may be left out without anybody being forgotten there. Whoever keeps logins knows.
public interface Tenants {

    /// Whether somebody may still log in on a target that we could reach.
    boolean isAnybodyOn(Target target);
}
