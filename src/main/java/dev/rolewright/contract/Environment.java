package dev.rolewright.contract;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What targets of one kind have in common.
///
/// @param approvals how many others have to approve a change by which somebody gains
/// @param forbid what no role here may be
/// @param maxLease the longest time for which anything is lent
public record Environment(String name, int approvals, Set<Power> forbid, Optional<Duration> maxLease, Place place) {

    public enum Power {
        SUPERUSER,
        CREATEROLE,
        CREATEDB,
        REPLICATION,
        BYPASSRLS
    }

    public Environment {
        forbid = Set.copyOf(forbid);
        if (approvals < 0 || approvals > 10) {
            throw new IllegalArgumentException("Between 0 and 10 people approve a change.");
        }
    }
}
