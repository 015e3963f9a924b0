/// What happened, append-only.
///
/// Whoever changes something writes its row here in the same transaction: who, what, which request, and digests of the
/// state before and after.
///
/// **Invariants.** The database itself refuses to update or delete a row. A row carries no attribute values and no
/// secrets.
///
/// **Deliberately absent.** Logging and metrics: those may be lost, this may not.
@NullMarked
package dev.rolewright.audit;

import org.jspecify.annotations.NullMarked;
