package dev.rolewright;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// How long tests wait for what comes about sooner or later: long enough for the slowest machine, because it costs
/// nothing where all is well. What the product promises to do in time has a bound of its own where it is tested.
public final class Patience {

    public static final Duration LONG = Duration.ofMinutes(5);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(LONG);
    }
}
