/// What the identity providers told us: people, groups and memberships in PostgreSQL.
///
/// The public methods of this room are the transaction boundary of a push: the resource, its memberships and the
/// audit row are written together or not at all.
///
/// Start reading at `Directory` (the door), then `Changes` (how a change is carried out), `Resources` and
/// `Memberships` (the statements), `PageSql` and `FilterSql` (how a search becomes SQL), `References` (who is meant
/// by an id that nobody knows yet), `ChangeFeed` (whose access a push may have
/// changed), `Identities` (who is known by what), `Silence` (of whom nothing is said any more), `Snapshots` (all of it
/// at one moment, for whoever decides what follows).
///
/// **Invariants.** Membership is a set of rows, so one more member of a large group costs one row. Filters, sorts and
/// pages are parameterised SQL and never load the directory into memory; the store and `scim.filter.Matcher` agree on
/// every filter. Sources never see each other's resources. No writer waits for another one's commit unless both mean
/// the same row: counters and versions of groups are spread over slots. Whatever may change somebody's access leaves a
/// mark in `touched`, by triggers and in its own transaction.
///
/// **Deliberately absent.** The SCIM grammar and its rules (`scim`), HTTP (`web`), any idea of a target database,
/// entities: a change is one statement with its audit row, which an object-relational mapper cannot say.
@NullMarked
package dev.rolewright.directory;

import org.jspecify.annotations.NullMarked;
