package dev.rolewright.amendment;

import dev.rolewright.contract.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a replica finds in the contract's directory now.
///
/// @param number the version that the files say; empty when they are not sound and therefore do not hold
/// @param since when the files were found to be as they are
public record FilesReading(UUID replica, String origin, Optional<Long> number, List<Finding> findings, Instant since) {

    public FilesReading {
        findings = List.copyOf(findings);
    }

    public boolean isRefused() {
        return number.isEmpty();
    }
}
