package dev.rolewright.engine.postgres.words;

import java.time.Duration;

/// How long statements wait for what others hold.
///
/// Many together wait briefly, because all of them wait for what one of them needs; one alone waits as long as the
/// patience lasts, which is one for all that are blocked: an open transaction of somebody can hold very many.
public final class Waits {

    public static final Duration BRIEF = Duration.ofMillis(100);

    private Duration left;

    private Waits(Duration left) {
        this.left = left;
    }

    public static Waits brief() {
        return new Waits(BRIEF);
    }

    public static Waits upTo(Duration patience) {
        return new Waits(patience);
    }

    public boolean isBrief() {
        return left.compareTo(BRIEF) <= 0;
    }

    public Duration of(int steps) {
        return steps > 1 || isBrief() ? BRIEF : left;
    }

    public void waitedInVain(Duration time) {
        if (!isBrief()) {
            left = left.minus(time);
        }
    }
}
