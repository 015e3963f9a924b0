/// How people are locked out, and their sessions ended.
///
/// Begin with [Lockout]. [Suspensions] lock logins, those first that nobody holds ([Holders] tells who does).
/// [Evictions] end the sessions that are to end, by [Terminations], and wait for [Arrivals] that were on the way in.
///
/// **Invariants.** A suspension is committed before anything that stands after it. Nobody waits for a login that
/// somebody else holds. Sessions are known by the login's id, whatever they have become, and nobody is told to be out
/// of whom a session is left.
///
/// **Deliberately absent.** Why somebody has to go.
@NullMarked
package dev.rolewright.engine.postgres.lockout;

import org.jspecify.annotations.NullMarked;
