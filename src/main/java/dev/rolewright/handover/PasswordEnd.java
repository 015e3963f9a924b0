package dev.rolewright.handover;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.TargetName;
import java.util.Optional;

/// What came of ending somebody's passwords on one target.
///
/// @param sessions how many are open still; unknown where nothing came of it
/// @param later why it is not done yet; it is done as soon as it can be
public record PasswordEnd(TargetName target, LoginName login, Optional<Integer> sessions, Optional<String> later) {}
