package dev.rolewright.handover;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import java.time.Instant;

/// A password that works, as far as we know: who has it, and for how long.
public record GivenPassword(
        long id, TargetName target, LoginName login, PersonId person, Instant given, Instant ends) {}
