package dev.rolewright.handover;

import dev.rolewright.credential.Secret;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.TargetName;
import java.time.Instant;

/// What came of giving somebody a password on one target.
public sealed interface PasswordResult {

    TargetName target();

    /// The server has it. This is the only place where it is, until it is shown.
    ///
    /// @param sessions how many of the login were open and still are
    record Given(TargetName target, LoginName login, Secret password, Instant ends, int sessions)
            implements PasswordResult {}

    /// The person has the password that they had.
    record NotGiven(TargetName target, String why) implements PasswordResult {}
}
