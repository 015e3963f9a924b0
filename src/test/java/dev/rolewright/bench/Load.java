package dev.rolewright.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// A closed loop of workers: each sends, waits, and sends again, for a while or until a number is done.
final class Load {

    /// What one worker does over and over; `number` is unique within the load.
    interface Act extends AutoCloseable {
        void perform(long number) throws Exception;
    }

    /// Opens what one worker needs and gives its act.
    @FunctionalInterface
    interface Worker {
        Act open() throws Exception;
    }

    record Figures(double rate, double p50Millis, double p99Millis, long count) {

        static Figures of(long[] sortedNanos, double seconds) {
            return new Figures(
                    sortedNanos.length / seconds, at(sortedNanos, 0.50), at(sortedNanos, 0.99), sortedNanos.length);
        }

        private static double at(long[] sortedNanos, double share) {
            if (sortedNanos.length == 0) {
                return Double.NaN;
            }
            return sortedNanos[(int) Math.min(sortedNanos.length - 1L, (long) (sortedNanos.length * share))] / 1e6;
        }
    }

    private Load() {}

    static Figures forAWhile(int workers, Duration warmUp, Duration counted, Worker worker) throws Exception {
        long start = System.nanoTime();
        long countFrom = start + warmUp.toNanos();
        long end = countFrom + counted.toNanos();
        long[] latencies = run(workers, countFrom, end, Long.MAX_VALUE, worker);
        return Figures.of(latencies, counted.toNanos() / 1e9);
    }

    static Figures exactly(int workers, long number, Worker worker) throws Exception {
        long start = System.nanoTime();
        long[] latencies = run(workers, start, Long.MAX_VALUE, number, worker);
        return Figures.of(latencies, (System.nanoTime() - start) / 1e9);
    }

    private static long[] run(int workers, long countFrom, long end, long number, Worker worker) throws Exception {
        AtomicLong next = new AtomicLong();
        List<Callable<long[]>> loops = new ArrayList<>();
        for (int index = 0; index < workers; index++) {
            Act act = worker.open();
            loops.add(() -> {
                try (act) {
                    return loop(act, next, countFrom, end, number);
                }
            });
        }
        List<long[]> parts = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            for (Future<long[]> part : pool.invokeAll(loops)) {
                parts.add(part.get());
            }
        }
        long[] all = parts.stream().flatMapToLong(Arrays::stream).toArray();
        Arrays.sort(all);
        return all;
    }

    private static long[] loop(Act act, AtomicLong next, long countFrom, long end, long number) throws Exception {
        long[] latencies = new long[1024];
        int count = 0;
        while (System.nanoTime() < end) {
            long mine = next.getAndIncrement();
            if (mine >= number) {
                break;
            }
            long before = System.nanoTime();
            act.perform(mine);
            long after = System.nanoTime();
            if (before >= countFrom && after <= end) {
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, count * 2);
                }
                latencies[count++] = after - before;
            }
        }
        return Arrays.copyOf(latencies, count);
    }
}
