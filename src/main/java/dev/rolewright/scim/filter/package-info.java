/// The filter language of RFC 7644 §3.4.2.2: text to tree, tree held against a schema, tree held
/// against a document.
///
/// `FilterParser` knows grammar and no schema; `Binder` adds the schema and settles every question of types
/// and case, so that the in-memory `Matcher` here and the SQL compiler of the directory have nothing left to
/// interpret differently.
@NullMarked
package dev.rolewright.scim.filter;

import org.jspecify.annotations.NullMarked;
