/// What the identity providers told us: people, groups and memberships in PostgreSQL.
///
/// The public methods of this room are the transaction boundary of a push: the resource, its memberships and the audit
/// row are written together or not at all.
///
/// **Invariants.** Membership is a set of rows, so one more member of a large group costs one row. Filters, sorts and
/// pages are parameterised SQL and never load the directory into memory. Sources never see each other's resources.
///
/// **Deliberately absent.** The SCIM grammar and its rules (`scim`), HTTP (`web`), any idea of a target database.
@NullMarked
package dev.rolewright.directory;

import org.jspecify.annotations.NullMarked;
