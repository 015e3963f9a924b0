package dev.rolewright.amendment;

import dev.rolewright.contract.Contract;
import java.time.Instant;

/// The contract that holds now.
///
/// @param number of its version; a version that became active again keeps its number
/// @param since when it became active, this time
public record ActiveContract(long number, Contract contract, Instant since) {}
