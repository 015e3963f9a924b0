package dev.rolewright.reconcile.pass;

import dev.rolewright.model.PersonId;
import java.util.Set;

/// What is written down already when a pass ends.
///
/// @param looked people whom other passes looked at since
/// @param takingTold whether nothing that it took is still to be told, nor to be proven because of it
record Meanwhile(Set<PersonId> looked, boolean takingTold) {}
