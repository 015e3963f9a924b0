/// The identity providers that may speak to us, each with its own people, groups and tokens.
///
/// A source is one connection of one identity provider. It is recognised by bearer tokens, of which several may live at
/// once so that a rotation has no gap, or by the tokens of an issuer it trusts.
///
/// Entry types: [Keyring] (whose token is this?), [Sources] and [Tokens] (what admins see and change), [TokenMeter]
/// (what is about to end).
///
/// **Invariants.** A token is kept as a hash and shown exactly once, when it is made. A revoked or expired token never
/// authenticates. Every change writes its audit row in the same transaction.
///
/// **Deliberately absent.** HTTP headers and status codes (`web.auth`), what a source has pushed (`directory`).
@NullMarked
package dev.rolewright.source;

import org.jspecify.annotations.NullMarked;
