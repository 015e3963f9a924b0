package dev.rolewright.contract;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// When rules of a contract end by themselves.
public final class Expiries {

    private Expiries() {}

    /// The first end of a rule after a time.
    public static Optional<Instant> next(Contract contract, Instant time) {
        return all(contract).filter(end -> end.isAfter(time)).min(Instant::compareTo);
    }

    /// Whether a rule ended after the one time and not after the other.
    public static boolean between(Contract contract, Instant one, Instant other) {
        return all(contract).anyMatch(end -> end.isAfter(one) && !end.isAfter(other));
    }

    private static Stream<Instant> all(Contract contract) {
        return contract.mappings().stream().flatMap(mapping -> mapping.end().stream());
    }
}
