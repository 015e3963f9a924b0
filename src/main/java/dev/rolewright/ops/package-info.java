/// How Rolewright runs: its entry point, the embedded store, health and the start-up report.
///
/// When no JDBC URL is configured, a PostgreSQL server of our own is started before the application boots, so that
/// trying Rolewright out needs nothing but a JDK. Read [Main] first, then [Preparation] (what happens before the
/// application boots), [EmbeddedStore] (its server, from open to close), [Demo] (what there is to try it on) and
/// [StartupReport], which gathers what every room knows to be unsafe.
///
/// **Invariants.** The embedded store listens on loopback only, asks for a password (but people in the demo's
/// database), keeps fsync on and says loudly that it is for trying out. Whatever the operator configured wins over the
/// demo. Two Rolewrights never share one data directory. A secret is printed in live coding only,
/// and then past the log. Nobody imports this room.
///
/// **Deliberately absent.** Anything the product does: taking this room away leaves a Rolewright that is harder to run
/// but no less true.
@NullMarked
package dev.rolewright.ops;

import org.jspecify.annotations.NullMarked;
