/// What has to be done on targets, who does it, and when it is tried again.
///
/// Begin with [Queue]: it has the marks on people, and a claim of a target makes [Work] of them.
///
/// - *Marks*: [FanOut] makes marks on targets of the directory's; [Heard] tells later marks from earlier ones.
/// - *Claims*: a claim comes with a [Lease], and [LeaseKeeper] renews those of passes that take long.
/// - *Bells*: [Wake] wakes every process, [Alarm] the loops of this one. [Crew] knows who is at work here, so that
///   they can come to an end.
/// - *Rests*: [Circuit] leaves a target alone after a failure, for as long as [Pauses] say.
///
/// [ReconcileConfig] is the configuration of the room.
///
/// **Invariants.** A mark says that somebody may differ, never how. One process at a time has a target, and whoever
/// lost it knows so by the lease. Nobody depends on a bell: who misses it looks on a schedule.
///
/// **Deliberately absent.** What is done with the work (`pass`), and every other package of this room.
@NullMarked
package dev.rolewright.reconcile.work;

import org.jspecify.annotations.NullMarked;
