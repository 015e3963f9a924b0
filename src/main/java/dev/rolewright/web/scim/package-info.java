/// The SCIM door: RFC 7644 and RFC 9865 over HTTP.
///
/// A request goes through [BodyReader] (a bounded, strict JSON tree), the dialect layer (what the IdP
/// meant), the strict core of `scim` (what the schema allows), the directory (what happened) and
/// [Renderer] (what the client may see). [ScimResource] says which URL does what, [Changes] and
/// [Searches] carry a request through those steps, [Bulk] does it many times over, and
/// [dev.rolewright.web.ScimError] is the shape of every refusal.
///
/// **Entry types.** [DefaultSourceResource] serves `/scim/v2` and [NamedSourceResource]
/// serves `/scim/{source}/v2`; both are [ScimResource]. Limits of everything a client can
/// send are in [ScimConfig].
///
/// **Invariants.** Every answer is `application/scim+json`; every error, also of a URL nobody serves, is
/// the SCIM error envelope. Nothing is written to the directory before the whole request was understood.
/// An error that can happen, happens before the first byte of the answer. Details name attributes and
/// rules, never values.
///
/// **Deliberately absent.** SQL and transactions (`directory`), the meaning of filters, paths and
/// schemas (`scim`), who may speak (`web.auth`).
@NullMarked
package dev.rolewright.web.scim;

import org.jspecify.annotations.NullMarked;
