package dev.rolewright.reconcile.look;

import dev.rolewright.audit.Causes;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Snapshots;
import dev.rolewright.offboarding.Fences;
import dev.rolewright.reconcile.login.LoginBook;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.store.Store;
import java.time.Clock;

/// How one process looks at targets, put together by hand.
public final class LookRig {

    public final People people;
    public final Sketches sketches;
    public final Occasions occasions;

    public LookRig(
            Store store,
            Snapshots snapshots,
            ChangeFeed feed,
            Fences fences,
            LoginBook book,
            Queue queue,
            Clock clock) {
        people = new People(snapshots, feed, fences);
        sketches = new Sketches(people, book, queue, clock);
        occasions = new Occasions(new Causes(store), people);
    }
}
