package dev.rolewright.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Lets gauges ask the store while they are read. One scrape reads all of them, one after the other, and whoever
/// scrapes gives up soon: so all of them together have only so much patience, which comes back with time, and only so
/// many ask at once. Who has no answer then is `NaN`.
public final class Glances {

    /// Of all gauges of a process.
    public static final Glances GAUGES = new Glances(4, Duration.ofMillis(500), Duration.ofSeconds(1));

    /// Prometheus asks every ten seconds or less often, and finds all of the patience again.
    private static final int COMES_BACK_IN = 10;

    private final Semaphore places;
    private final Duration each;
    private final long together;
    private long left;
    private long asOf = System.nanoTime();

    /// @param places how many connections of the pool a store that hangs may keep
    /// @param each how long an answer is waited for
    /// @param together how long all answers to one scrape are waited for
    Glances(int places, Duration each, Duration together) {
        this.places = new Semaphore(places);
        this.each = each;
        this.together = together.toNanos();
        this.left = this.together;
    }

    /// A question that is asked with the others' patience.
    public Supplier<Number> at(Supplier<Number> question) {
        Glance<Double> glance = new Glance<>(() -> placed(question), each);
        return () -> look(glance);
    }

    private double placed(Supplier<Number> question) {
        if (!places.tryAcquire()) {
            return Double.NaN;
        }
        try {
            return question.get().doubleValue();
        } finally {
            places.release();
        }
    }

    private double look(Glance<Double> glance) {
        long patience = patience();
        if (patience <= 0) {
            return Double.NaN;
        }
        long began = System.nanoTime();
        try {
            return glance.look(patience).orElse(Double.NaN);
        } finally {
            spend(System.nanoTime() - began);
        }
    }

    private synchronized long patience() {
        long now = System.nanoTime();
        left = Math.min(together, left + (now - asOf) / COMES_BACK_IN);
        asOf = now;
        return left;
    }

    private synchronized void spend(long waited) {
        left -= waited;
    }
}
