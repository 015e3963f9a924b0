/// PATCH as RFC 7644 §3.5.2 means it: a strict reader, a function from document and operations to document, and the
/// operations on group membership taken aside as set changes, because a group's members never form a document.
///
/// What clients really send is bent into this language by `scim.dialect` beforehand; nothing here is lenient.
@NullMarked
package dev.rolewright.scim.patch;

import org.jspecify.annotations.NullMarked;
