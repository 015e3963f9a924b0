package dev.rolewright.reconcile.work;

import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;

/// How one process gets its work, put together by hand.
public final class WorkRig {

    public final Alarm alarm = new Alarm();
    public final Wake wake;
    public final Queue queue;
    public final FanOut fanOut;
    public final LeaseKeeper keeper;
    public final Circuit circuit;

    /// @param line this process's own way to the store
    public WorkRig(Store store, DataSource line, ChangeFeed feed, MeterRegistry meters, ReconcileConfig config) {
        wake = new Wake(store, line, alarm);
        queue = new Queue(store);
        fanOut = new FanOut(feed, queue, wake);
        keeper = new LeaseKeeper(queue, alarm, config);
        circuit = new Circuit(store, meters, config);
    }
}
