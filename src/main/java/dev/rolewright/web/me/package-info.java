/// The door for people who come for themselves, with a token of their OIDC provider: JSON under `/api/me`.
///
/// **Invariants.** Somebody gets what is theirs and nothing else: whose it is follows from the
/// token and from nothing that the request says. What is secret in an answer is forbidden to be
/// kept.
///
/// **Deliberately absent.** Who somebody is (`web.auth`), the person's own record (`/Me` in `web.scim`).
@NullMarked
package dev.rolewright.web.me;

import org.jspecify.annotations.NullMarked;
