package dev.rolewright.contract;

import java.util.List;
import java.util.Optional;

/// What came of reading a contract.
///
/// @param contract empty when something found is an error
/// @param findings errors first, then by place
public record Reading(Optional<Contract> contract, List<Finding> findings) {

    public Reading {
        findings = List.copyOf(findings);
    }
}
