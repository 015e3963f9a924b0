package dev.rolewright.engine.postgres;

import java.time.Duration;

/// How long statements wait for what others hold.
///
/// Many together wait briefly, because all of them wait for what one of them needs; one alone waits as long as the
/// patience lasts, which is one for all that are blocked: an open transaction of somebody can hold very many.
final class Waits {

    static final Duration BRIEF = Duration.ofMillis(100);

    private Duration left;

    private Waits(Duration left) {
        this.left = left;
    }

    static Waits brief() {
        return new Waits(BRIEF);
    }

    static Waits upTo(Duration patience) {
        return new Waits(patience);
    }

    boolean isBrief() {
        return left.compareTo(BRIEF) <= 0;
    }

    Duration of(int steps) {
        return steps > 1 || isBrief() ? BRIEF : left;
    }

    void waitedInVain(Duration time) {
        if (!isBrief()) {
            left = left.minus(time);
        }
    }
}
