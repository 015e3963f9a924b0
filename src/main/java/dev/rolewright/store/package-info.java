/// How rooms with tables of their own speak to the store: [Store] runs their SQL, [StoreFailure] tells that it did not.
/// [Migration] makes the tables. Whoever watches asks with a [Glance], and gauges with [Glances], which wait for no
/// store that hangs. What asks it several things at a time sends [Errands]. What rooms keep as JSON is a [JsonColumn].
///
/// **Invariants.** Knows no table. A failure names an SQL state, never a value.
///
/// **Deliberately absent.** The directory's own way ([dev.rolewright.directory] counts round trips
/// and answers in SCIM's words), and every statement: those stand in the room whose tables they are
/// about.
@NullMarked
package dev.rolewright.store;

import org.jspecify.annotations.NullMarked;
