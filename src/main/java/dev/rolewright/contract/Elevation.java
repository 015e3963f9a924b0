package dev.rolewright.contract;

import dev.rolewright.model.RoleName;
import java.time.Duration;

/// A role that some may ask for, for a while.
public record Elevation(RoleName role, GroupSelector who, GroupSelector approvers, Duration atMost, Place place) {}
