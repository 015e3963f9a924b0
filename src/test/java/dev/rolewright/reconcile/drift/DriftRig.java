package dev.rolewright.reconcile.drift;

import dev.rolewright.reconcile.look.People;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.MeterRegistry;

/// How one process sees what was changed by hand, put together by hand.
public final class DriftRig {

    public final DriftBook book;
    public final DriftFinder finder;

    public DriftRig(Store store, MeterRegistry meters, People people, Queue queue) {
        book = new DriftBook(store, meters);
        finder = new DriftFinder(people, queue, book);
    }
}
