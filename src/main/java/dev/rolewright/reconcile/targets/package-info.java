/// Which targets there are, on which server each is, and how it is doing.
///
/// Begin with [Targets], which tells a [TargetStatus] of each. [Roster] says which ones are kept true. [Servers] holds
/// each to the server that it is on; [OlderStores] tells of one that knows more than the store. [Powers] and
/// [KnownPowers] warn of what our logins there may do without need. [TargetCounts] has the names of what is counted.
///
/// **Invariants.** Nothing is done on another server than the known one until an approver says so. A server is one
/// target's, unless an approver says that it is a copy.
///
/// **Deliberately absent.** The way to a target (`reach`), and any conversation with one.
@NullMarked
package dev.rolewright.reconcile.targets;

import org.jspecify.annotations.NullMarked;
