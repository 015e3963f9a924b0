package dev.rolewright.directory;

import java.time.Duration;

/// A configuration of the directory that is not the one of the application.
record Settings(UnknownMembers unknownMembers, Duration searchTimeout, Duration cursorLifetime, Duration sweepEvery)
        implements DirectoryConfig {

    static Settings refusingWhoIsUnknown() {
        return of(UnknownMembers.REFUSE, Duration.ofSeconds(1));
    }

    static Settings withCursorsThatLast(Duration lifetime) {
        return of(UnknownMembers.KEEP, lifetime);
    }

    private static Settings of(UnknownMembers unknown, Duration lifetime) {
        return new Settings(unknown, Duration.ofSeconds(1), lifetime, Duration.ofMinutes(1));
    }
}
