/// How a server is reached, and kept for one of us.
///
/// Begin with [Connections], which are those of one session. [Handshake] makes them, each with our [Settings] and a
/// [SessionName]; [IdleConnections] keeps some for the next session, without [Leftovers]. [ClusterLock] lets one
/// session at a time change a server. [OpenLine] tells whether an address asks for encryption.
///
/// **Invariants.** No connection is used before it has our settings. None is kept with a lock or an open transaction,
/// and none that was to prove a password.
///
/// **Deliberately absent.** A pool: a session has one connection to each database, and nobody waits for one.
@NullMarked
package dev.rolewright.engine.postgres.connection;

import org.jspecify.annotations.NullMarked;
