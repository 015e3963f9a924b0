/// What happened, append-only.
///
/// Whoever changes something writes its row here in the same transaction: who, what, which request, and digests of
/// the state before and after.
///
/// Entry types: `AuditEvent` (the closed list of what can happen, a file for each kind of subject), `AuditTrail`
/// (writes), `AuditRow` (the row as a piece of SQL, for a change that records itself in the same statement), `AuditLog`
/// (reads), `Causes` (whose requests touched somebody).
///
/// **Invariants.** The database itself refuses to update, delete or truncate rows, also to the owner of the table. A
/// row carries no attribute values and no secrets. The digests are SHA-256 of the stored document's text as the
/// database prints it, so that an auditor can compute them with nothing but SQL.
///
/// **Deliberately absent.** Logging and metrics: those may be lost, this may not.
@NullMarked
package dev.rolewright.audit;

import org.jspecify.annotations.NullMarked;
