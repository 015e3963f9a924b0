/// RFC 7643, 7644 and 9865 as functions on JSON trees.
///
/// Schemas and their checks, filters, paths, patches and projections, plus the *dialects*: named rules that turn what
/// identity providers really send into what the RFCs define. The core behind the dialects is strict: it either
/// understands a request completely or refuses it with a problem that names the attribute and the rule.
///
/// **Invariants.** Pure: time and ids come in as arguments; a function never changes the tree it is given. An unknown
/// shape is a problem, never a success with nothing done. Schemas come from the JSON files in `scim-schemas` and from
/// nowhere else.
///
/// **Deliberately absent.** HTTP, SQL and storage: `web` speaks HTTP, `directory` turns a filter into SQL.
@NullMarked
package dev.rolewright.scim;

import org.jspecify.annotations.NullMarked;
