package dev.rolewright.amendment;

import dev.rolewright.contract.Finding;
import java.time.Instant;
import java.util.List;

/// What a contract said, once and for all.
///
/// @param digest of what it says; the same text laid out in another way is the same version
/// @param findings warnings and notes of its first reading
/// @param origin where it was read first
/// @param activations when it came to hold, newest first
public record ContractVersion(
        long number, String digest, List<Finding> findings, String origin, Instant read, List<Activation> activations) {

    public ContractVersion {
        findings = List.copyOf(findings);
        activations = List.copyOf(activations);
    }
}
